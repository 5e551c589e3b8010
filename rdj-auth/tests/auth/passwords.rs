use std::{
    sync::{
        Arc, Condvar, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use rdj_auth::{
    Result,
    password::{Argon2id, HashError, Hasher, Hashers, Pbkdf2, is_usable, unusable},
    validate::{Person, Validators},
};
use tokio::time::timeout;

use crate::support::{PASSWORD, fast};

/// Written by Django.
const OF_DJANGO: [&str; 2] = [
    "argon2$argon2id$v=19$m=1024,t=1,p=2$c29tZXNhbHRzb21lc2FsdHNvbWUxMg$ecStY9apJNh00NwQ6OiVs/P+c/Hv5cH3fJvdZuekB1E",
    "pbkdf2_sha256$1000$saltsaltsaltsaltsaltsa$rrFqfY54t+CcYpzPEaBDNhjkhYBmcvjLfi7UsJc1TIs=",
];

/// Counts the work that takes time.
#[derive(Clone, Debug, Default)]
struct Counting {
    name: &'static str,
    work: Arc<AtomicUsize>,
    /// Whether the work is held up, and what is told when that changes.
    held: Arc<(Mutex<bool>, Condvar)>,
}

impl Counting {
    fn took(&self) -> usize {
        self.work.swap(0, Ordering::Relaxed)
    }

    /// Lets no work be finished until it is let go on.
    fn hold(&self, is_held: bool) {
        let (held, changed) = &*self.held;
        *held.lock().unwrap_or_else(PoisonError::into_inner) = is_held;
        changed.notify_all();
    }

    fn work(&self) {
        self.work.fetch_add(1, Ordering::Relaxed);
        let (held, changed) = &*self.held;
        let held = held.lock().unwrap_or_else(PoisonError::into_inner);
        drop(changed.wait_while(held, |held| *held));
    }
}

impl Hasher for Counting {
    fn algorithm(&self) -> &'static str {
        self.name
    }

    fn encode(&self, password: &str) -> Result<String, HashError> {
        self.work();
        Ok(format!("{}${password}", self.name))
    }

    fn verify(&self, password: &str, encoded: &str) -> bool {
        self.work();
        encoded == format!("{}${password}", self.name)
    }

    fn must_update(&self, _: &str) -> bool {
        false
    }
}

#[tokio::test]
async fn h1_costs_the_same_whatever_is_wrong() -> Result {
    let new = Counting {
        name: "new",
        ..Counting::default()
    };
    let old = Counting {
        name: "old",
        ..Counting::default()
    };
    let hashers = Hashers::new(new.clone()).reads(old.clone());
    let none = unusable();
    for encoded in [
        None,
        Some(none.as_str()),
        Some("new$right"),
        Some("old$right"),
        Some("md5$x"),
        Some(""),
    ] {
        let checked = hashers.check("wrong", encoded).await?;
        assert!(!checked.correct);
        assert_eq!(new.took(), 1, "{encoded:?}");
    }
    assert_eq!(old.took(), 1);
    Ok(())
}

#[tokio::test]
async fn h2_writes_argon2id_in_djangos_format() -> Result {
    let encoded = Hashers::default().encode(PASSWORD).await?;
    assert!(
        encoded.starts_with("argon2$argon2id$v=19$m=19456,t=2,p=1$"),
        "{encoded}"
    );
    assert!(encoded.len() <= 128);
    let hashers = Hashers::default();
    assert!(hashers.check(PASSWORD, Some(&encoded)).await?.correct);
    assert!(
        !hashers
            .check("correct horse ", Some(&encoded))
            .await?
            .correct
    );
    assert_ne!(encoded, hashers.encode(PASSWORD).await?);
    Ok(())
}

#[tokio::test]
async fn h2_reads_what_django_wrote() -> Result {
    for encoded in OF_DJANGO {
        let checked = fast().check(PASSWORD, Some(encoded)).await?;
        assert!(checked.correct, "{encoded}");
        // what is stronger than what would be written is kept
        let is_stronger = encoded.starts_with("argon2$");
        assert_eq!(checked.upgrade.is_none(), is_stronger, "{encoded}");
        assert!(!fast().check("wrong", Some(encoded)).await?.correct);
    }
    Ok(())
}

#[tokio::test]
async fn h2_can_write_djangos_default() -> Result {
    let hashers = Hashers::new(Pbkdf2::new(1000));
    let encoded = hashers.encode(PASSWORD).await?;
    assert!(encoded.starts_with("pbkdf2_sha256$1000$"), "{encoded}");
    let checked = hashers.check(PASSWORD, Some(&encoded)).await?;
    assert!(checked.correct && checked.upgrade.is_none());
    Ok(())
}

#[tokio::test]
async fn h3_upgrades_other_hashes_and_parameters() -> Result {
    let weak = Hashers::new(Argon2id::new(64, 1, 1))
        .encode(PASSWORD)
        .await?;
    let hashers = Hashers::new(Argon2id::new(128, 1, 1));
    let upgrade = hashers.check(PASSWORD, Some(&weak)).await?.upgrade;
    let upgrade = upgrade.unwrap_or_default();
    assert!(upgrade.contains("m=128,"), "{upgrade}");
    let again = hashers.check(PASSWORD, Some(&upgrade)).await?;
    assert!(again.correct && again.upgrade.is_none());
    assert_eq!(hashers.check("wrong", Some(&weak)).await?.upgrade, None);
    Ok(())
}

#[tokio::test]
async fn malformed_hashes_are_wrong() -> Result {
    for encoded in [
        "argon2",
        "argon2$",
        "argon2$argon2id$v=19$m=64,t=1$c29tZXNhbHQ$aGFzaA",
        "argon2$argon2id$v=19$m=4294967295,t=1,p=1$c29tZXNhbHQ$ecStY9apJNh00NwQ6OiVs/P+c/Hv5cH3",
        "argon2$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$",
        "argon2$argon2id$v=19$m=64,t=1,p=1$$",
        "pbkdf2_sha256$0$salt$",
        "pbkdf2_sha256$4000000000$salt$rrFqfY54t+CcYpzPEaBDNhjkhYBmcvjLfi7UsJc1TIs=",
        "pbkdf2_sha256$x$salt$x",
        "pbkdf2_sha256$1000$salt$",
    ] {
        assert!(!fast().check("", Some(encoded)).await?.correct, "{encoded}");
    }
    Ok(())
}

#[test]
fn unusable_passwords_are_an_exclamation_mark_and_40_characters() {
    let text = unusable();
    assert!(text.starts_with('!') && text.len() == 41 && !is_usable(&text));
    assert_ne!(text, unusable());
    assert!(!is_usable(""));
}

#[tokio::test]
async fn long_passwords_are_refused_not_cut() -> Result {
    let long = "x".repeat(5000);
    assert!(fast().encode(&long).await.is_err());
    let encoded = fast().encode(&"x".repeat(4096)).await?;
    assert!(!fast().check(&long, Some(&encoded)).await?.correct);
    Ok(())
}

#[tokio::test]
async fn too_many_at_once_are_told_that_it_is_busy() -> Result {
    let slow = Counting {
        name: "slow",
        ..Counting::default()
    };
    slow.hold(true);
    let hashers = Hashers::new(slow.clone()).with_limits(1, 1);
    // in this order: one is hashed and one waits before the third comes
    let third = async {
        let answer = timeout(Duration::from_mins(1), hashers.encode("x")).await;
        slow.hold(false);
        answer
    };
    let (a, b, third) = tokio::join!(biased; hashers.encode("x"), hashers.encode("x"), third);
    assert_eq!(third, Ok(Err(HashError::Busy)));
    assert!(a.is_ok() && b.is_ok());
    assert!(hashers.encode("x").await.is_ok());
    assert_eq!(slow.took(), 3);
    Ok(())
}

#[test]
fn v1_names_every_reason_at_once() {
    let refused = |password: &str| -> Vec<String> {
        let found = Validators::default().check(password, &Person::default());
        let reasons = found.err().unwrap_or_default();
        reasons.iter().map(ToString::to_string).collect()
    };
    assert_eq!(refused("1234567").len(), 3, "{:?}", refused("1234567"));
    assert_eq!(refused("PassWord").len(), 1);
    assert_eq!(refused("82903841756").len(), 1);
    assert!(refused("a fine pass phrase").is_empty());
    assert_eq!(Validators::default().help().len(), 4);
    assert_eq!(refused(&"x".repeat(5000)).len(), 1);
}

#[test]
fn v2_refuses_what_looks_like_the_user() {
    let person = Person {
        username: "jonathan".to_owned(),
        first_name: "Maximilian".to_owned(),
        last_name: "Oberhuber".to_owned(),
        email: "wonderland@bakerstreet.example".to_owned(),
    };
    let check = |password: &str| {
        let refused = Validators::default().check(password, &person);
        refused.err().unwrap_or_default()
    };
    for (password, field) in [
        ("jonathan12", "username"),
        ("nahtanoj", "username"),
        ("MAXIMILIAN1", "first name"),
        ("oberhuber!", "last name"),
        ("wonderland7", "email address"),
        ("bakerstreet", "email address"),
    ] {
        let reasons = check(password);
        assert!(
            reasons
                .iter()
                .any(|reason| reason.to_string().contains(field)),
            "{password}: {reasons:?}"
        );
    }
    assert!(check("violet umbrella 6").is_empty());
}
