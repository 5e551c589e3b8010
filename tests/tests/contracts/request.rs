//! Reading the request, languages, streams and uploads (C116 to C129).

use axum::{
    Router,
    body::Body,
    response::IntoResponse as _,
    routing::{get, post},
};
use futures_util::stream;
use http::{StatusCode, header};
use rdj::{
    CurrentUser, Cx, Guard, current_csrf_token, current_cx, current_language, current_messages,
    current_request, current_response, current_session, current_user, require, testing::TestCx,
};
use rdj_tests::{
    Browser,
    probe::{Site, open_with, seen, sent_to},
};
use serde_json::json;

#[test]
fn c116_outside_of_an_event_there_is_nothing_to_read() {
    assert!(current_cx().is_err());
    assert!(current_user().is_err() && current_request().is_err());
    assert!(current_session().is_err() && current_response().is_err());
    assert!(current_messages().is_empty());
    assert_eq!(current_language().code(), "en");
    assert_eq!(current_csrf_token(), "");
}

#[tokio::test]
async fn c117_inside_the_free_functions_read_the_request_of_the_event() {
    let test = TestCx::new()
        .user(&CurrentUser::new(1, "ann"))
        .path("/notes?page=2")
        .header("X-Tenant", "north")
        .cookie("flavour", "oat")
        .session([("theme", "dark")]);
    test.run(async |cx| {
        let request = current_request().expect("a request");
        assert_eq!(request.uri.path(), "/notes");
        assert_eq!(request.headers["x-tenant"], "north");
        assert_eq!(request.headers["X-TENANT"], "north");
        assert_eq!(request.headers["cookie"], "flavour=oat");
        let session = current_session().expect("a session");
        let theme: Option<String> = session.get("theme").await.expect("a value");
        assert_eq!(theme.as_deref(), Some("dark"));
        assert_eq!(current_user().expect("an event"), cx.user());
        cx.messages().info("Hello");
        assert_eq!(current_messages().iter().count(), 1);
        cx.response().header("x-made", "here").expect("a header");
        assert!(
            current_response()
                .expect("a response")
                .contains_key("x-made")
        );
    })
    .await;
}

#[tokio::test]
async fn the_free_function_gives_a_token_that_the_site_takes() {
    let route = get(|| async { current_csrf_token() });
    let router = Router::new().route("/token", route);
    let site = Site::with(|app| app.merge(router)).await;
    let mut socket = site.open().await;
    let in_event = seen(&mut socket, "csrf").await;
    let in_route = site.browser.text("/token").await;
    assert_ne!(in_event, in_route, "each is masked anew");
    for token in [in_event, in_route] {
        let answer = site
            .browser
            .post_form("/probe", "_event=probe.nothing", &token);
        let status = answer.await.status();
        assert_eq!(status, StatusCode::OK, "{token}");
    }
    let answer = site
        .browser
        .post_form("/probe", "_event=probe.nothing", "x");
    assert_eq!(answer.await.status(), StatusCode::FORBIDDEN);
}

#[test]
fn c118_a_query_of_the_path_is_read() {
    let cx = TestCx::new().path("/notes?page=2&q=a+b").build();
    assert_eq!(
        (cx.uri().path(), cx.uri().query()),
        ("/notes", Some("page=2&q=a+b"))
    );
}

#[tokio::test]
async fn c121_c122_the_language_of_an_event_is_that_of_the_cookie_then_of_the_header() {
    let site = Site::start().await;
    for (wanted, cookie, code) in [
        ("fr", "", "en"),
        ("de,en;q=0.9", "", "de"),
        ("de", "django_language=en", "en"),
        ("en", "django_language=de", "de"),
    ] {
        let headers = [("accept-language", wanted)];
        let mut socket = open_with(&site.browser, "/probe", cookie, &headers).await;
        assert_eq!(
            seen(&mut socket, "language").await,
            code,
            "{wanted} {cookie}"
        );
    }
}

#[tokio::test]
async fn c123_a_stream_comes_as_it_is_made() {
    async fn numbers() -> impl axum::response::IntoResponse {
        let chunks = (0..3).map(|at| Ok::<_, std::io::Error>(format!("<{at}>")));
        Body::from_stream(stream::iter(chunks)).into_response()
    }
    let router = Router::new().route("/numbers", get(numbers));
    let site = Site::with(|app| app.merge(router)).await;
    let answer = site.browser.get("/numbers").await;
    assert_eq!(answer.headers().get(header::CONTENT_LENGTH), None);
    assert_eq!(answer.text().await.expect("a text"), "<0><1><2>");
}

/// What an upload sees of who sends it.
async fn upload(cx: Cx, body: axum::body::Bytes) -> String {
    let user = cx
        .user()
        .map_or_else(String::new, |user| user.name().to_owned());
    let query = cx.uri().query().unwrap_or_default();
    format!("{user} {} {query} {}", cx.uri().path(), body.len())
}

async fn with_uploads() -> Site {
    let guarded = post(upload).route_layer(require(Guard::LOGIN));
    let router = Router::new()
        .route("/upload", post(upload))
        .route("/upload/private", guarded);
    Site::with(|app| app.merge(router)).await
}

async fn send(browser: &Browser, path: &str) -> (StatusCode, String) {
    browser.text("/probe").await;
    let answer = browser.post(path, "0123456789").await;
    (answer.status(), answer.text().await.expect("a text"))
}

#[tokio::test]
async fn c125_an_upload_has_the_user_and_the_address_of_its_request() {
    let site = with_uploads().await;
    let sent = send(&site.browser, "/upload?a=1").await;
    assert_eq!(sent, (StatusCode::OK, " /upload a=1 10".to_owned()));
    site.open_as_ann().await;
    let sent = send(&site.browser, "/upload?a=1").await;
    assert_eq!(sent, (StatusCode::OK, "ann /upload a=1 10".to_owned()));
}

#[tokio::test]
async fn c126_a_cookie_of_an_event_counts_in_the_next_and_the_path_stays() {
    let site = Site::start().await;
    let mut socket = open_with(&site.browser, "/probe", "flavour=oat", &[]).await;
    assert!(seen(&mut socket, "cookies").await.contains("flavour=oat"));
    socket
        .event("probe.bake", json!(["flavour=rye; Path=/"]))
        .await;
    let cookies = seen(&mut socket, "cookies").await;
    assert!(
        cookies.contains("flavour=rye") && !cookies.contains("flavour=oat"),
        "{cookies}"
    );
    assert_eq!(seen(&mut socket, "path").await, "/probe");
}

#[tokio::test]
async fn c129_a_guarded_upload_runs_for_users_only() {
    let site = with_uploads().await;
    let (status, _) = send(&site.browser, "/upload/private").await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    let mut socket = site.open_as_ann().await;
    let (status, text) = send(&site.browser, "/upload/private").await;
    assert_eq!(
        (status, text.as_str()),
        (StatusCode::OK, "ann /upload/private  10")
    );
    socket.event("probe.logout", json!([])).await;
    let (status, _) = send(&site.browser, "/upload/private").await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    let reply = socket.event("probe.private", json!([])).await;
    assert_eq!(sent_to(&reply).as_deref(), Some("/login?next=%2Fprobe"));
}
