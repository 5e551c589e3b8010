//! What sign-in, sign-up and resets leave in the database, and what they take from it, on a running site.

use std::{
    sync::{Arc, Condvar, Mutex},
    time::Duration,
};

use chrono::{TimeDelta, Utc};
use futures_util::FutureExt as _;
use rdj::{
    auth::{
        AuthSettings, NewUser,
        entity::user,
        password::{HashError, Hasher, Hashers, Pbkdf2},
        token::uid,
    },
    orm::{
        DbSessions,
        sea_orm::{ActiveModelTrait as _, ConnectionTrait as _, IntoActiveModel as _, Set},
    },
    session,
};
use rdj_tests::members::{Members, PASSWORD, Visitor, database, settings};
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};

use super::reset::{follow, link};

/// Sends the form for a new account over HTTP; the page.
async fn register(visitor: &Visitor, name: &str, email: &str, password: &str) -> String {
    let form = form(name, email, password);
    let answer = visitor.submit("/register", "register", &form).await;
    answer.text().await.expect("a page")
}

fn form<'a>(name: &'a str, email: &'a str, password: &'a str) -> [(&'a str, &'a str); 4] {
    [
        ("username", name),
        ("email", email),
        ("password", password),
        ("confirm_password", password),
    ]
}

/// Sends the form for a new account on an open page; what changed.
async fn register_live(site: &Members, name: &str, email: &str, password: &str) -> String {
    let mut tab = site.visitor().open("/register").await;
    let form = form(name, email, password);
    let reply = tab.socket.submit("register.submit", &form).await;
    reply.patched()
}

async fn exists(site: &Members, name: &str) -> bool {
    let users = site.auth.users(site.auth.db());
    users.by_username(name).await.expect("an answer").is_some()
}

/// The values of all stored sessions in which somebody is signed in.
async fn signed_in_sessions(site: &Members) -> Vec<Value> {
    let db = site.auth.db();
    let sql = "SELECT data FROM rdj_session";
    let sql = rdj::orm::sea_orm::Statement::from_string(db.get_database_backend(), sql);
    let rows = db.query_all_raw(sql).await.expect("rows");
    let texts = rows.iter().map(|row| row.try_get::<String>("", "data"));
    let values = texts.map(|text| serde_json::from_str(&text.expect("a text")).expect("JSON"));
    let is_signed_in = |value: &Value| value.get("_auth_user_id").is_some();
    values.filter(is_signed_in).collect()
}

#[tokio::test]
async fn s6_a_session_has_djangos_three_values() {
    let site = Members::over_database().await;
    let id = site.row("ann").await.id.to_string();
    site.signed_in("ann").await;
    let mut tab = site.visitor().open("/").await;
    tab.sign_in("ann").await;
    let sessions = signed_in_sessions(&site).await;
    assert_eq!(sessions.len(), 2);
    for session in sessions {
        assert_eq!(session["_auth_user_id"], json!(id), "{session}");
        assert!(session["_auth_user_backend"].is_string(), "{session}");
        let hash = session["_auth_user_hash"].as_str().unwrap_or_default();
        assert_eq!(hash.len(), 64, "{session}");
    }
}

#[tokio::test]
async fn s7_only_a_login_sets_the_time_of_the_last_one() {
    let (site, _) = Members::start().await;
    let last = async || site.row("ann").await.last_login;
    let visitor = site.visitor();
    visitor.sign_in("ann", "wrong").await;
    assert_eq!(last().await, None);
    visitor.sign_in("ann", PASSWORD).await;
    let first = last().await;
    assert!(first.is_some());
    assert_eq!(visitor.whoami().await, "ann");
    assert_eq!(last().await, first);
    let mut tab = site.visitor().open("/").await;
    tab.event("sign_in", json!(["ann", "wrong"])).await;
    assert_eq!(last().await, first);
    tab.sign_in("ann").await;
    let second = last().await;
    assert!(second > first, "{second:?} after {first:?}");
    tab.says("bump").await;
    assert_eq!(last().await, second);
}

#[tokio::test]
async fn h2_new_hashes_are_argon2id_and_djangos_are_read() {
    let (site, _) = Members::start().await;
    register(&site.visitor(), "dora", "", PASSWORD).await;
    register_live(&site, "emil", "", PASSWORD).await;
    for name in ["dora", "emil"] {
        let hash = site.row(name).await.password;
        assert!(hash.starts_with("argon2$argon2id$v=19$"), "{hash}");
    }
    let hashers = Hashers::new(Pbkdf2::new(1000));
    for name in ["otto", "paul"] {
        let mut row = site.user(name).await.into_active_model();
        let hash = hashers.encode(PASSWORD).await.expect("a hash");
        assert!(hash.starts_with("pbkdf2_sha256$1000$"), "{hash}");
        row.password = Set(hash);
        row.update(site.auth.db()).await.expect("a change");
    }
    site.signed_in("otto").await;
    let mut tab = site.visitor().open("/").await;
    tab.sign_in("paul").await;
}

#[tokio::test]
async fn h5_an_unusable_password_is_a_mark_and_random_and_signs_nobody_in() {
    let (site, _) = Members::start().await;
    let users = site.auth.users(site.auth.db());
    let ann = site.row("ann").await;
    let mut tab = site.visitor().open("/").await;
    let mut seen = Vec::new();
    for _ in 0..2 {
        users.set_unusable_password(&ann).await.expect("a change");
        let hash = site.row("ann").await.password;
        assert!(hash.starts_with('!') && hash.len() == 41, "{hash}");
        for password in [PASSWORD, &hash, "!", ""] {
            let said = site.visitor().sign_in("ann", password).await;
            assert!(!said.contains("Hello"), "{password}: {said}");
            let reply = tab.event("sign_in", json!(["ann", password])).await;
            assert!(!reply.patched().contains("Hello"), "{password}: {reply:?}");
        }
        seen.push(hash);
    }
    assert_ne!(seen[0], seen[1]);
}

/// A hash that is not finished before the test says so.
#[derive(Clone, Debug, Default)]
struct Held(Arc<(Mutex<State>, Condvar)>);

#[derive(Debug, Default)]
struct State {
    waiting: usize,
    open: bool,
}

impl Held {
    fn wait(&self) {
        let (state, changed) = &*self.0;
        let mut state = state.lock().expect("a lock");
        state.waiting += 1;
        // a test that fails opens nothing, and is to end all the same
        let longest = Duration::from_mins(5);
        let held = changed.wait_timeout_while(state, longest, |state| !state.open);
        drop(held.expect("a lock"));
    }

    fn waiting(&self) -> usize {
        self.0.0.lock().expect("a lock").waiting
    }

    fn open(&self) {
        self.0.0.lock().expect("a lock").open = true;
        self.0.1.notify_all();
    }
}

impl Hasher for Held {
    fn algorithm(&self) -> &'static str {
        "held"
    }

    fn encode(&self, password: &str) -> Result<String, HashError> {
        Ok(format!("held${password}"))
    }

    fn verify(&self, password: &str, encoded: &str) -> bool {
        self.wait();
        encoded == format!("held${password}")
    }

    fn must_update(&self, _: &str) -> bool {
        false
    }
}

/// Waits until it is so.
async fn until(is_so: impl Fn() -> bool) {
    let wait = async {
        while !is_so() {
            sleep(Duration::from_millis(10)).await;
        }
    };
    let waited = timeout(Duration::from_mins(1), wait).await;
    waited.expect("it comes to that");
}

#[tokio::test]
async fn h6_hashing_holds_nobody_up_and_too_many_are_told_to_wait() {
    let held = Held::default();
    let hashers = Hashers::new(held.clone()).with_limits(1, 1);
    let settings = AuthSettings {
        hashers: hashers.clone(),
        ..settings()
    };
    let site = Members::with(database().await, settings, session::memory()).await;
    site.user("ann").await;
    let tries = || {
        let visitor = site.visitor();
        tokio::spawn(async move { visitor.sign_in("ann", PASSWORD).await })
    };
    let (one, two) = (tries(), tries());
    until(|| held.waiting() > 0).await;
    // one is hashed; the other waits once nobody else may
    let is_full = || hashers.encode("").now_or_never() == Some(Err(HashError::Busy));
    until(is_full).await;
    // the server has this one thread: a hash on it would answer nothing
    let mut tab = site.visitor().open("/").await;
    assert!(tab.says("bump").await.contains('1'));
    let third = site.visitor();
    let third = timeout(Duration::from_mins(1), third.sign_in("ann", PASSWORD)).await;
    held.open();
    let page = third.expect("a third is told to wait");
    assert!(page.contains("The server is busy."), "{page}");
    for said in [one, two] {
        let said = said.await.expect("an answer");
        assert!(said.contains("Hello ann"), "{said}");
    }
}

#[tokio::test]
async fn v2_a_password_like_the_name_or_address_is_refused() {
    let (site, _) = Members::start().await;
    for (password, email) in [
        ("jonathan12", ""),
        ("nahtanoj", ""),
        ("wonderland7", "wonderland@bakerstreet.example"),
    ] {
        let page = register(&site.visitor(), "jonathan", email, password).await;
        assert!(page.contains("too similar"), "{password}: {page}");
        let patch = register_live(&site, "jonathan", email, password).await;
        assert!(patch.contains("too similar"), "{password}: {patch}");
    }
    assert!(!exists(&site, "jonathan").await);
    register(&site.visitor(), "jonathan", "", PASSWORD).await;
    assert!(exists(&site, "jonathan").await);
}

#[tokio::test]
async fn u1_names_are_normalised() {
    let (site, _) = Members::start().await;
    // a ligature, and a full-width letter
    register(&site.visitor(), "\u{fb01}ne", "", PASSWORD).await;
    register_live(&site, "\u{ff42}ob", "", PASSWORD).await;
    assert!(exists(&site, "fine").await && exists(&site, "bob").await);
    let said = site.visitor().sign_in("\u{fb01}ne", PASSWORD).await;
    assert!(said.contains("Hello fine"), "{said}");
    let mut tab = site.visitor().open("/").await;
    let reply = tab.event("sign_in", json!(["\u{ff42}ob", PASSWORD])).await;
    assert!(reply.patched().contains("Hello bob"), "{reply:?}");
}

#[tokio::test]
async fn u2_u3_names_have_few_signs_and_an_end() {
    let (site, _) = Members::start().await;
    let (longest, too_long) = ("x".repeat(150), "y".repeat(151));
    for name in ["a b", "a<b", "a/b", "a\u{7}b", too_long.as_str()] {
        register(&site.visitor(), name, "", PASSWORD).await;
        register_live(&site, name, "", PASSWORD).await;
        assert!(!exists(&site, name).await, "{name}");
    }
    register(&site.visitor(), &longest, "", PASSWORD).await;
    register_live(&site, "J\u{f6}rg.x@y+z-1_2", "", PASSWORD).await;
    for name in [longest.as_str(), "J\u{f6}rg.x@y+z-1_2"] {
        assert!(exists(&site, name).await, "{name}");
    }
}

#[tokio::test]
async fn u5_the_domain_of_an_address_is_in_lower_case() {
    let (site, _) = Members::start().await;
    register(&site.visitor(), "dora", "Dora@EXAMPLE.Org", PASSWORD).await;
    register_live(&site, "emil", "Emil@EXAMPLE.Org", PASSWORD).await;
    assert_eq!(site.row("dora").await.email, "Dora@example.org");
    assert_eq!(site.row("emil").await.email, "Emil@example.org");
}

/// Whether a link leads on to the page for a new password.
async fn is_good(site: &Members, link: &str) -> bool {
    follow(&site.visitor(), link).await.is_some()
}

/// The link of a user with another token.
fn link_of(user: &user::Model, token: &str) -> String {
    let uid = uid(user.id.into());
    format!("/password-reset/confirm/{uid}/{token}")
}

#[tokio::test]
async fn r1_r2_a_link_is_a_time_and_a_signature_for_one_user() {
    let (site, _) = Members::start().await;
    let bob = site.user("bob").await;
    let link = link(&site, "ann@example.com").await;
    let token = link.rsplit('/').next().expect("a token");
    let (time, signature) = token.split_once('-').expect("two parts");
    assert!(!time.is_empty() && signature.len() == 32, "{token}");
    assert!(signature.bytes().all(|byte| byte.is_ascii_hexdigit()));
    assert!(!is_good(&site, &link_of(&bob, token)).await);
    assert!(is_good(&site, &link).await);
}

#[tokio::test]
async fn r3_a_link_is_good_for_three_days() {
    let (site, _) = Members::start().await;
    let ann = site.row("ann").await;
    let tokens = site.auth.reset_tokens();
    for (days, good) in [(0, true), (2, true), (4, false)] {
        let token = tokens.make_at(&ann, Utc::now() - TimeDelta::days(days));
        let link = link_of(&ann, &token);
        assert_eq!(is_good(&site, &link).await, good, "{days} days");
    }
}

#[tokio::test]
async fn r4_another_address_ends_a_link() {
    let (site, _) = Members::start().await;
    let link = link(&site, "ann@example.com").await;
    let mut ann = site.row("ann").await.into_active_model();
    ann.email = Set("other@example.com".to_owned());
    ann.update(site.auth.db()).await.expect("a change");
    assert!(!is_good(&site, &link).await);
}

#[tokio::test]
async fn r7_a_link_is_good_with_the_secret_of_before_as_a_fallback() {
    let (site, _) = Members::start().await;
    let link = link(&site, "ann@example.com").await;
    let before = settings().secret_key.expect("a secret");
    for (fallbacks, good) in [(vec![before], true), (Vec::new(), false)] {
        let settings = AuthSettings {
            secret_key: Some("another key of this site, long enough to be a good one: 01".into()),
            secret_key_fallbacks: fallbacks,
            ..settings()
        };
        let sessions = session::layer(DbSessions::new(site.auth.db().clone()));
        let other = Members::with(site.auth.db().clone(), settings, sessions).await;
        assert_eq!(is_good(&other, &link).await, good);
    }
}

#[tokio::test]
async fn p1_p2_models_have_their_permissions_and_those_open_pages() {
    let (site, _) = Members::start().await;
    let users = site.auth.users(site.auth.db());
    for verb in ["add", "change", "delete", "view"] {
        let new = NewUser::new(format!("to-{verb}")).password(PASSWORD);
        let user = users.create_user(new).await.expect("a user");
        let permission = format!("notes.{verb}_note");
        users
            .add_permission(&user, &permission)
            .await
            .expect(&permission);
        let visitor = site.signed_in(&user.username).await;
        let status = visitor.0.get(&format!("/notes/{verb}")).await.status();
        assert_eq!(status, 200, "{verb}");
        assert_eq!(visitor.0.get("/notes/archive").await.status(), 403);
        users
            .add_permission(&user, "notes.archive_note")
            .await
            .expect("a permission of the model's own");
        let mut tab = visitor.open("/notes/archive").await;
        assert!(tab.says("bump").await.contains('1'));
    }
}
