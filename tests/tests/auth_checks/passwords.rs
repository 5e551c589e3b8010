//! Passwords at sign-in.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use rdj::{
    auth::{
        AuthSettings,
        password::{Argon2id, HashError, Hasher, Hashers, Pbkdf2},
        throttle::{Limit, MemoryThrottle},
    },
    session,
};
use rdj_tests::members::{Members, PASSWORD, database, settings};
use serde_json::json;

/// The real hash with the parameters that applications have, counted.
#[derive(Clone, Debug, Default)]
struct Counted {
    real: Argon2id,
    work: Arc<AtomicUsize>,
}

impl Counted {
    fn took(&self) -> usize {
        self.work.swap(0, Ordering::SeqCst)
    }
}

impl Hasher for Counted {
    fn algorithm(&self) -> &'static str {
        self.real.algorithm()
    }

    fn encode(&self, password: &str) -> Result<String, HashError> {
        self.work.fetch_add(1, Ordering::SeqCst);
        self.real.encode(password)
    }

    fn verify(&self, password: &str, encoded: &str) -> bool {
        self.work.fetch_add(1, Ordering::SeqCst);
        self.real.verify(password, encoded)
    }

    fn must_update(&self, encoded: &str) -> bool {
        self.real.must_update(encoded)
    }
}

#[tokio::test]
async fn h1_a_failed_login_costs_one_hash_whatever_is_wrong() {
    let hasher = Counted::default();
    let settings = AuthSettings {
        hashers: Hashers::new(hasher.clone()),
        ..settings()
    };
    let site = Members::with(database().await, settings, session::memory()).await;
    let users = site.auth.users(site.auth.db());
    site.user("ann").await;
    let inactive = site.user("ina").await;
    users.set_active(&inactive, false).await.expect("a change");
    let unusable = site.user("una").await;
    let taken = users.set_unusable_password(&unusable).await;
    taken.expect("a change");
    hasher.took();
    let mut tab = site.visitor().open("/").await;
    for (name, password) in [
        ("ann", "wrong"),
        ("nobody", "wrong"),
        ("una", "wrong"),
        ("ina", PASSWORD),
    ] {
        site.visitor().sign_in(name, password).await;
        assert_eq!(hasher.took(), 1, "{name}");
        tab.keep("sign_in", json!([name, password])).await;
        assert_eq!(hasher.took(), 1, "{name} on a socket");
    }
}

#[tokio::test]
async fn h3_a_hash_of_django_is_replaced_at_login_and_h4_other_sessions_stay() {
    let db = database().await;
    let old = AuthSettings {
        hashers: Hashers::new(Pbkdf2::new(1000)),
        ..settings()
    };
    let sessions = || session::layer(rdj::orm::DbSessions::new(db.clone()));
    let before = Members::with(db.clone(), old, sessions()).await;
    before.user("ann").await;
    assert!(
        before
            .row("ann")
            .await
            .password
            .starts_with("pbkdf2_sha256$1000$")
    );
    let elsewhere = before.signed_in("ann").await;
    let now = Members::with(db.clone(), settings(), sessions()).await;
    let mut tab = elsewhere.at(&now.server).open("/account").await;
    now.signed_in("ann").await;
    assert!(
        now.row("ann")
            .await
            .password
            .starts_with("argon2$argon2id$")
    );
    assert_eq!(elsewhere.at(&now.server).whoami().await, "ann");
    assert!(tab.says("whoami").await.contains("ann"));
}

#[tokio::test]
async fn u7_blanks_around_a_password_count() {
    let (site, _) = Members::start().await;
    let padded = format!(" {PASSWORD} ");
    assert!(
        !site
            .visitor()
            .sign_in("ann", &padded)
            .await
            .contains("Hello")
    );
    let ann = site.row("ann").await;
    let users = site.auth.users(site.auth.db());
    users.set_password(&ann, &padded).await.expect("a change");
    assert!(
        site.visitor()
            .sign_in("ann", &padded)
            .await
            .contains("Hello")
    );
    assert!(
        !site
            .visitor()
            .sign_in("ann", PASSWORD)
            .await
            .contains("Hello")
    );
}

#[tokio::test]
async fn v1_a_new_password_is_told_all_that_is_wrong() {
    let (site, _) = Members::start().await;
    let mut tab = site.signed_in("ann").await.open("/account").await;
    let reply = tab
        .event("change_password", json!([PASSWORD, "1234"]))
        .await;
    let text = reply.patched();
    for part in ["8 characters", "common", "numeric"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let reply = tab.event("change_password", json!(["wrong", "1234"])).await;
    assert!(!reply.patched().contains("Changed"), "{reply:?}");
    assert!(tab.says("whoami").await.contains("ann"));
}

#[tokio::test]
async fn a14_wrong_passwords_slow_down_and_lock_nobody_out() {
    let first = Duration::from_secs(3);
    let limit = |free| Limit {
        free,
        first,
        longest: first,
        forget: Duration::from_hours(1),
    };
    let settings = AuthSettings {
        throttle: Arc::new(MemoryThrottle::new(limit(5), limit(100))),
        ..settings()
    };
    let site = Members::with(database().await, settings, session::memory()).await;
    site.user("ann").await;
    site.user("bob").await;
    let mut tab = site.visitor().open("/").await;
    let began = Instant::now();
    let mut told = 0;
    for _ in 0..6 {
        let wrong = json!(["ann", "wrong"]);
        let reply = tab.keep("sign_in", wrong).await;
        told += usize::from(reply.patched().contains("Too many"));
    }
    let ann = site.visitor();
    let mut said = ann.sign_in("ann", PASSWORD).await;
    // on a machine that stands still the delay may be over already
    if began.elapsed() < first {
        assert_eq!(told, 1, "the sixth waits");
        assert!(said.contains("Too many"), "no oracle: {said}");
    }
    let other = site.visitor().sign_in("bob", PASSWORD).await;
    assert!(other.contains("Hello bob"), "{other}");
    for _ in 0..600 {
        if !said.contains("Too many") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        said = ann.sign_in("ann", PASSWORD).await;
    }
    assert!(said.contains("Hello ann"), "{said}");
}
