//! Files in columns, over HTTP as a browser sends and reads them.

use axum::middleware::from_fn;
use http::{StatusCode, header};
use rdj::{
    App,
    orm::{Db, sea_orm::EntityTrait as _},
    prelude::*,
};
use rdj_tests::{
    Browser, Server, Socket, documents::DocumentsPage, models::documents::document, notes::sign_in,
    orm::memory,
};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\r\n--xx\0 and more";

struct Test {
    server: Server,
    db: Db,
}

impl Test {
    async fn start() -> Self {
        let db = memory().await.expect("a database");
        let app = App::new()
            .page::<DocumentsPage>()
            .database(db.clone())
            .configure(|config| config.max_upload_size = 8192)
            .layer(from_fn(sign_in))
            .sessions(rdj::session::memory());
        let server = Server::start(app).await;
        Self { server, db }
    }

    async fn rows(&self) -> Vec<document::Model> {
        document::Entity::find().all(&self.db).await.expect("rows")
    }
}

/// A part of a form: a control, or a file with its name.
type Part<'a> = (&'a str, Option<&'a str>, &'a [u8]);

/// Posts a form to the page as its own browser does, and follows no redirect.
async fn send(browser: &Browser, query: &str, parts: &[Part<'_>]) -> reqwest::Response {
    let mut body = Vec::new();
    for (name, file, content) in parts {
        let file = file.map_or_else(String::new, |file| format!("; filename=\"{file}\""));
        let head =
            format!("--yyy\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--yyy--\r\n");
    let request = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .expect("a client")
        .post(format!("http://{}/documents?{query}", browser.host()))
        .header(header::COOKIE, browser.cookies().unwrap_or_default())
        .header(header::ORIGIN, format!("http://{}", browser.host()))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=yyy")
        .body(body);
    request.send().await.expect("an answer")
}

const SAVE: &str = "_event=documents.save";

#[tokio::test]
async fn a_form_brings_a_file_and_a_link_gives_it_back() {
    let test = Test::start().await;
    let browser = test.server.browser();
    let html = browser.text("/documents").await;
    let form = r#"enctype="multipart/form-data" action="/documents?_event=documents.save"><input type="hidden" name="csrfmiddlewaretoken""#;
    assert!(html.contains(form), "{html}");
    let token = browser.cookie("csrftoken").expect("a token");
    let csrf: Part<'_> = ("csrfmiddlewaretoken", None, token.as_bytes());
    let title: Part<'_> = ("title", None, b"One");

    let forged = send(&browser, SAVE, &[title, ("scan", Some("a.png"), PNG)]).await;
    assert_eq!(forged.status(), StatusCode::FORBIDDEN);
    // a control without a file sends an empty part
    let none: Part<'_> = ("attachment", Some(""), b"");
    let answer = send(
        &browser,
        SAVE,
        &[csrf, title, ("scan", Some("a.png"), PNG), none],
    )
    .await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let row = test.rows().await.remove(0);
    assert_eq!(
        (row.scan.as_slice(), row.attachment, row.user_id),
        (PNG, None, 1)
    );

    let path = format!("/documents?_file=documents.scan&_key={}", row.id);
    let html = browser.text("/documents").await;
    assert!(html.contains(&path.replace('&', "&#38;")), "{html}");
    let answer = browser.get(&path).await;
    assert_eq!(answer.status(), StatusCode::OK);
    for (name, value) in [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"documents-{}-scan.png\"", row.id),
        ),
    ] {
        assert_eq!(answer.headers()[&name], value);
    }
    assert_eq!(answer.bytes().await.expect("a file"), PNG);
    let other = browser.get_with(&path, &[("x-user", "2")]).await;
    assert_eq!(other.status(), StatusCode::NOT_FOUND);
    for path in [
        "/documents?_file=documents.scan",
        "/documents?_file=documents.title&_key=1",
        "/documents?_file=scan&_key=1",
        "/documents?_file=albums.title&_key=1",
        "/documents?_file=documents.attachment&_key=1",
    ] {
        assert_eq!(
            browser.get(path).await.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }

    // an edit without JavaScript: the address names the row
    let edit = format!("edit={}&{SAVE}", row.id);
    let answer = send(
        &browser,
        &edit,
        &[csrf, ("title", None, b"Two"), ("scan", Some(""), b"")],
    )
    .await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let row = test.rows().await.remove(0);
    assert_eq!((row.title.as_str(), row.scan.as_slice()), ("Two", PNG));
}

#[tokio::test]
async fn a_wrong_file_is_told_at_its_field_and_nothing_else_is_lost() {
    let test = Test::start().await;
    let browser = test.server.browser();
    browser.text("/documents").await;
    let token = browser.cookie("csrftoken").expect("a token");
    let csrf: Part<'_> = ("csrfmiddlewaretoken", None, token.as_bytes());
    let title: Part<'_> = ("title", None, b"Typed");
    let long = vec![b'x'; 2000];
    for (name, content, why) in [
        ("a.txt", &*long, "at most 1 KiB are taken"),
        (
            "a.png",
            b"%PDF-1.7".as_slice(),
            "This kind of file is not taken.",
        ),
        ("a.txt", b"", "The file is empty."),
    ] {
        let answer = send(
            &browser,
            SAVE,
            &[csrf, ("scan", Some(name), content), title],
        )
        .await;
        assert_eq!(answer.status(), StatusCode::OK);
        let html = answer.text().await.expect("a page");
        let error = html
            .split("id=\"documents-scan-error\">")
            .nth(1)
            .unwrap_or_default();
        assert!(
            error.starts_with(why)
                || error
                    .split("</p>")
                    .next()
                    .is_some_and(|text| text.contains(why)),
            "{html}"
        );
        assert!(html.contains("value=\"Typed\""), "{html}");
    }
    let huge = vec![b'x'; 9000];
    let answer = send(
        &browser,
        SAVE,
        &[csrf, title, ("scan", Some("a.txt"), &huge)],
    )
    .await;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let nothing = send(
        &browser,
        SAVE,
        &[csrf, title, ("other", Some("a.txt"), b"x")],
    )
    .await;
    let html = nothing.text().await.expect("a page");
    assert!(html.contains("This field is required."), "{html}");
    assert!(test.rows().await.is_empty());
}

#[tokio::test]
async fn a_socket_sends_no_file() {
    let test = Test::start().await;
    let mut socket = Socket::open(&test.server.browser(), "/documents").await;
    let form = [("title", "One"), ("scan", "text"), ("scan-remove", "true")];
    socket.submit("documents.save", &form).await;
    socket
        .event("documents.set_scan", serde_json::json!(["x"]))
        .await;
    assert!(test.rows().await.is_empty());
}
