//! Addresses that a browser is sent to: `next` of the login page.

use axum::{extract::Request, http::HeaderValue, middleware::map_request};
use rdj::security::Security;
use rdj_tests::{Browser, Socket};
use serde_json::json;

use super::{
    raw,
    site::{PASSWORD, Site, encoded, percent},
};

/// What browsers read as another host, or as no address of a page.
const EVIL: [&str; 30] = [
    "//evil.example",
    "///evil.example",
    "////evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "http:///evil.example",
    "http:////evil.example",
    "http:evil.example",
    "https:evil.example",
    "http://evil.example/",
    "HTTPS://evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "\u{8}//evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\n/evil.example",
    "/a\r\nSet-Cookie: evil=1",
    " //evil.example",
    "\u{a0}//evil.example",
    "\u{3000}//evil.example",
    "http://user@evil.example",
    "http://127.0.0.1@evil.example",
    "http://[::1",
    "/\u{0}/evil.example",
    "ftp://127.0.0.1/",
    "?next=//evil.example",
    "",
];

/// Signs in with this `next`; where the browser is sent, in lower case.
async fn after_login(browser: &Browser, query: &str, next: &str) -> String {
    let form = [
        ("_event", "login.submit"),
        ("username", "ann"),
        ("password", PASSWORD),
        ("next", next),
    ];
    let target = format!("/login{query}");
    let answer = raw::post(browser, &target, &[], &encoded(&form)).await;
    assert_eq!(answer.status, 303, "{next:?}: {}", answer.body);
    assert!(!answer.head.contains("evil="), "{next:?}: {}", answer.head);
    answer.header("location").unwrap_or_default().to_owned()
}

async fn visitor(site: &Site) -> Browser {
    let browser = site.server.browser();
    browser.get("/login").await;
    browser
}

#[tokio::test]
async fn a_forged_next_leads_home() {
    let site = Site::start().await;
    site.user("ann").await;
    let browser = visitor(&site).await;
    let ann = site.signed_in("ann").await;
    let long = format!("/{}", "a".repeat(2048));
    for next in EVIL.into_iter().chain([long.as_str()]) {
        let query = format!("?next={}", percent(next));
        let page = raw::get(&browser, &format!("/login{query}"), &[]).await;
        assert_eq!(page.status, 200, "{next:?}");
        let body = page.body;
        assert!(
            body.contains("name=\"next\" value=\"\""),
            "{next:?}: {body}"
        );
        // signs that no token has beside them
        for evil in ["evil.example", "evil=1", "evil%3"] {
            assert!(!body.contains(evil), "{next:?}: {body}");
        }
        assert_eq!(
            after_login(&browser, "", next).await,
            "/",
            "field: {next:?}"
        );
        assert_eq!(
            after_login(&browser, &query, next).await,
            "/",
            "both: {next:?}"
        );
        // of a visitor who is signed in
        let sent = raw::get(&ann, &format!("/login{query}"), &[]).await;
        assert_eq!(sent.header("location"), Some("/"), "{next:?}");
    }
    assert_eq!(
        after_login(&browser, "", "/private?a=b").await,
        "/private?a=b"
    );
}

#[tokio::test]
async fn a_next_that_is_encoded_twice_stays_on_the_site() {
    let site = Site::start().await;
    site.user("ann").await;
    let browser = visitor(&site).await;
    for next in EVIL {
        let twice = percent(next);
        let slashed = format!("/{twice}");
        for next in [twice.as_str(), &slashed] {
            let query = format!("?next={}", percent(next));
            for to in [
                after_login(&browser, &query, next).await,
                after_login(&browser, "", next).await,
            ] {
                let second = to.chars().nth(1).unwrap_or('a');
                assert!(
                    to.starts_with('/') && !"/\\".contains(second),
                    "{next:?}: {to}"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_forged_next_on_a_socket_leads_home() {
    let site = Site::start().await;
    site.user("ann").await;
    for next in [
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
    ] {
        let browser = visitor(&site).await;
        let mut socket = Socket::open(&browser, &format!("/login?next={}", percent(next))).await;
        socket.event("login.set_next", json!([next])).await;
        let form = [("username", "ann"), ("password", PASSWORD), ("next", next)];
        let reply = socket.submit("login.submit", &form).await;
        let effect = reply.effect("navigate").expect("somewhere to go");
        assert_eq!(effect["to"], "/", "{next:?}");
        assert!(reply.effect("redirect").is_none(), "{next:?}");
    }
}

#[tokio::test]
async fn a_guard_sends_back_to_this_site_only() {
    let site = Site::start().await;
    let host = site.host();
    for target in [
        "/private?a=//evil.example",
        "/private?x=%0d%0aSet-Cookie:%20evil=1",
        "/private?next=http://evil.example",
    ] {
        let answer = raw::ask(&host, "GET", target, &[], "").await;
        let to = answer.header("location").unwrap_or_default();
        assert!(to.starts_with("/login?next=%2fprivate"), "{target}: {to}");
        assert!(!answer.head.contains("evil=1\r\n"), "{}", answer.head);
    }
    for target in [
        "//evil.example/private",
        "//private",
        "/\\evil.example",
        "/%5cevil.example",
        "/%2f%2fevil.example",
        "/private/",
        "/private//evil.example",
    ] {
        let answer = raw::ask(&host, "GET", target, &[], "").await;
        assert!([400, 404].contains(&answer.status), "{target}: {answer:?}");
        assert_eq!(answer.header("location"), None, "{target}");
    }
    for back in [
        "//evil.example",
        "http://evil.example/",
        "/\\evil.example",
        "javascript:x",
    ] {
        let browser = visitor(&site).await;
        let body = format!("language=de&next={}", percent(back));
        let referer = [("Referer", "http://evil.example/")];
        let answer = raw::post(&browser, "/_language", &referer, &body).await;
        assert_eq!(answer.header("location"), Some("/"), "{back}: {answer:?}");
    }
}

#[tokio::test]
async fn n3_a_page_over_https_leads_to_no_address_over_http() {
    let over_https = |app: rdj::App| {
        let forwarded = map_request(async |mut request: Request| {
            let https = HeaderValue::from_static("https");
            request.headers_mut().insert("x-forwarded-proto", https);
            request
        });
        let security = Security::new().trusted_proxies(["127.0.0.1"]);
        app.security(security.expect("an address"))
            .outer_layer(forwarded)
    };
    let site = Site::with(|_| {}, over_https).await;
    let host = site.host();
    let shown = async |next: &str| {
        let page = site.server.browser();
        page.text(&format!("/login?next={}", percent(next))).await
    };
    for next in [format!("http://{host}/private"), format!("http:/{host}")] {
        let page = shown(&next).await;
        assert!(page.contains("name=\"next\" value=\"\""), "{next}: {page}");
        assert!(!page.contains("/private"), "{next}: {page}");
    }
    let page = shown("/private").await;
    assert!(page.contains("name=\"next\" value=\"/private\""), "{page}");
}
