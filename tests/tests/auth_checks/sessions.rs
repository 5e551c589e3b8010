//! Sessions that end elsewhere: by a password, a state, a key.

use rdj::{auth::AuthSettings, orm::DbSessions, session};
use rdj_tests::members::{Members, PASSWORD, database, settings};
use serde_json::json;

const NEW: &str = "another battery staple";

#[tokio::test]
async fn s13_s14_another_password_ends_all_other_sessions() {
    let (site, _) = Members::start().await;
    let (here, there) = (site.signed_in("ann").await, site.signed_in("ann").await);
    let before = here.key();
    let said = here.event("change_password", json!([PASSWORD, NEW])).await;
    assert!(said.contains("Changed"), "{said}");
    assert_eq!(here.whoami().await, "ann");
    assert_ne!(here.key(), before);
    assert_eq!(there.whoami().await, "nobody");
    assert_eq!(there.key(), None);
    assert!(here.sign_in("ann", NEW).await.contains("Hello ann"));
}

#[tokio::test]
async fn s15_who_is_switched_off_is_anonymous_at_the_next_request() {
    let (site, _) = Members::start().await;
    let visitor = site.signed_in("ann").await;
    let users = site.auth.users(site.auth.db());
    let ann = site.row("ann").await;
    users.set_active(&ann, false).await.expect("a change");
    assert_eq!(visitor.whoami().await, "nobody");
}

/// The same users and sessions with other secrets, as after a restart.
async fn with_secrets(first: &Members, secret: &str, fallbacks: &[&str]) -> Members {
    let db = first.auth.db().clone();
    let settings = AuthSettings {
        secret_key: Some(secret.into()),
        secret_key_fallbacks: fallbacks.iter().map(|&old| old.into()).collect(),
        ..settings()
    };
    let sessions = session::layer(DbSessions::new(db.clone()));
    Members::with(db, settings, sessions).await
}

const FIRST: &str = "the first key of this site, long enough to be a good one 0123";
const SECOND: &str = "the second key of this site, long enough to be a good one 0123";

#[tokio::test]
async fn s17_a_session_survives_a_new_secret_with_the_old_as_fallback() {
    let db = database().await;
    let sessions = session::layer(DbSessions::new(db.clone()));
    let base = Members::with(db, settings(), sessions).await;
    base.user("ann").await;
    let first = with_secrets(&base, FIRST, &[]).await;
    let visitor = first.signed_in("ann").await;
    let before = visitor.key();
    let second = with_secrets(&base, SECOND, &[FIRST]).await;
    let moved = visitor.at(&second.server);
    assert_eq!(moved.whoami().await, "ann");
    assert_ne!(moved.key(), before, "signed anew, under a new key");
    // the old secret is not needed any more
    let third = with_secrets(&base, SECOND, &[]).await;
    assert_eq!(moved.at(&third.server).whoami().await, "ann");
}

#[tokio::test]
async fn s17_a_session_survives_a_new_secret_on_a_socket() {
    let db = database().await;
    let sessions = session::layer(DbSessions::new(db.clone()));
    let base = Members::with(db, settings(), sessions).await;
    base.user("ann").await;
    let first = with_secrets(&base, FIRST, &[]).await;
    let visitor = first.signed_in("ann").await;
    let second = with_secrets(&base, SECOND, &[FIRST]).await;
    let mut tab = visitor.at(&second.server).open("/account").await;
    assert!(tab.says("whoami").await.contains("ann"));
    assert!(tab.says("bump").await.contains('1'));
}

#[tokio::test]
async fn s18_without_the_fallback_the_session_is_emptied() {
    let db = database().await;
    let sessions = session::layer(DbSessions::new(db.clone()));
    let base = Members::with(db, settings(), sessions).await;
    base.user("ann").await;
    let first = with_secrets(&base, FIRST, &[]).await;
    let visitor = first.signed_in("ann").await;
    visitor.event("remember", json!(["a pear"])).await;
    let second = with_secrets(&base, SECOND, &[]).await;
    let moved = visitor.at(&second.server);
    assert_eq!(moved.whoami().await, "nobody");
    assert_eq!(moved.key(), None);
    assert_eq!(visitor.whoami().await, "nobody", "its row is gone for all");
}
