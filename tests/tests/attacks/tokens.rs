//! Tokens: of forms, of pages, and tickets for cookies.

use rdj::csrf::mask;
use rdj_tests::{Browser, End, Socket};
use serde_json::json;

use super::{
    raw,
    site::{PASSWORD, Site, encoded, try_login},
};

/// Joins with this token; the close code, or none if it was let in.
async fn join(browser: &Browser, csrf: &str) -> Option<u16> {
    let mut socket = Socket::connect(browser, &[]).await.expect("a socket");
    csrf.clone_into(&mut socket.csrf);
    socket.join("/counter").await.err().map(|end: End| end.code)
}

#[tokio::test]
async fn a_first_frame_without_the_browsers_token_joins_nothing() {
    let site = Site::start().await;
    for name in ["ann", "eve"] {
        site.user(name).await;
    }
    let (ann, eve) = (site.signed_in("ann").await, site.signed_in("eve").await);
    let own = ann.cookie("csrftoken").unwrap_or_default();
    let other = eve.cookie("csrftoken").unwrap_or_default();
    let cut = &own[..own.len() - 1];
    let longer = format!("{own}a");
    for wrong in [
        "",
        "x",
        "null",
        &other,
        &mask(&other),
        cut,
        &longer,
        &"a".repeat(64),
    ] {
        assert_eq!(join(&ann, wrong).await, Some(4003), "{wrong}");
    }
    // without a cookie no token is right, not even none
    let stranger = site.server.browser();
    for wrong in ["", &own] {
        assert_eq!(join(&stranger, wrong).await, Some(4003), "{wrong}");
    }
    assert_eq!(join(&ann, &own).await, None);
    assert_eq!(join(&ann, &mask(&own)).await, None);
}

#[tokio::test]
async fn a_token_from_before_the_login_is_worthless_after_it() {
    let site = Site::start().await;
    site.user("ann").await;
    let ann = site.server.browser();
    ann.get("/login").await;
    let before = ann.cookie("csrftoken").unwrap_or_default();
    assert_eq!(try_login(&ann, "ann", PASSWORD).await, 303);
    assert_ne!(ann.cookie("csrftoken").unwrap_or_default(), before);
    assert_eq!(join(&ann, &before).await, Some(4003));
    let token = [("csrfmiddlewaretoken", before.as_str())];
    assert_eq!(form(&ann, &token).await, 403);
}

/// Posts a form with only these fields and no header.
async fn form(browser: &Browser, fields: &[(&str, &str)]) -> u16 {
    let cookies = browser.cookies().unwrap_or_default();
    let mut all = vec![("_event", "counter.increment")];
    all.extend(fields);
    let origin = format!("http://{}", browser.host());
    let headers = [("Cookie", cookies.as_str()), ("Origin", &origin)];
    let answer = raw::ask(browser.host(), "POST", "/counter", &headers, &encoded(&all)).await;
    answer.status
}

#[tokio::test]
async fn a_form_without_the_browsers_token_is_refused() {
    let site = Site::start().await;
    for name in ["ann", "eve"] {
        site.user(name).await;
    }
    let (ann, eve) = (site.signed_in("ann").await, site.signed_in("eve").await);
    let own = ann.cookie("csrftoken").unwrap_or_default();
    let other = eve.cookie("csrftoken").unwrap_or_default();
    assert_eq!(form(&ann, &[]).await, 403);
    for wrong in [
        "",
        "x",
        &other,
        &mask(&other),
        &own[1..],
        "\u{e4}",
        "a\r\nb",
    ] {
        let field = [("csrfmiddlewaretoken", wrong)];
        assert_eq!(form(&ann, &field).await, 403, "{wrong}");
    }
    assert_eq!(
        form(&ann, &[("csrftoken", &own)]).await,
        403,
        "another field"
    );
    // of two fields neither way of reading lets a wrong one pass
    let twice = [
        ("csrfmiddlewaretoken", other.as_str()),
        ("csrfmiddlewaretoken", "x"),
    ];
    assert_eq!(form(&ann, &twice).await, 403);
    assert_eq!(site.runs.count(), 0);
    assert_eq!(
        form(&ann, &[("csrfmiddlewaretoken", &mask(&own))]).await,
        200
    );
    assert_eq!(site.runs.count(), 1);
}

/// Joins with a stolen page token: whether the thief got the page.
async fn steals(thief: &Browser, token: &str) -> bool {
    let mut socket = Socket::connect(thief, &[]).await.expect("a socket");
    token.clone_into(&mut socket.token);
    match socket.join("/counter").await {
        Ok(hello) => hello["fresh"] == false || hello["token"] == token,
        Err(_) => false,
    }
}

#[tokio::test]
async fn a_stolen_page_token_opens_no_page_of_somebody_else() {
    let site = Site::start().await;
    for name in ["ann", "eve"] {
        site.user(name).await;
    }
    let ann = site.signed_in("ann").await;
    let mut socket = Socket::open(&ann, "/counter").await;
    socket.event("counter.add", json!([5, "private"])).await;
    let token = socket.token.clone();
    let eve = site.signed_in("eve").await;
    let stranger = site.server.browser();
    stranger.get("/login").await;
    let elsewhere = site.signed_in("ann").await;
    let thieves = [
        ("another user", eve),
        ("nobody", stranger),
        ("another session", elsewhere),
    ];
    for (who, thief) in &thieves {
        assert!(!steals(thief, &token).await, "{who}, while it is open");
    }
    let reply = socket.event("counter.add", json!([1, "still here"])).await;
    assert!(reply.patched().contains("still here"), "{reply:?}");
    drop(socket);
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    for (who, thief) in &thieves {
        assert!(!steals(thief, &token).await, "{who}, while it waits");
    }
    assert!(steals(&ann, &token).await, "the owner comes back");
}

/// A browser with a session of its own.
async fn with_session(site: &Site) -> Browser {
    let browser = site.server.browser();
    browser.get("/counter").await;
    let answer = browser
        .post("/counter", "_event=counter.remember(\"x\")")
        .await;
    assert!(browser.cookie("rdj_session").is_some(), "{answer:?}");
    browser
}

#[tokio::test]
async fn a_ticket_works_once_and_for_its_browser_only() {
    let site = Site::start().await;
    let (victim, thief) = (with_session(&site).await, with_session(&site).await);
    let own = format!("http://{}", site.host());
    let origin = [("Origin", own.as_str())];
    let mut socket = Socket::open(&victim, "/counter").await;

    let reply = socket.event("counter.cycle", json!([])).await;
    let body = format!("id={}", reply.ticket().expect("a ticket"));
    let answer = raw::post(&thief, "/_session", &origin, &body).await;
    assert_eq!(answer.status, 403, "another session");
    let answer = raw::post(&victim, "/_session", &origin, &body).await;
    assert_eq!(answer.status, 403, "a ticket that somebody tried is gone");

    let victim = with_session(&site).await;
    let mut socket = Socket::open(&victim, "/counter").await;
    let reply = socket.event("counter.cycle", json!([])).await;
    let body = format!("id={}", reply.ticket().expect("a ticket"));
    let answer = raw::post(&victim, "/_session", &origin, &body).await;
    assert_eq!(answer.status, 204);
    let cookie = answer.header("set-cookie").unwrap_or_default().to_owned();
    assert!(cookie.contains("httponly"), "{cookie}");
    let answer = raw::post(&victim, "/_session", &origin, &body).await;
    assert_eq!(answer.status, 403, "replayed");
    for guess in [
        "",
        "id=",
        "id=0",
        "id=%00",
        "id=../../x",
        "x=1",
        &"id=a".repeat(100),
    ] {
        let answer = raw::post(&victim, "/_session", &origin, guess).await;
        assert!([403, 413].contains(&answer.status), "{guess}: {answer:?}");
    }
}
