//! Guessing passwords.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{extract::Request, http::HeaderValue, middleware::map_request};
use rdj::{
    App,
    auth::throttle::{Limit, MemoryThrottle},
    security::Security,
};
use serde_json::json;

use super::{
    raw,
    site::{PASSWORD, Site, encoded, try_login},
};
use rdj_tests::Socket;

fn limit(free: u32, first: Duration) -> Limit {
    Limit {
        free,
        first,
        longest: MINUTE,
        forget: Duration::from_hours(1),
    }
}

/// A site with these limits for an account and for a network.
async fn limited(account: Limit, network: Limit) -> Site {
    let throttle = Arc::new(MemoryThrottle::new(account, network));
    Site::with(move |settings| settings.throttle = throttle, |app| app).await
}

/// As if a proxy in front passed on what comes from one public network.
fn of_one_network(app: App) -> App {
    let forwarded = map_request(async |mut request: Request| {
        let client = HeaderValue::from_static("192.0.2.7");
        request.headers_mut().insert("x-forwarded-for", client);
        request
    });
    let security = Security::new().trusted_proxies(["127.0.0.1"]);
    app.security(security.expect("an address"))
        .outer_layer(forwarded)
}

const MINUTE: Duration = Duration::from_mins(1);

#[tokio::test]
async fn guesses_are_slowed_down_whoever_they_claim_to_be_from() {
    let site = limited(limit(3, MINUTE), limit(100, MINUTE)).await;
    for name in ["ann", "bob"] {
        site.user(name).await;
    }
    for _ in 0..3 {
        assert_eq!(try_login(&site.server.browser(), "ann", "wrong").await, 200);
    }
    // a new browser, another spelling and the right password do not help
    for name in [
        "ann",
        " ann ",
        "ANN",
        "Ann",
        "\u{ff41}nn",
        "a\u{ff4e}n",
        "\u{ff41}\u{ff4e}\u{ff4e}",
        "\u{24d0}nn",
        "a\u{207f}n",
    ] {
        let status = try_login(&site.server.browser(), name, PASSWORD).await;
        assert_eq!(status, 429, "{name}");
    }
    // nor does another address that the client claims
    for claim in [
        "X-Forwarded-For",
        "X-Real-IP",
        "Forwarded",
        "CF-Connecting-IP",
        "Client-IP",
    ] {
        let browser = site.server.browser();
        browser.get("/login").await;
        let form = [
            ("_event", "login.submit"),
            ("username", "ann"),
            ("password", PASSWORD),
        ];
        let headers = [(claim, "6.6.6.6")];
        let answer = raw::post(&browser, "/login", &headers, &encoded(&form)).await;
        assert_eq!(answer.status, 429, "{claim}");
    }
    // nor does a socket
    let browser = site.server.browser();
    let mut socket = Socket::open(&browser, "/login").await;
    let form = [("username", "ann"), ("password", PASSWORD)];
    let reply = socket.submit("login.submit", &form).await;
    assert!(
        reply.effect("navigate").is_none() && reply.ticket().is_none(),
        "{reply:?}"
    );
    // somebody else is not locked out
    assert_eq!(
        try_login(&site.server.browser(), "bob", PASSWORD).await,
        303
    );
}

#[tokio::test]
async fn the_right_password_works_after_the_delay() {
    let first = Duration::from_secs(3);
    let site = limited(limit(2, first), limit(100, MINUTE)).await;
    site.user("ann").await;
    let browser = site.server.browser();
    let began = Instant::now();
    for _ in 0..2 {
        assert_eq!(try_login(&browser, "ann", "wrong").await, 200);
    }
    let mut status = try_login(&browser, "ann", PASSWORD).await;
    // on a machine that stands still the delay may be over already
    if began.elapsed() < first {
        assert_eq!(status, 429);
    }
    for _ in 0..600 {
        if status != 429 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        status = try_login(&browser, "ann", PASSWORD).await;
    }
    assert_eq!(status, 303);
}

#[tokio::test]
async fn one_password_for_many_names_is_slowed_down_too() {
    let throttle = Arc::new(MemoryThrottle::new(limit(3, MINUTE), limit(6, MINUTE)));
    let site = Site::with(move |settings| settings.throttle = throttle, of_one_network).await;
    site.user("ann").await;
    for number in 0..6 {
        let name = format!("user{number}");
        assert_eq!(try_login(&site.server.browser(), &name, "wrong").await, 200);
    }
    let status = try_login(&site.server.browser(), "ann", PASSWORD).await;
    assert_eq!(status, 429, "the network waits");
}

#[tokio::test]
async fn many_guesses_at_one_time_are_counted_before_they_are_tried() {
    let site = limited(limit(3, MINUTE), limit(100, MINUTE)).await;
    site.user("ann").await;
    let browser = site.server.browser();
    browser.get("/login").await;
    let guesses = (0..30).map(|_| try_login(&browser, "ann", "wrong"));
    let statuses = futures_util::future::join_all(guesses).await;
    let tried = statuses.iter().filter(|status| **status == 200).count();
    assert_eq!(tried, 3, "{statuses:?}");
}

#[tokio::test]
async fn reset_mails_are_not_sent_without_end() {
    let site = limited(limit(3, MINUTE), limit(100, MINUTE)).await;
    site.user("ann").await;
    let browser = site.server.browser();
    let mut socket = Socket::open(&browser, "/password-reset").await;
    for spelling in ["ann@example.com", "ANN@example.com", " ann@EXAMPLE.com"].repeat(4) {
        socket
            .submit("password_reset.submit", &[("email", spelling)])
            .await;
    }
    assert_eq!(site.mails(3).await.len(), 3);
    let reply = socket.event("password_reset.submit", json!([])).await;
    assert!(reply.frames.len() < 10);
}
