//! Who may sign in at all, and at an entrance of its own.

use std::{sync::Arc, time::Duration};

use rdj::{
    Guard,
    auth::{
        AuthSettings,
        throttle::{Limit, MemoryThrottle},
    },
    session,
};
use rdj_tests::members::{Members, PASSWORD, Visitor, database, settings};
use serde_json::json;

const STAFF: Guard = Guard {
    staff: true,
    ..Guard::NONE
};

/// A site for the staff alone, with `ann`, who is none, and `sue`, who is.
async fn staff_only() -> Members {
    // longer than a test takes on any machine
    let wait = Duration::from_mins(10);
    let limit = |free| Limit {
        free,
        first: wait,
        longest: wait,
        forget: Duration::from_hours(1),
    };
    let settings = AuthSettings {
        login_guard: STAFF,
        throttle: Arc::new(MemoryThrottle::new(limit(5), limit(100))),
        ..settings()
    };
    let site = Members::with(database().await, settings, session::memory()).await;
    site.user("ann").await;
    let sue = site.user("sue").await;
    let users = site.auth.users(site.auth.db());
    users.set_staff(&sue, true).await.expect("a change");
    site
}

/// A page without the tokens and nonces that no two pages share.
fn without_tokens(html: &str) -> String {
    let is_token = |text: &str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_+/=".contains(c);
        let has_digit = text.contains(|c: char| c.is_ascii_digit());
        // a token against forged requests may have letters alone
        let is_long = text.len() == 64 || (text.len() >= 16 && has_digit);
        is_long && text.chars().all(plain)
    };
    let parts = html.split('"');
    let parts: Vec<_> = parts
        .map(|part| if is_token(part) { "*" } else { part })
        .collect();
    parts.join("\"")
}

/// Status and page of the login page.
async fn login(visitor: &Visitor, name: &str, password: &str) -> (u16, String) {
    let form = [("username", name), ("password", password)];
    let answer = visitor.submit("/login", "login", &form).await;
    let status = answer.status().as_u16();
    let html = answer.text().await.expect("a page");
    (status, without_tokens(&html))
}

#[tokio::test]
async fn p5_who_may_not_sign_in_is_answered_as_for_a_wrong_password() {
    let site = staff_only().await;
    let wrong = login(&site.visitor(), "ann", "wrong").await;
    let right = login(&site.visitor(), "ann", PASSWORD).await;
    assert!(wrong.1.contains("Invalid username or password."));
    assert_eq!(right, wrong);
    assert_eq!(login(&site.visitor(), "sue", PASSWORD).await.0, 303);
}

#[tokio::test]
async fn p5_who_may_not_sign_in_is_answered_as_for_a_wrong_password_on_a_socket() {
    let site = staff_only().await;
    let mut answers = Vec::new();
    for password in ["wrong", PASSWORD] {
        let mut tab = site.visitor().open("/login").await;
        let form = [("username", "ann"), ("password", password)];
        let reply = tab.socket.submit("login.submit", &form).await;
        assert!(reply.ticket().is_none(), "no cookie: {reply:?}");
        let effects: Vec<_> = reply
            .frames
            .iter()
            .flat_map(rdj_tests::Frame::effects)
            .collect();
        answers.push((reply.patched(), effects));
    }
    assert!(answers[0].0.contains("Invalid username or password."));
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn p5_nothing_changes_for_who_may_not_sign_in_and_it_counts() {
    let site = staff_only().await;
    let visitor = site.visitor();
    visitor.event("remember", json!(["a pear"])).await;
    let before = visitor.key();
    for _ in 0..5 {
        let said = visitor.sign_in("ann", PASSWORD).await;
        assert!(said.contains("Invalid username or password."), "{said}");
    }
    assert_eq!(visitor.key(), before);
    assert_eq!(visitor.whoami().await, "nobody");
    assert!(visitor.event("recall", json!([])).await.contains("a pear"));
    assert_eq!(site.row("ann").await.last_login, None);
    let said = visitor.sign_in("ann", PASSWORD).await;
    assert!(said.contains("Too many"), "{said}");
}

#[tokio::test]
async fn p5_an_entrance_of_its_own_asks_for_more() {
    let (site, _) = Members::start().await;
    let visitor = site.visitor();
    let enter = async |password: &str| {
        let args = json!(["ann", password]);
        visitor.event("enter_as_staff", args).await
    };
    let wrong = enter("wrong").await;
    assert!(wrong.contains("Invalid username or password."), "{wrong}");
    let right = enter(PASSWORD).await;
    assert_eq!(without_tokens(&right), without_tokens(&wrong));
    assert_eq!(visitor.whoami().await, "nobody");
    // the other entrance is open to her
    assert!(visitor.sign_in("ann", PASSWORD).await.contains("Hello ann"));
    let users = site.auth.users(site.auth.db());
    let ann = site.row("ann").await;
    users.set_staff(&ann, true).await.expect("a change");
    assert!(enter(PASSWORD).await.contains("Hello ann"));
}
