//! Hosts, proxies and the headers of responses.

use axum::{Extension, Router, response::IntoResponse as _, routing::get};
use http::{HeaderMap, StatusCode};
use rdj::{
    App,
    security::{Client as Facts, Hsts, Security, no_store},
};
use rdj_tests::{Server, Socket, pages::CounterPage};
use reqwest::{Client, Response, header, redirect::Policy};
use serde_json::json;
use std::time::Duration;

async fn facts(Extension(facts): Extension<Facts>, headers: HeaderMap) -> String {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let forged = headers
        .keys()
        .filter(|name| name.as_str().starts_with("x-"))
        .count();
    let ip = facts.ip.map(|ip| ip.to_string()).unwrap_or_default();
    format!(
        "{ip} {} {} {forged}",
        facts.origin(),
        host.unwrap_or_default()
    )
}

async fn start(security: Security) -> Server {
    let own = || async { ([("x-frame-options", "SAMEORIGIN")], "own").into_response() };
    let secret = || async {
        let mut response = "secret".into_response();
        no_store(response.headers_mut());
        response
    };
    let router = Router::new()
        .route("/facts", get(facts))
        .route("/own", get(own))
        .route("/secret", get(secret));
    let app = App::new().merge(router).page::<CounterPage>();
    Server::start(app.security(security)).await
}

async fn ask(server: &Server, path: &str, headers: &[(&str, &str)]) -> Response {
    let client = Client::builder()
        .redirect(Policy::none())
        .build()
        .expect("a client");
    let mut request = client.get(server.url(path));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.expect("an answer")
}

fn named<'a>(response: &'a Response, name: &str) -> &'a str {
    let value = response.headers().get(name);
    value
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

#[tokio::test]
async fn a13_bad_host() {
    let server = start(Security::new()).await;
    for host in [
        "evil.example",
        "localhost.evil.example",
        "a b",
        "localhost/x",
        "",
    ] {
        let answer = ask(&server, "/facts", &[("host", host)]).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{host}");
    }
    for host in [
        "localhost",
        "localhost:1",
        "a.localhost",
        "127.0.0.1",
        "[::1]:9",
    ] {
        let answer = ask(&server, "/facts", &[("host", host)]).await;
        assert_eq!(answer.status(), StatusCode::OK, "{host}");
    }
    let server = start(Security::new().allowed_hosts(["example.org", ".example.net"])).await;
    for (host, expected) in [
        ("example.org", 200),
        ("a.example.net", 200),
        ("localhost", 400),
    ] {
        let answer = ask(&server, "/facts", &[("host", host)]).await;
        assert_eq!(answer.status().as_u16(), expected, "{host}");
    }
}

#[tokio::test]
async fn forged_facts_are_ignored_and_removed() {
    let server = start(Security::new()).await;
    let forged = [
        ("x-forwarded-for", "6.6.6.6"),
        ("x-forwarded-proto", "https"),
        ("x-forwarded-host", "evil.example"),
        ("x-real-ip", "6.6.6.6"),
    ];
    let host = server.host();
    let seen = ask(&server, "/facts", &forged)
        .await
        .text()
        .await
        .unwrap_or_default();
    assert_eq!(seen, format!("127.0.0.1 http://{host} {host} 0"));
}

#[tokio::test]
async fn a_trusted_proxy_is_believed() {
    let security = Security::new().allowed_hosts(["example.org"]);
    let security = security
        .trusted_proxies(["127.0.0.0/8", "10.0.0.1"])
        .expect("networks");
    let server = start(security).await;
    let told = [
        ("x-forwarded-for", "6.6.6.6, 9.9.9.9, 10.0.0.1"),
        ("x-forwarded-proto", "https"),
        ("x-forwarded-host", "example.org"),
    ];
    let seen = ask(&server, "/facts", &told)
        .await
        .text()
        .await
        .unwrap_or_default();
    assert_eq!(seen, "9.9.9.9 https://example.org example.org 0");
    let evil = [("x-forwarded-host", "evil.example")];
    assert_eq!(
        ask(&server, "/facts", &evil).await.status(),
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn a11_headers() {
    let server = start(Security::new()).await;
    let answer = ask(&server, "/counter", &[]).await;
    for (name, value) in [
        ("x-frame-options", "DENY"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("strict-transport-security", ""),
    ] {
        assert_eq!(named(&answer, name), value, "{name}");
    }
    let policy = named(&answer, "content-security-policy");
    for part in [
        "default-src 'self'; ",
        "script-src 'self'; ",
        "style-src 'self'; ",
        "frame-ancestors 'none'",
        &format!("connect-src 'self' ws://{}; ", server.host()),
    ] {
        assert!(policy.contains(part), "{part}: {policy}");
    }
    assert_eq!(
        named(&ask(&server, "/own", &[]).await, "x-frame-options"),
        "SAMEORIGIN"
    );
}

#[tokio::test]
async fn pages_have_nothing_inline() {
    let server = start(Security::new()).await;
    let page = ask(&server, "/counter", &[])
        .await
        .text()
        .await
        .unwrap_or_default();
    for inline in ["<style", " style=", "<script>", " onclick=", "javascript:"] {
        assert!(!page.contains(inline), "{inline}: {page}");
    }
}

#[tokio::test]
async fn headers_can_be_changed_and_removed() {
    let security = Security::new()
        .content_security_policy(Some("default-src 'none'"))
        .frame_options(None)
        .nosniff(false)
        .referrer_policy(None)
        .opener_policy(None);
    let answer = ask(&start(security).await, "/facts", &[]).await;
    assert_eq!(
        named(&answer, "content-security-policy"),
        "default-src 'none'"
    );
    for name in [
        "x-frame-options",
        "x-content-type-options",
        "referrer-policy",
        "cross-origin-opener-policy",
    ] {
        assert_eq!(named(&answer, name), "", "{name}");
    }
}

#[tokio::test]
async fn a12_strict_transport_security_over_https_only() {
    let hsts = Hsts {
        subdomains: true,
        preload: true,
        ..Hsts::new(Duration::from_hours(1))
    };
    let security = Security::new().hsts(hsts).trusted_proxies(["127.0.0.1"]);
    let server = start(security.expect("an address")).await;
    let answer = ask(&server, "/facts", &[("x-forwarded-proto", "https")]).await;
    let name = "strict-transport-security";
    assert_eq!(
        named(&answer, name),
        "max-age=3600; includeSubDomains; preload"
    );
    assert_eq!(named(&ask(&server, "/facts", &[]).await, name), "");
    let policy = named(&answer, "content-security-policy");
    assert!(policy.contains("wss://"), "{policy}");
}

#[tokio::test]
async fn w008_redirect_to_https() {
    let security = Security::new()
        .ssl_redirect(true)
        .trusted_proxies(["127.0.0.1"]);
    let server = start(security.expect("an address")).await;
    let answer = ask(&server, "/facts?a=b", &[]).await;
    assert!(answer.status().is_redirection());
    assert_eq!(
        named(&answer, "location"),
        format!("https://{}/facts?a=b", server.host())
    );
    let answer = ask(&server, "/facts", &[("x-forwarded-proto", "https")]).await;
    assert_eq!(answer.status(), StatusCode::OK);
}

#[tokio::test]
async fn w34_events_of_a_page_over_https_are_https() {
    let security = Security::new()
        .ssl_redirect(true)
        .trusted_proxies(["127.0.0.1"]);
    let server = start(security.expect("an address")).await;
    let browser = server.browser();
    let origin = format!("https://{}", server.host());
    // the proxy says it of the upgrade; nothing says it of the events
    let headers = [("x-forwarded-proto", "https"), ("origin", &*origin)];
    let mut socket = Socket::connect(&browser, &headers).await.expect("a socket");
    socket.join("/counter").await.expect("a hello");
    let reply = socket.event("counter.add", json!([2, "seen"])).await;
    assert_eq!(reply.effect("navigate"), None, "{reply:?}");
    assert!(reply.patched().contains("2 / 4"), "{reply:?}");
    let over_http = Socket::connect(&browser, &[]).await;
    assert!(over_http.is_err(), "an upgrade over http is led to https");
}

#[tokio::test]
async fn a10_no_store() {
    let answer = ask(&start(Security::new()).await, "/secret", &[]).await;
    let value = "max-age=0, no-cache, no-store, must-revalidate, private";
    assert_eq!(named(&answer, "cache-control"), value);
    assert_eq!(named(&answer, "vary"), "Cookie");
}

#[test]
fn a_proxy_that_is_no_network_is_told() {
    let error = Security::new()
        .trusted_proxies(["10.0.0.0/99"])
        .expect_err("no network");
    assert!(error.to_string().contains("10.0.0.0/99"), "{error}");
}
