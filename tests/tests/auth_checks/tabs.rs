//! Two tabs of one browser, one of which changes the session under the other.

use rdj_tests::{
    Socket,
    members::{Members, PASSWORD, Tab, Visitor},
};
use serde_json::json;

/// A browser with a session and two open pages.
async fn two_tabs(visitor: &Visitor) -> (Tab, Tab) {
    visitor.event("remember", json!(["a pear"])).await;
    (visitor.open("/").await, visitor.open("/").await)
}

#[tokio::test]
async fn a_login_in_one_tab_is_not_undone_by_the_other() {
    let (site, _) = Members::start().await;
    for other_first in [true, false] {
        let visitor = site.visitor();
        let (mut one, mut other) = two_tabs(&visitor).await;
        let login = one.keep("sign_in", json!(["ann", PASSWORD])).await;
        let told = other.unasked().await;
        // whichever tab is quicker to hand over its cookies
        if other_first {
            visitor.redeem(&told).await;
            assert!(visitor.redeem(&login).await, "{told:?}");
        } else {
            assert!(visitor.redeem(&login).await);
            visitor.redeem(&told).await;
        }
        assert_eq!(visitor.whoami().await, "ann", "first: {other_first}");
    }
}

#[tokio::test]
async fn a_tab_from_before_the_login_does_not_replace_its_session() {
    let (site, _) = Members::start().await;
    for had_session in [true, false] {
        let visitor = site.visitor();
        let (mut one, mut other) = if had_session {
            two_tabs(&visitor).await
        } else {
            (visitor.open("/").await, visitor.open("/").await)
        };
        one.sign_in("ann").await;
        other.unasked().await;
        other.event("remember", json!(["an apple"])).await;
        assert_eq!(visitor.whoami().await, "ann", "had one: {had_session}");
        let said = visitor.event("recall", json!([])).await;
        assert!(!said.contains("an apple"), "{said}");
    }
}

#[tokio::test]
async fn a_password_changed_in_one_tab_keeps_the_browser_signed_in() {
    let (site, _) = Members::start().await;
    let visitor = site.signed_in("ann").await;
    let mut one = visitor.open("/account").await;
    let mut other = visitor.open("/account").await;
    let new = "another battery staple";
    let changed = one.keep("change_password", json!([PASSWORD, new])).await;
    let told = other.unasked().await;
    visitor.redeem(&told).await;
    assert!(visitor.redeem(&changed).await, "{told:?}");
    assert_eq!(visitor.whoami().await, "ann");
}

#[tokio::test]
async fn a_request_under_way_does_not_undo_the_login() {
    let (site, _) = Members::start().await;
    let visitor = site.visitor();
    let (mut one, _other) = two_tabs(&visitor).await;
    let login = one.keep("sign_in", json!(["ann", PASSWORD])).await;
    let before = visitor.key();
    // sent with the cookie of before, answered last
    assert_eq!(visitor.whoami().await, "nobody");
    assert_eq!(visitor.key(), before, "the cookie is not taken away");
    assert!(visitor.redeem(&login).await);
    assert_eq!(visitor.whoami().await, "ann");
}

#[tokio::test]
async fn an_event_under_way_does_not_undo_a_login() {
    let (site, store) = Members::start().await;
    let visitor = site.visitor();
    let (mut one, mut other) = two_tabs(&visitor).await;
    let login = one.keep("sign_in", json!(["ann", PASSWORD]));
    let late = other.keep("hold", json!([]));
    let (late, login) = tokio::join!(late, site.gate.meanwhile(login));
    visitor.redeem(&late).await;
    assert!(visitor.redeem(&login).await, "{late:?}");
    assert_eq!(visitor.whoami().await, "ann");
    let said = visitor.event("recall", json!([])).await;
    assert!(said.contains("a pear"), "{said}");
    assert_eq!(store.len(), 1);
}

#[tokio::test]
async fn two_events_of_one_session_at_a_time_are_both_kept() {
    let (site, store) = Members::start().await;
    let visitor = site.signed_in("ann").await;
    let mut one = visitor.open("/").await;
    let mut other = visitor.open("/").await;
    let bump = other.keep("bump", json!([]));
    let slow = one.keep("hold", json!([]));
    let (slow, fast) = tokio::join!(slow, site.gate.meanwhile(bump));
    assert!(fast.patched().contains('1'), "{fast:?}");
    assert!(slow.effect("refused").is_none(), "{slow:?}");
    assert!(other.says("recall").await.contains("held"));
    assert_eq!(store.len(), 1);
}

#[tokio::test]
async fn an_open_page_finds_back_after_a_login() {
    let (site, _) = Members::start().await;
    let visitor = site.visitor();
    let mut tab = visitor.open("/").await;
    let reply = tab.sign_in("ann").await;
    let secret = visitor.0.cookie("csrftoken").expect("a secret");
    let text = reply.patched();
    let token = (0..text.len()).find_map(|at| {
        let word = text.get(at..at + 64)?;
        rdj::csrf::check_token(&secret, word).then(|| word.to_owned())
    });
    let token = token.expect("a new token on the page");
    let (page, version) = (tab.socket.token.clone(), tab.socket.version);
    drop(tab);
    let mut socket = Socket::connect(&visitor.0, &[]).await.expect("a socket");
    (socket.token, socket.version, socket.csrf) = (page, version, token);
    let hello = socket.join("/").await.expect("a hello");
    assert_eq!(hello["fresh"], false, "{hello}");
    let seen = socket.event("desk.whoami", json!([])).await;
    assert!(
        hello["seq"] == 1 || seen.frames.is_empty(),
        "{hello} {seen:?}"
    );
}
