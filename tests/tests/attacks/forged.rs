//! Requests of other sites, which carry the cookies of the victim's browser.

use rdj_tests::Socket;
use serde_json::json;

use super::{raw, site::Site};

/// Origins that are not the server's, however much they look like it.
fn foreign(host: &str) -> Vec<String> {
    let port = host.split(':').nth(1).unwrap_or_default();
    let other = if port == "4711" { "4712" } else { "4711" };
    vec![
        "null".to_owned(),
        String::new(),
        host.to_owned(),
        "http://evil.example".to_owned(),
        format!("https://{host}"),
        format!("ws://{host}"),
        format!("http://127.0.0.1:{other}"),
        "http://127.0.0.1".to_owned(),
        format!("http://localhost:{port}"),
        format!("http://[::1]:{port}"),
        format!("http://sub.{host}"),
        format!("http://127.0.0.1.evil.example:{port}"),
        format!("http://{host}.evil.example"),
        format!("http://evil{host}"),
        format!("http://{host}@evil.example"),
        format!("http://evil.example@{host}"),
        format!("http://evil.example#{host}"),
        format!("http://evil.example?http://{host}"),
        format!("http://{host}/"),
        format!("http://{host} http://evil.example"),
        format!("http://evil.example, http://{host}"),
        format!("//{host}"),
    ]
}

#[tokio::test]
async fn a_foreign_origin_opens_no_socket() {
    let site = Site::start().await;
    site.user("ann").await;
    let ann = site.signed_in("ann").await;
    for origin in foreign(&site.host()) {
        let status = raw::upgrade(&ann, &[("Origin", &origin)]).await;
        assert_eq!(status, 403, "{origin:?}");
    }
    assert_eq!(raw::upgrade(&ann, &[]).await, 403, "no origin");
    // what only a proxy may say does not make it the own one
    let claims = [
        ("X-Forwarded-Host", "evil.example"),
        ("X-Forwarded-Proto", "http"),
        ("Forwarded", "host=evil.example"),
        ("Origin", "http://evil.example"),
    ];
    assert_eq!(raw::upgrade(&ann, &claims).await, 403);
    let own = format!("http://{}", site.host());
    assert_eq!(raw::upgrade(&ann, &[("Origin", &own)]).await, 101);
}

#[tokio::test]
async fn a_foreign_origin_posts_no_form() {
    let site = Site::start().await;
    site.keeper("ann").await;
    let ann = site.signed_in("ann").await;
    for origin in foreign(&site.host()) {
        let headers = [("Origin", origin.as_str())];
        let answer = raw::post(&ann, "/vault", &headers, "_event=vault.take").await;
        assert_eq!(answer.status, 403, "{origin:?}");
        let answer = raw::post(&ann, "/logout", &headers, "").await;
        assert_eq!(answer.status, 403, "{origin:?}");
    }
    assert_eq!(site.runs.count(), 0);
    assert_eq!(ann.get("/private").await.status(), 200, "still signed in");
    let own = format!("http://{}", site.host());
    let answer = raw::post(&ann, "/vault", &[("Origin", &own)], "_event=vault.take").await;
    assert_eq!((answer.status, site.runs.count()), (200, 1));
}

#[tokio::test]
async fn a_foreign_origin_fetches_no_cookies() {
    let site = Site::start().await;
    let origins = foreign(&site.host());
    let own = format!("http://{}", site.host());
    for origin in origins.iter().chain([&own]) {
        let browser = site.server.browser();
        let mut socket = Socket::open(&browser, "/counter").await;
        let reply = socket.event("counter.remember", json!(["x"])).await;
        let body = format!("id={}", reply.ticket().expect("a ticket"));
        let headers = [("Origin", origin.as_str())];
        let answer = raw::post(&browser, "/_session", &headers, &body).await;
        let expected = if *origin == own { 204 } else { 403 };
        assert_eq!(answer.status, expected, "{origin:?}");
        let got = answer.header("set-cookie").is_some();
        assert_eq!(got, *origin == own, "{origin:?}");
    }
    for fetched in ["cross-site", "same-site", "nonsense"] {
        let browser = site.server.browser();
        let mut socket = Socket::open(&browser, "/counter").await;
        let reply = socket.event("counter.remember", json!(["x"])).await;
        let body = format!("id={}", reply.ticket().expect("a ticket"));
        let headers = [("Sec-Fetch-Site", fetched)];
        let answer = raw::post(&browser, "/_session", &headers, &body).await;
        assert_eq!(answer.status, 403, "{fetched}");
    }
}

#[tokio::test]
async fn a_foreign_origin_changes_no_language() {
    let site = Site::start().await;
    let browser = site.server.browser();
    browser.get("/login").await;
    for origin in foreign(&site.host()) {
        let headers = [("Origin", origin.as_str())];
        let answer = raw::post(&browser, "/_language", &headers, "language=de&next=/").await;
        assert_eq!(answer.status, 403, "{origin:?}");
        assert!(answer.header("set-cookie").is_none(), "{origin:?}");
    }
}

#[tokio::test]
async fn a_get_changes_nothing() {
    let site = Site::start().await;
    site.keeper("ann").await;
    let ann = site.signed_in("ann").await;
    let token = ann.cookie("csrftoken").unwrap_or_default();
    let overrides = [
        ("X-HTTP-Method-Override", "POST"),
        ("X-Method-Override", "POST"),
        ("X-HTTP-Method", "POST"),
        ("X-CSRFToken", token.as_str()),
    ];
    for target in [
        "/vault?_event=vault.take",
        "/vault?_method=POST&_event=vault.take",
    ] {
        assert_eq!(raw::get(&ann, target, &overrides).await.status, 200);
    }
    let answer = raw::get(&ann, "/logout", &overrides).await;
    assert_eq!(answer.status, 405);
    let answer = raw::get(&ann, "/_language?language=de", &overrides).await;
    assert_eq!(answer.status, 405);
    let answer = raw::get(&ann, "/_session?id=1", &overrides).await;
    assert_eq!(answer.status, 405);
    assert_eq!(site.runs.count(), 0);
    assert_eq!(ann.get("/private").await.status(), 200);
}
