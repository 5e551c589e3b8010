//! A page behind a permission by every way in, and names that are no events.

use rdj_tests::{Browser, Socket};
use serde_json::json;

use super::{raw, site::Site};

/// Other ways to write the address.
const SPELLINGS: [&str; 20] = [
    "/vault",
    "/vault/",
    "//vault",
    "///vault",
    "/./vault",
    "/x/../vault",
    "/private/../vault",
    "/%76ault",
    "/vaul%74",
    "/vault%2f",
    "/%2fvault",
    "/vault%00",
    "/vault%20",
    "/VAULT",
    "/vault;a=b",
    "/vault.html",
    "/vault?_event=vault.take",
    "/vault?x=/login",
    "/vault#/login",
    "/\\vault",
];

/// Tries every way; none of them shows the secret or runs the event.
async fn is_kept_out(site: &Site, browser: &Browser, who: &str) {
    for target in SPELLINGS {
        for method in [
            "GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "VAULT",
        ] {
            let cookies = browser.cookies().unwrap_or_default();
            let headers = [("Cookie", cookies.as_str())];
            let answer = raw::ask(&site.host(), method, target, &headers, "").await;
            assert_ne!(answer.status, 200, "{who}: {method} {target}: {answer:?}");
            assert!(
                !answer.body.contains("treasure"),
                "{who}: {method} {target}"
            );
        }
        let answer = raw::post(browser, target, &[], "_event=vault.take").await;
        assert_ne!(answer.status, 200, "{who}: POST {target}");
        assert!(!answer.body.contains("treasure"), "{who}: POST {target}");
        let mut socket = Socket::connect(browser, &[]).await.expect("a socket");
        if let Ok(told) = socket.join(target).await {
            assert_ne!(told["t"], "hello", "{who}: joins {target}");
        }
    }
    for path in ["/", "/counter", "/login"] {
        if browser.get(path).await.status() != 200 {
            continue;
        }
        let mut socket = Socket::open(browser, path).await;
        for event in [
            "vault.take",
            "desk.take",
            "take",
            "/vault.take",
            "vault/take",
        ] {
            let reply = socket.event(event, json!([])).await;
            let refused = reply.effect("refused").expect("a refusal");
            assert_eq!(refused["status"], 404, "{who}: {event} on {path}");
        }
    }
    assert_eq!(site.runs.count(), 0, "{who}");
}

#[tokio::test]
async fn a_guarded_page_is_closed_by_every_way_in() {
    let site = Site::start().await;
    for name in ["ann", "eve"] {
        site.user(name).await;
    }
    let stranger = site.server.browser();
    stranger.get("/login").await;
    is_kept_out(&site, &stranger, "nobody").await;
    let eve = site.signed_in("eve").await;
    is_kept_out(&site, &eve, "without the right").await;
    let answer = raw::get(&eve, "/vault", &[]).await;
    assert_eq!(answer.status, 403);
}

#[tokio::test]
async fn hooks_and_internal_names_are_no_events() {
    let site = Site::start().await;
    site.user("ann").await;
    let ann = site.signed_in("ann").await;
    let mut socket = Socket::open(&ann, "/notes").await;
    for name in [
        "perform_create",
        "perform_update",
        "perform_delete",
        "on_load",
        "on_denied",
        "on_save_success",
        "on_delete_success",
        "on_state_valid",
        "get_choices",
        "get_queryset",
        "get_create_kwargs",
        "clean_title",
        "validate_state",
        "dispatch",
        "apply",
        "render",
        "__core",
        "__class__",
        "constructor",
        "prototype",
        "set___core",
        "set_id",
        "set_user_id",
        "set_core",
        "set_rows",
        "set_errors",
        "filter",
        "objects",
        "",
        ".",
        " save",
        "save ",
        "SAVE",
        "save\u{0}",
        "save()",
        "notes.save",
    ] {
        let event = format!("notes.{name}");
        let reply = socket.event(&event, json!([])).await;
        let refused = reply.effect("refused");
        let refused = refused.unwrap_or_else(|| panic!("{event}: {reply:?}"));
        assert_eq!(refused["status"], 404, "{event}");
        let text = refused["text"].as_str().unwrap_or_default().to_owned();
        assert!(!text.contains("perform_") && text.len() < 200, "{text}");
        let body = super::site::encoded(&[("_event", &event)]);
        let answer = raw::post(&ann, "/notes", &[], &body).await;
        // without JavaScript, parentheses hold arguments
        if !name.contains('(') {
            assert_eq!(answer.status, 404, "{event}: {}", answer.body);
        }
    }
}
