use std::{
    slice,
    sync::{Arc, Mutex},
    time::Duration,
};

use rdj_auth::{
    Auth, AuthSettings, ChangeError, CxAuth, LoginError, Result,
    password::{Argon2id, Hashers},
};
use rdj_runtime::{App, Identities, IdentityChange};

use crate::support::{Browser, PASSWORD, SECRET, make, memory, settings, with_ann};

#[tokio::test]
async fn s1_s2_s3_login_gives_the_session_a_new_id_and_keeps_its_values() -> Result {
    let (auth, _) = with_ann().await?;
    let mut browser = Browser::default();
    browser.put(&auth, "cart", "3 books").await?;
    let before = browser.clone();
    browser.login(&auth, "ann").await?;
    assert_ne!(browser.id(), before.id());
    assert!(!before.is_stored().await?);
    assert_eq!(browser.get("cart").await?.as_deref(), Some("3 books"));
    assert!(browser.user(&auth).await?.is_some());
    Ok(())
}

#[tokio::test]
async fn s6_sessions_have_djangos_keys() -> Result {
    let (auth, ann) = with_ann().await?;
    let mut browser = Browser::default();
    browser.login(&auth, "ann").await?;
    assert_eq!(
        browser.get("_auth_user_id").await?,
        Some(ann.id.to_string())
    );
    assert!(browser.get("_auth_user_backend").await?.is_some());
    let hash = browser.get("_auth_user_hash").await?.unwrap_or_default();
    assert_eq!(hash.len(), 64);
    Ok(())
}

#[tokio::test]
async fn s7_only_a_login_sets_the_time_of_the_last_one() -> Result {
    let (auth, ann) = with_ann().await?;
    let users = auth.users(auth.db());
    let mut browser = Browser::default();
    let wrong = browser.try_login(&auth, "ann", "wrong").await?;
    assert!(wrong.is_err());
    let last =
        async || -> Result<_> { Ok(users.by_id(ann.id.into()).await?.and_then(|u| u.last_login)) };
    assert_eq!(last().await?, None);
    browser.login(&auth, "ann").await?;
    let first = last().await?;
    assert!(first.is_some());
    browser.user(&auth).await?;
    assert_eq!(last().await?, first);
    Ok(())
}

#[tokio::test]
async fn s8_another_user_gets_nothing_of_the_session_before() -> Result {
    let (auth, _) = with_ann().await?;
    make(&auth, "bob").await?;
    let mut browser = Browser::default();
    browser.login(&auth, "ann").await?;
    browser.put(&auth, "cart", "of ann").await?;
    let before = browser.clone();
    browser.login(&auth, "bob").await?;
    assert_eq!(browser.get("cart").await?, None);
    assert_ne!(browser.id(), before.id());
    assert!(!before.is_stored().await?);
    let user = browser.user(&auth).await?;
    assert_eq!(user.as_ref().map(rdj_auth::CurrentUser::name), Some("bob"));
    Ok(())
}

#[tokio::test]
async fn s9_the_same_user_gets_a_new_id_too() -> Result {
    let (auth, _) = with_ann().await?;
    let mut browser = Browser::default();
    browser.login(&auth, "ann").await?;
    browser.put(&auth, "cart", "of ann").await?;
    let before = browser.clone();
    browser.login(&auth, "ann").await?;
    assert_ne!(browser.id(), before.id());
    assert!(!before.is_stored().await?);
    assert_eq!(browser.get("cart").await?.as_deref(), Some("of ann"));
    Ok(())
}

#[tokio::test]
async fn s12_logout_deletes_the_row_but_keeps_the_theme() -> Result {
    let (auth, _) = with_ann().await?;
    let mut browser = Browser::default();
    browser.login(&auth, "ann").await?;
    browser.put(&auth, "cart", "of ann").await?;
    browser.put(&auth, "theme", "dark").await?;
    let before = browser.clone();
    browser.logout(&auth).await?;
    assert!(!before.is_stored().await?);
    assert_ne!(browser.id(), before.id());
    assert_eq!(browser.user(&auth).await?, None);
    assert_eq!(browser.get("cart").await?, None);
    assert_eq!(browser.get("theme").await?.as_deref(), Some("dark"));
    Ok(())
}

#[tokio::test]
async fn s13_s14_another_password_ends_all_other_sessions() -> Result {
    let (auth, _) = with_ann().await?;
    let mut here = Browser::default();
    let mut there = here.other();
    here.login(&auth, "ann").await?;
    there.login(&auth, "ann").await?;
    let before = here.clone();
    let cx = here.open(&auth).await?;
    let wrong = cx.change_password("wrong", "violet umbrella 6").await?;
    assert_eq!(wrong, Err(ChangeError::WrongPassword));
    let weak = cx.change_password(PASSWORD, "ann").await?;
    assert!(matches!(weak, Err(ChangeError::Rules(reasons)) if reasons.len() == 2));
    let done = cx.change_password(PASSWORD, "violet umbrella 6").await?;
    assert_eq!(done, Ok(()));
    here.close(&cx).await?;
    assert_ne!(here.id(), before.id());
    assert!(!before.is_stored().await?);
    assert!(here.user(&auth).await?.is_some());
    assert_eq!(there.user(&auth).await?, None);
    assert!(there.try_login(&auth, "ann", PASSWORD).await?.is_err());
    Ok(())
}

#[tokio::test]
async fn s13_a_password_set_elsewhere_ends_sessions_within_a_second() -> Result {
    let (auth, ann) = with_ann().await?;
    let mut browser = Browser::default();
    browser.login(&auth, "ann").await?;
    assert!(browser.user(&auth).await?.is_some());
    // another node, or Django: it tells nobody here
    let other = Auth::new(auth.db().clone(), settings())?;
    other
        .users(other.db())
        .set_password(&ann, "violet umbrella 6")
        .await?;
    tokio::time::sleep(Duration::from_millis(1100)).await;
    assert_eq!(browser.user(&auth).await?, None);
    Ok(())
}

#[tokio::test]
async fn s15_who_is_switched_off_is_out_at_once() -> Result {
    let (auth, ann) = with_ann().await?;
    let mut browser = Browser::default();
    browser.login(&auth, "ann").await?;
    assert!(browser.user(&auth).await?.is_some());
    auth.users(auth.db()).set_active(&ann, false).await?;
    let before = browser.clone();
    assert_eq!(browser.user(&auth).await?, None);
    assert!(!before.is_stored().await?);
    Ok(())
}

#[tokio::test]
async fn s16_one_answer_for_all_that_is_wrong() -> Result {
    let (auth, _) = with_ann().await?;
    let bob = make(&auth, "bob").await?;
    auth.users(auth.db()).set_active(&bob, false).await?;
    let mut browser = Browser::default();
    let mut answers = Vec::new();
    for (name, password) in [
        ("nobody", PASSWORD),
        ("ann", "wrong"),
        ("bob", PASSWORD),
        ("", ""),
        ("ANN", PASSWORD),
    ] {
        let answer = browser.try_login(&auth, name, password).await?;
        answers.push(answer.err().map(|error| error.to_string()));
    }
    let text = Some("Invalid username or password.".to_owned());
    assert!(answers.iter().all(|answer| *answer == text), "{answers:?}");
    assert_eq!(browser.user(&auth).await?, None);
    Ok(())
}

#[tokio::test]
async fn s17_s18_sessions_survive_a_new_secret_with_the_old_as_fallback() -> Result {
    let (auth, _) = with_ann().await?;
    let mut browser = Browser::default();
    browser.login(&auth, "ann").await?;
    let before = browser.clone();
    let old_hash = browser.get("_auth_user_hash").await?;
    let new = |fallbacks: &[&str]| AuthSettings {
        secret_key: Some("another secret of the tests, long enough to be no warning".into()),
        secret_key_fallbacks: fallbacks.iter().map(|text| (*text).into()).collect(),
        ..settings()
    };
    let rotated = Auth::new(auth.db().clone(), new(&[SECRET]))?;
    assert!(browser.user(&rotated).await?.is_some());
    assert_ne!(browser.id(), before.id());
    assert!(!before.is_stored().await?);
    assert_ne!(browser.get("_auth_user_hash").await?, old_hash);
    // signed anew: the fallback is not needed any more
    let without = Auth::new(auth.db().clone(), new(&[]))?;
    assert!(browser.user(&without).await?.is_some());
    let mut other = browser.other();
    other.login(&auth, "ann").await?;
    assert_eq!(other.user(&without).await?, None);
    Ok(())
}

/// Differs from Django (H4): a hash that is written anew logs nobody out.
#[tokio::test]
async fn h4_an_upgraded_hash_keeps_other_sessions() -> Result {
    let (auth, ann) = with_ann().await?;
    let mut there = Browser::default();
    there.login(&auth, "ann").await?;
    for memory in [128, 256] {
        let stronger = AuthSettings {
            hashers: Hashers::new(Argon2id::new(memory, 1, 1)),
            ..settings()
        };
        let stronger = Auth::new(auth.db().clone(), stronger)?;
        let users = stronger.users(stronger.db());
        let mut here = there.other();
        here.login(&stronger, "ann").await?;
        let row = users.by_id(ann.id.into()).await?;
        let password = row.map(|row| row.password).unwrap_or_default();
        assert!(password.contains(&format!("m={memory},")), "{password}");
        assert!(there.user(&stronger).await?.is_some());
        assert!(here.user(&stronger).await?.is_some());
    }
    let users = auth.users(auth.db());
    users.set_password(&ann, PASSWORD).await?;
    assert_eq!(there.user(&auth).await?, None);
    Ok(())
}

#[tokio::test]
async fn what_nobody_wrote_into_a_session_is_thrown_away() -> Result {
    let (auth, ann) = with_ann().await?;
    for (id, backend, hash) in [
        ("x".to_owned(), "rdj.auth.ModelBackend", ""),
        (ann.id.to_string(), "other", ""),
        (ann.id.to_string(), "rdj.auth.ModelBackend", "wrong"),
        (i64::MAX.to_string(), "rdj.auth.ModelBackend", ""),
    ] {
        let mut browser = Browser::default();
        let cx = browser.open(&auth).await?;
        cx.session()?.insert("_auth_user_id", &id).await?;
        cx.session()?.insert("_auth_user_backend", backend).await?;
        cx.session()?.insert("_auth_user_hash", hash).await?;
        browser.close(&cx).await?;
        assert_eq!(browser.user(&auth).await?, None, "{id}");
        assert_eq!(browser.get("_auth_user_id").await?, None);
    }
    Ok(())
}

#[tokio::test]
async fn sockets_are_told() -> Result {
    use rdj_auth::AppAuth;

    let auth = Auth::new(memory().await?, settings())?;
    let ann = make(&auth, "ann").await?;
    let app = App::new().auth(auth.clone());
    let told: Arc<Mutex<Vec<IdentityChange>>> = Arc::default();
    let log = Arc::clone(&told);
    let identities = app
        .resources()
        .get::<Identities>()
        .cloned()
        .unwrap_or_default();
    identities.subscribe(move |change| {
        if let Ok(mut log) = log.lock() {
            log.push(change.clone());
        }
    });
    let take = || {
        told.lock()
            .map(|mut log| std::mem::take(&mut *log))
            .unwrap_or_default()
    };
    let user = IdentityChange::User(ann.id.into());
    let users = auth.users(auth.db());
    users.set_active(&ann, true).await?;
    assert_eq!(take(), slice::from_ref(&user));
    users.add_permission(&ann, "auth.view_user").await?;
    assert_eq!(take(), slice::from_ref(&user));
    users.set_password(&ann, PASSWORD).await?;
    assert_eq!(take(), [user]);
    let group = users.create_group("all").await?;
    users.grant(&group, "auth.view_user").await?;
    assert_eq!(take(), [IdentityChange::Everyone]);
    let mut browser = Browser::default();
    browser.login(&auth, "ann").await?;
    assert_eq!(take(), []);
    let ended = browser.id();
    browser.logout(&auth).await?;
    assert_eq!(take(), [IdentityChange::Session(ended)]);
    // what others tell is heard
    browser.login(&auth, "ann").await?;
    let other = Auth::new(auth.db().clone(), settings())?;
    other.users(other.db()).set_active(&ann, false).await?;
    identities.user_changed(ann.id.into());
    assert_eq!(browser.user(&auth).await?, None);
    Ok(())
}

#[tokio::test]
async fn a_handler_sees_who_signed_in_and_out() -> Result {
    let (auth, ann) = with_ann().await?;
    let browser = Browser::default();
    let cx = browser.open(&auth).await?;
    assert!(!cx.has_perm("auth.view_user") && !cx.has_group("all"));
    let user = cx.login_user(ann.id.into()).await?;
    assert_eq!(cx.user(), Some(user));
    cx.logout().await?;
    assert_eq!(cx.user(), None);
    assert!(cx.login_user(77).await.is_err());
    let throttled = LoginError::Throttled {
        retry_after: Duration::from_secs(1),
    };
    assert_eq!(
        throttled.to_string(),
        "Too many attempts. Please wait a moment."
    );
    Ok(())
}
