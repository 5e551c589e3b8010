//! Forged requests, by the check ids of Django's scheme.

use axum::{Extension, Form, Router, routing::get, routing::post};
use http::StatusCode;
use rdj::{
    App,
    csrf::{Csrf, CsrfLayer, check_token, mask},
    security::Security,
};
use rdj_tests::Server;
use reqwest::{Client, RequestBuilder, Response, header};
use serde::Deserialize;

const SECRET: &str = "abcdefghijklmnopqrstuvwxyz012345";
const OTHER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

#[derive(Deserialize)]
struct Note {
    text: String,
}

async fn save(Form(note): Form<Note>) -> String {
    note.text
}

async fn start(layer: CsrfLayer) -> Server {
    let router = Router::new()
        .route(
            "/form",
            get(|Extension(csrf): Extension<Csrf>| async move { csrf.token() }),
        )
        .route("/plain", get(|| async { "plain" }))
        .route(
            "/login",
            post(|Extension(csrf): Extension<Csrf>| async move { csrf.rotate() }),
        )
        .route("/save", post(save))
        .route("/hooks/a", post(|| async { "hooked" }))
        .route(
            "/upload",
            post(|body: String| async move { body.len().to_string() }),
        );
    let security = Security::new()
        .trusted_proxies(["127.0.0.1"])
        .expect("a network");
    Server::start(App::new().merge(router).csrf(layer).security(security)).await
}

async fn server() -> Server {
    start(
        CsrfLayer::new()
            .exempt("/hooks/")
            .trusted_origins(["https://*.example.org"]),
    )
    .await
}

/// A form with this secret in the cookie and this token in the field.
fn form(server: &Server, secret: &str, token: &str) -> RequestBuilder {
    let form = Client::new().post(server.url("/save"));
    form.header(header::COOKIE, format!("csrftoken={secret}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(format!("text=saved&csrfmiddlewaretoken={token}"))
}

async fn send(request: RequestBuilder) -> Response {
    request.send().await.expect("an answer")
}

const NO_COOKIE: &str = "Allow cookies";
const OUT_OF_DATE: &str = "The form is out of date.";
const FOREIGN: &str = "The form was sent from another site.";

async fn refused(request: RequestBuilder, why: &str) {
    let answer = send(request).await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{why}");
    let page = answer.text().await.unwrap_or_default();
    assert!(
        page.contains(why) && page.contains("<!DOCTYPE html>"),
        "{why}: {page}"
    );
}

async fn passed(request: RequestBuilder) {
    let answer = send(request).await;
    assert_eq!(answer.status(), StatusCode::OK, "{answer:?}");
    assert_eq!(answer.text().await.unwrap_or_default(), "saved");
}

#[tokio::test]
async fn c1_the_cookie_comes_with_a_form_only() {
    let server = server().await;
    let answer = server.browser().get("/form").await;
    let cookie = answer.headers()[header::SET_COOKIE]
        .to_str()
        .unwrap_or_default()
        .to_owned();
    for part in ["csrftoken=", "SameSite=Lax", "Path=/", "Max-Age=31536000"] {
        assert!(cookie.contains(part), "{part}: {cookie}");
    }
    assert!(
        !cookie.contains("HttpOnly") && !cookie.contains("Secure"),
        "{cookie}"
    );
    assert!(
        answer.headers()[header::VARY]
            .to_str()
            .unwrap_or_default()
            .contains("Cookie")
    );
    let secret = cookie
        .split([';', '='])
        .nth(1)
        .unwrap_or_default()
        .to_owned();
    assert_eq!(secret.len(), 32);
    assert!(check_token(
        &secret,
        &answer.text().await.unwrap_or_default()
    ));

    let answer = server.browser().get("/plain").await;
    assert!(!answer.headers().contains_key(header::SET_COOKIE));
    assert!(!answer.headers().contains_key(header::VARY));
}

#[tokio::test]
async fn c1_http_only_and_secure() {
    let server = start(CsrfLayer::new().http_only(true)).await;
    let request = Client::new().get(server.url("/form"));
    let answer = send(request.header("x-forwarded-proto", "https")).await;
    let cookie = answer.headers()[header::SET_COOKIE]
        .to_str()
        .unwrap_or_default();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("Secure"),
        "{cookie}"
    );
}

#[tokio::test]
async fn c2_c7_all_tokens_of_a_secret_are_good() {
    let server = server().await;
    let browser = server.browser();
    let (one, two) = (browser.text("/form").await, browser.text("/form").await);
    assert_eq!(one.len(), 64);
    assert_ne!(one, two);
    let secret = browser.cookie("csrftoken").unwrap_or_default();
    for token in [one, two] {
        passed(form(&server, &secret, &token)).await;
    }
    passed(form(&server, SECRET, SECRET)).await;
}

/// An answer that is late does not undo the rotation that another one has brought meanwhile.
#[tokio::test]
async fn a_browser_that_shows_a_secret_is_not_given_it_again() {
    let server = server().await;
    let first = server.browser().get("/form").await;
    assert!(first.headers().contains_key(header::SET_COOKIE));
    let again = Client::new().get(server.url("/form"));
    let again = again.header(header::COOKIE, format!("csrftoken={SECRET}"));
    let again = again.send().await.expect("an answer");
    assert!(!again.headers().contains_key(header::SET_COOKIE));
    let token = again.text().await.expect("a token");
    passed(form(&server, SECRET, &token)).await;
}

#[tokio::test]
async fn c3_missing_token_or_cookie() {
    let server = server().await;
    refused(Client::new().post(server.url("/save")), NO_COOKIE).await;
    let with_cookie = Client::new().post(server.url("/save"));
    let with_cookie = with_cookie.header(header::COOKIE, format!("csrftoken={SECRET}"));
    refused(with_cookie, OUT_OF_DATE).await;
    refused(Client::new().post(server.url("/nowhere")), NO_COOKIE).await;
    for method in [http::Method::PUT, http::Method::PATCH, http::Method::DELETE] {
        refused(
            Client::new().request(method, server.url("/save")),
            NO_COOKIE,
        )
        .await;
    }
}

#[tokio::test]
async fn c4_malformed_token() {
    let server = server().await;
    for token in ["", "x", "%21", &mask(SECRET)[1..]] {
        refused(form(&server, SECRET, token), OUT_OF_DATE).await;
    }
    refused(form(&server, "short", &mask(SECRET)), NO_COOKIE).await;
}

#[tokio::test]
async fn c5_wrong_token() {
    let server = server().await;
    refused(form(&server, SECRET, &mask(OTHER)), OUT_OF_DATE).await;
    refused(form(&server, SECRET, OTHER), OUT_OF_DATE).await;
}

#[tokio::test]
async fn c6_header() {
    let server = server().await;
    let request = |token: String| form(&server, SECRET, "").header("X-CSRFToken", token);
    passed(request(mask(SECRET))).await;
    refused(request(mask(OTHER)), OUT_OF_DATE).await;
}

#[tokio::test]
async fn c8_origin() {
    let server = server().await;
    let request = |origin: &str| form(&server, SECRET, SECRET).header(header::ORIGIN, origin);
    passed(request(&format!("http://{}", server.host()))).await;
    for origin in [
        "null",
        "https://evil.example",
        "http://127.0.0.1:1",
        &format!("https://{}", server.host()),
    ] {
        refused(request(origin), FOREIGN).await;
    }
}

#[tokio::test]
async fn c9_referer_over_https() {
    let server = server().await;
    let request = || form(&server, SECRET, SECRET).header("x-forwarded-proto", "https");
    let own = format!("https://{}/form", server.host());
    passed(request().header(header::REFERER, &own)).await;
    passed(request().header(header::ORIGIN, format!("https://{}", server.host()))).await;
    refused(request(), FOREIGN).await;
    for referer in [
        own.replace("https", "http"),
        "https://evil.example/".to_owned(),
    ] {
        refused(request().header(header::REFERER, referer), FOREIGN).await;
    }
}

#[tokio::test]
async fn c10_trusted_origins() {
    let server = server().await;
    let request = |origin: &str| form(&server, SECRET, SECRET).header(header::ORIGIN, origin);
    passed(request("https://www.example.org")).await;
    refused(request("http://www.example.org"), FOREIGN).await;
}

#[tokio::test]
async fn s4_rotation_makes_old_tokens_worthless() {
    let server = server().await;
    let browser = server.browser();
    let old = browser.text("/form").await;
    assert_eq!(browser.post("/login", "").await.status(), StatusCode::OK);
    let secret = browser.cookie("csrftoken").unwrap_or_default();
    refused(form(&server, &secret, &old), OUT_OF_DATE).await;
    passed(form(&server, &secret, &browser.text("/form").await)).await;
}

#[tokio::test]
async fn exempt_paths_and_safe_methods_pass() {
    let server = server().await;
    let answer = send(Client::new().post(server.url("/hooks/a"))).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(
        send(Client::new().head(server.url("/plain")))
            .await
            .status(),
        StatusCode::OK
    );
}

#[tokio::test]
async fn a_form_with_files_shows_its_token_first() {
    let server = server().await;
    let part = |name: &str, text: &str| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
    };
    let upload = |parts: String| {
        let form = Client::new().post(server.url("/upload"));
        form.header(header::COOKIE, format!("csrftoken={SECRET}"))
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
            .body(parts + "--b--\r\n")
    };
    let (token, file) = (
        part("csrfmiddlewaretoken", &mask(SECRET)),
        part("file", &"x".repeat(50_000)),
    );
    let length = token.len() + file.len() + "--b--\r\n".len();
    let answer = send(upload(token.clone() + &file)).await;
    assert_eq!(answer.text().await.unwrap_or_default(), length.to_string());
    refused(upload(file + &token), OUT_OF_DATE).await;
}

#[tokio::test]
async fn a_form_that_is_too_long_is_not_read() {
    let server = start(CsrfLayer::new().longest_form(100)).await;
    let request = form(&server, SECRET, SECRET).body(format!("text={}", "x".repeat(1000)));
    assert_eq!(send(request).await.status(), StatusCode::PAYLOAD_TOO_LARGE);
}
