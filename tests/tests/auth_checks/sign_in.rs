//! Signing in and out: what becomes of the session.

use rdj_tests::members::{Members, PASSWORD};
use serde_json::json;

/// Both places for sessions: in memory and in the database.
async fn sites() -> [Members; 2] {
    let (memory, _) = Members::start().await;
    [memory, Members::over_database().await]
}

#[tokio::test]
async fn s1_login_cycles_the_session_key() {
    for site in sites().await {
        let visitor = site.visitor();
        visitor.event("remember", json!(["a pear"])).await;
        let before = visitor.key().expect("a session");
        visitor.sign_in("ann", PASSWORD).await;
        assert_ne!(visitor.key().expect("a session"), before);
        assert_eq!(visitor.whoami().await, "ann");
    }
}

#[tokio::test]
async fn s1_login_cycles_the_session_key_on_a_socket() {
    for site in sites().await {
        let visitor = site.visitor();
        visitor.event("remember", json!(["a pear"])).await;
        let before = visitor.key().expect("a session");
        let mut tab = visitor.open("/").await;
        let reply = tab.keep("sign_in", json!(["ann", PASSWORD])).await;
        // the browser has its cookie once the ticket is handed over; the page is the user's at once
        assert!(tab.says("whoami").await.contains("ann"));
        assert_eq!(visitor.key(), Some(before.clone()));
        assert!(visitor.redeem(&reply).await, "{reply:?}");
        assert_ne!(visitor.key().expect("a session"), before);
        assert_eq!(visitor.whoami().await, "ann");
        assert!(tab.says("whoami").await.contains("ann"));
    }
}

#[tokio::test]
async fn s2_the_old_session_is_deleted() {
    let (site, store) = Members::start().await;
    let (visitor, thief) = (site.visitor(), site.visitor());
    visitor.event("remember", json!(["a pear"])).await;
    let fixed = visitor.key().expect("a session");
    visitor.sign_in("ann", PASSWORD).await;
    assert_eq!(store.len(), 1);
    thief.0.set_cookie("rdj_session", &fixed);
    assert_eq!(thief.whoami().await, "nobody");
}

#[tokio::test]
async fn s2_the_old_session_is_deleted_on_a_socket() {
    let (site, store) = Members::start().await;
    let (visitor, thief) = (site.visitor(), site.visitor());
    visitor.event("remember", json!(["a pear"])).await;
    let fixed = visitor.key().expect("a session");
    visitor.open("/").await.sign_in("ann").await;
    assert_eq!(store.len(), 1);
    thief.0.set_cookie("rdj_session", &fixed);
    assert_eq!(thief.whoami().await, "nobody");
}

#[tokio::test]
async fn s3_anonymous_data_survives_the_login() {
    for site in sites().await {
        let visitor = site.visitor();
        visitor.event("remember", json!(["a pear"])).await;
        visitor.sign_in("ann", PASSWORD).await;
        let said = visitor.event("recall", json!([])).await;
        assert!(said.contains("a pear"), "{said}");
    }
}

#[tokio::test]
async fn s3_anonymous_data_survives_the_login_on_a_socket() {
    for site in sites().await {
        let visitor = site.visitor();
        let mut tab = visitor.open("/").await;
        tab.event("remember", json!(["a pear"])).await;
        tab.sign_in("ann").await;
        assert!(tab.says("recall").await.contains("a pear"));
        let said = visitor.event("recall", json!([])).await;
        assert!(said.contains("a pear"), "{said}");
    }
}

#[tokio::test]
async fn s8_another_user_gets_nothing_of_the_session_before() {
    for site in sites().await {
        site.user("bob").await;
        let visitor = site.signed_in("ann").await;
        visitor.event("remember", json!(["ann's pear"])).await;
        let before = visitor.key();
        visitor.sign_in("bob", PASSWORD).await;
        assert_eq!(visitor.whoami().await, "bob");
        assert_ne!(visitor.key(), before);
        let said = visitor.event("recall", json!([])).await;
        assert!(said.contains("nothing"), "{said}");
    }
}

#[tokio::test]
async fn s8_another_user_gets_nothing_of_the_session_before_on_a_socket() {
    for site in sites().await {
        site.user("bob").await;
        let visitor = site.signed_in("ann").await;
        visitor.event("remember", json!(["ann's pear"])).await;
        let mut tab = visitor.open("/").await;
        tab.sign_in("bob").await;
        assert!(tab.says("whoami").await.contains("bob"));
        assert!(tab.says("recall").await.contains("nothing"));
        assert_eq!(visitor.whoami().await, "bob");
    }
}

#[tokio::test]
async fn s9_the_same_user_gets_a_new_key_and_keeps_the_data() {
    let (site, store) = Members::start().await;
    let visitor = site.signed_in("ann").await;
    visitor.event("remember", json!(["a pear"])).await;
    let first = visitor.key();
    visitor.sign_in("ann", PASSWORD).await;
    let second = visitor.key();
    let mut tab = visitor.open("/").await;
    tab.sign_in("ann").await;
    assert!(first != second && second != visitor.key() && first != visitor.key());
    assert!(tab.says("recall").await.contains("a pear"));
    assert_eq!(store.len(), 1);
}

#[tokio::test]
async fn s12_logout_deletes_session_and_cookie() {
    let (site, store) = Members::start().await;
    let visitor = site.signed_in("ann").await;
    visitor.event("sign_out", json!([])).await;
    assert!(store.is_empty());
    assert_eq!(visitor.key(), None);
    assert_eq!(visitor.whoami().await, "nobody");
}

#[tokio::test]
async fn s12_logout_deletes_session_and_cookie_on_a_socket() {
    let (site, store) = Members::start().await;
    let visitor = site.signed_in("ann").await;
    let mut tab = visitor.open("/").await;
    tab.event("sign_out", json!([])).await;
    assert!(store.is_empty());
    assert_eq!(visitor.key(), None);
    assert!(tab.says("whoami").await.contains("nobody"));
    tab.sign_in("ann").await;
    assert_eq!(visitor.whoami().await, "ann");
}

#[tokio::test]
async fn s16_one_text_for_unknown_wrong_and_inactive() {
    let (site, _) = Members::start().await;
    let bob = site.user("bob").await;
    let users = site.auth.users(site.auth.db());
    users.set_active(&bob, false).await.expect("a change");
    let mut tab = site.visitor().open("/").await;
    let mut answers = Vec::new();
    for (name, password) in [("ann", "wrong"), ("bob", PASSWORD), ("nobody", PASSWORD)] {
        let login = json!([name, password]);
        answers.push(tab.keep("sign_in", login.clone()).await.patched());
        let over_http = site.visitor().sign_in(name, password).await;
        assert!(over_http.contains("id=\"said\""), "{over_http}");
        answers.push(said(&over_http));
    }
    // on the socket only what is new is sent
    assert!(answers[0].contains(&answers[1]), "{answers:?}");
    assert!(
        answers[1] == answers[3] && answers[3] == answers[5],
        "{answers:?}"
    );
    assert!(
        answers[2].is_empty() && answers[4].is_empty(),
        "{answers:?}"
    );
}

/// What stands in the paragraph of the page, without the count.
fn said(html: &str) -> String {
    let rest = html.split("<p id=\"said\">").nth(1).unwrap_or_default();
    let text = rest.split("</p>").next().unwrap_or_default();
    text.trim_end_matches(" 0").to_owned()
}
