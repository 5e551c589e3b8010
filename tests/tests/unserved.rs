//! What a browser and a program are told where nothing is served.

use axum::{Router, routing::get as on_get};
use http::{StatusCode, header};
use rdj::{App, i18n::I18n};
use rdj_tests::{Server, pages::CounterPage};
use reqwest::{Client, Method, RequestBuilder, Response};

/// A page, a route of its own, and own answers for unknown addresses below `/own`.
async fn server() -> Server {
    let unknown = || async { (StatusCode::NOT_FOUND, "nothing of ours") };
    let api = Router::new().route("/api", on_get(|| async { "{}" }));
    let own = Router::new().nest("/own", Router::new().fallback(unknown));
    let i18n = I18n::new().languages(["en", "de"]);
    let app = App::new().page::<CounterPage>().i18n(i18n);
    Server::start(app.merge(api).merge(own)).await
}

async fn answer(request: RequestBuilder, headers: &[(header::HeaderName, &str)]) -> Response {
    let request = headers.iter().fold(request, |request, (name, value)| {
        request.header(name, *value)
    });
    request.send().await.expect("an answer")
}

#[tokio::test]
async fn a_browser_is_told_in_its_language() {
    let server = server().await;
    let browser = [
        (header::ACCEPT, "text/html,*/*"),
        (header::ACCEPT_LANGUAGE, "de"),
    ];
    let unknown = answer(Client::new().get(server.url("/nowhere")), &browser).await;
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
    assert_eq!(unknown.headers()[header::CONTENT_LANGUAGE], "de");
    assert_eq!(
        unknown.headers()[header::CONTENT_TYPE],
        "text/html; charset=utf-8"
    );
    let html = unknown.text().await.expect("a page");
    assert!(html.contains("<h1>Nicht gefunden</h1>"), "{html}");
    assert!(
        html.contains("Unter dieser Adresse gibt es keine Seite."),
        "{html}"
    );
    // an address that takes other requests
    let options = Client::new().request(Method::OPTIONS, server.url("/api"));
    let refused = answer(options, &browser[..1]).await;
    assert_eq!(refused.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert!(refused.headers().contains_key(header::ALLOW));
    let html = refused.text().await.expect("a page");
    assert!(html.contains("<h1>Method Not Allowed</h1>"), "{html}");
}

#[tokio::test]
async fn programs_get_no_page_and_own_answers_stay() {
    let server = server().await;
    for (path, accept, expected) in [
        ("/nowhere", "application/json", ""),
        ("/nowhere", "*/*", ""),
        ("/own/x", "text/html", "nothing of ours"),
    ] {
        let request = Client::new().get(server.url(path));
        let unknown = answer(request, &[(header::ACCEPT, accept)]).await;
        assert_eq!(unknown.status(), StatusCode::NOT_FOUND, "{path} {accept}");
        let text = unknown.text().await.expect("a text");
        assert_eq!(text, expected, "{path} {accept}");
    }
}

#[tokio::test]
async fn another_host_is_refused_in_the_language_of_the_browser() {
    let server = server().await;
    let evil = (header::HOST, "evil.example");
    for (headers, expected) in [
        (
            &[evil.clone(), (header::ACCEPT_LANGUAGE, "de")][..],
            "Diese Adresse wird hier nicht bedient.",
        ),
        (&[evil.clone()][..], "This address is not served here."),
    ] {
        let refused = answer(Client::new().get(server.url("/")), headers).await;
        assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
        assert_eq!(refused.text().await.expect("a text"), expected);
    }
}

#[tokio::test]
async fn a_form_that_is_too_long_has_a_page() {
    let server = server().await;
    let browser = server.browser();
    browser.text("/").await;
    let form = format!("language=de&next={}", "x".repeat(9_000));
    let refused = browser.post("/_language", &form).await;
    assert_eq!(refused.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let html = refused.text().await.expect("a page");
    assert!(html.contains("<h1>Payload Too Large</h1>"), "{html}");
}
