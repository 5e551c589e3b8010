//! Lists as files and files as rows, over HTTP and with all tracks of a store.

use axum::middleware::from_fn;
use http::{StatusCode, header};
use rdj::{
    App,
    orm::{Db, sea_orm::EntityTrait as _, sea_orm::QueryOrder as _},
    prelude::*,
};
use rdj_tests::{
    Browser, Server,
    notes::sign_in,
    orm::Client,
    scenario::files::{confirm, file, send},
    store::{Store, TracksPage, TracksState, track},
};

async fn tracks(db: &Db) -> Vec<track::Model> {
    let query = track::Entity::find().order_by_asc(track::Column::Id);
    query.all(db).await.expect("tracks")
}

#[tokio::test]
async fn all_tracks_come_back_as_they_were() -> Result {
    let store = Store::copy("round-trip").await;
    let before = tracks(&store.db).await;
    assert_eq!(before.len(), 3503);
    let client = Client::new(&store.db, 1);
    let mut state = TracksState::default();
    let csv = file(&client, &mut state, "csv").await?;
    let json: Vec<serde_json::Value> =
        serde_json::from_str(&file(&client, &mut state, "json").await?)?;
    assert_eq!(json.len(), 3503);

    send(&client, &mut state, &csv).await?;
    let report = state.import_report().cloned().unwrap_or_default();
    assert_eq!(
        (report.unchanged, report.error_count),
        (3503, 0),
        "{:?}",
        report.errors
    );

    let other = Store::copy("round-trip-empty").await;
    other.empty().await;
    let client = Client::new(&other.db, 1);
    let mut state = TracksState::default();
    send(&client, &mut state, &csv).await?;
    let report = state.import_report().cloned().unwrap_or_default();
    assert_eq!(
        (report.created, report.error_count),
        (3503, 0),
        "{:?}",
        report.errors
    );
    assert!(tracks(&other.db).await.is_empty(), "a dry run");
    confirm(&client, &mut state, &report.token).await?;
    assert_eq!(tracks(&other.db).await, before);
    Ok(())
}

fn app(db: &Db) -> App {
    App::new()
        .page::<TracksPage>()
        .database(db.clone())
        .sessions(rdj::session::memory())
}

/// Posts a form with files as a browser does, and follows no redirect.
async fn upload(
    browser: &Browser,
    path: &str,
    parts: &[(&str, Option<&str>, &str)],
) -> reqwest::Response {
    let part = |(name, file, content): &(&str, Option<&str>, &str)| {
        let file = file.map_or_else(String::new, |file| format!("; filename=\"{file}\""));
        format!(
            "--xx\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{content}\r\n"
        )
    };
    let body = parts.iter().map(part).collect::<String>() + "--xx--\r\n";
    let url = format!("http://{}{path}", browser.host());
    let request = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .expect("a client")
        .post(url)
        .header(header::COOKIE, browser.cookies().unwrap_or_default())
        .header(header::ORIGIN, format!("http://{}", browser.host()))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=xx")
        .body(body);
    request.send().await.expect("an answer")
}

/// The value of the first control of this name.
fn control(html: &str, name: &str) -> String {
    let found = html.split(&format!("name=\"{name}\" value=\"")).nth(1);
    let value = found.and_then(|rest| rest.split('"').next());
    value.unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_page_gives_a_file_to_who_may_open_it() {
    let store = Store::copy("export").await;
    let server = Server::start(app(&store.db).layer(from_fn(sign_in))).await;
    let browser = server.browser();
    let html = browser.text("/tracks?search=balls+to").await;
    assert!(
        html.contains("href=\"/tracks?search=balls+to&#38;_export=tracks.csv\""),
        "{html}"
    );
    let answer = browser
        .get("/tracks?search=balls+to&_export=tracks.csv")
        .await;
    assert_eq!(
        answer.headers()[header::CONTENT_TYPE],
        "text/csv; charset=utf-8"
    );
    assert_eq!(answer.headers()[header::CACHE_CONTROL], "private, no-store");
    let text = answer.text().await.expect("a text");
    assert_eq!(text.lines().count(), 2, "{text}");
    for path in [
        "/tracks?_export=tracks.exe",
        "/tracks?_export=other.csv",
        "/tracks?_export=csv",
    ] {
        assert_eq!(
            browser.get(path).await.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    let all = browser.text("/tracks?_export=tracks.json").await;
    let all: Vec<serde_json::Value> = serde_json::from_str(&all).expect("JSON");
    assert_eq!(all.len(), 3503);

    let closed = Server::start(app(&store.db)).await;
    let answer = closed.browser().get("/tracks?_export=tracks.csv").await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let to = answer.headers()[header::LOCATION].to_str().expect("a text");
    assert!(to.starts_with("/login?next="), "{to}");
}

#[tokio::test]
async fn a_file_is_checked_shown_and_confirmed() {
    let store = Store::copy("import").await;
    let server = Server::start(
        app(&store.db)
            .configure(|config| config.max_upload_size = 4096)
            .layer(from_fn(sign_in)),
    )
    .await;
    let browser = server.browser();
    let html = browser.text("/tracks").await;
    assert!(html.contains("action=\"/tracks?_import=tracks\""), "{html}");
    let token = control(&html, "csrfmiddlewaretoken");
    let csrf = ("csrfmiddlewaretoken", None, &*token);
    let post = "/tracks?_import=tracks";
    let csv = "id,name\n1,Renamed <b>\n";

    let forged = upload(&browser, post, &[("file", Some("a.csv"), csv)]).await;
    assert_eq!(forged.status(), StatusCode::FORBIDDEN);
    let long = "x".repeat(5000);
    let answer = upload(&browser, post, &[csrf, ("file", Some("a.csv"), &long)]).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let answer = upload(
        &browser,
        "/tracks?_import=other",
        &[csrf, ("file", Some("a.csv"), csv)],
    )
    .await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    let answer = upload(&browser, post, &[csrf, ("file", None, "")]).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);

    let wrong = "id,name\n1,\n";
    let html = upload(&browser, post, &[csrf, ("file", Some("<i>.csv"), wrong)]).await;
    let html = html.text().await.expect("a text");
    assert!(
        html.contains("1 error.") && html.contains("This field is required."),
        "{html}"
    );
    assert!(
        html.contains("&#60;i&#62;.csv") && !html.contains("<i>.csv"),
        "{html}"
    );
    assert!(!html.contains("name=\"token\""), "{html}");

    let html = upload(&browser, post, &[csrf, ("file", Some("a.csv"), csv)]).await;
    let html = html.text().await.expect("a text");
    assert!(html.contains("New: 0. Changed: 1. Unchanged: 0."), "{html}");
    assert_ne!(tracks(&store.db).await[0].name, "Renamed <b>");
    let kept = control(&html, "token");
    let answer = upload(&browser, post, &[csrf, ("token", None, &kept)]).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(answer.headers()[header::LOCATION], "/tracks");
    assert_eq!(tracks(&store.db).await[0].name, "Renamed <b>");
}

#[tokio::test]
async fn nobody_uploads_to_a_page_that_is_closed_to_them() {
    let store = Store::copy("closed").await;
    let server = Server::start(app(&store.db)).await;
    let browser = server.browser();
    browser.have_token();
    let token = browser.cookie("csrftoken").expect("a token");
    let parts = [
        ("csrfmiddlewaretoken", None, &*token),
        ("file", Some("a.csv"), "id,name\n1,x\n"),
    ];
    let answer = upload(&browser, "/tracks?_import=tracks", &parts).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_ne!(tracks(&store.db).await[0].name, "x");
}
