use std::time::Duration;

use chrono::{TimeDelta, TimeZone, Utc};
use rdj_auth::{
    Auth, AuthSettings, Result,
    entity::user,
    token::{parse_uid, uid},
};

use crate::support::{Browser, SECRET, make, memory, settings, with_ann};

async fn reload(auth: &Auth, user: user::Model) -> Result<user::Model> {
    Ok(auth
        .users(auth.db())
        .by_id(user.id.into())
        .await?
        .unwrap_or(user))
}

/// Made by Django for the user `ann` of `django.sql`.
#[tokio::test]
async fn r1_tokens_are_djangos() -> Result {
    let ann = crate::django::ann().await?;
    let auth = Auth::new(memory().await?, settings())?;
    let time = Utc
        .with_ymd_and_hms(2026, 11, 21, 9, 0, 0)
        .single()
        .unwrap_or_default();
    let token = auth.reset_tokens().make_at(&ann, time);
    assert_eq!(token, "didyc0-9b6acbc60e47b6cff7cb2e9e85f16dce");
    Ok(())
}

#[tokio::test]
async fn r2_r3_tokens_are_for_one_user_and_three_days() -> Result {
    let (auth, ann) = with_ann().await?;
    let bob = make(&auth, "bob").await?;
    let tokens = auth.reset_tokens();
    let token = tokens.make(&ann);
    assert!(tokens.check(&ann, &token));
    assert!(!tokens.check(&bob, &token));
    let days = |days| Utc::now() - TimeDelta::days(days);
    assert!(tokens.check(&ann, &tokens.make_at(&ann, days(2))));
    assert!(!tokens.check(&ann, &tokens.make_at(&ann, days(4))));
    assert!(!auth.tokens("shop.verify").check(&ann, &token));
    Ok(())
}

#[tokio::test]
async fn r4_r5_r6_changes_of_the_user_end_tokens() -> Result {
    let (auth, ann) = with_ann().await?;
    let tokens = auth.reset_tokens();
    let token = tokens.make(&ann);
    let mut other = ann.clone();
    other.email = "new@example.com".to_owned();
    assert!(!tokens.check(&other, &token));
    Browser::default().login(&auth, "ann").await?;
    let ann = reload(&auth, ann).await?;
    assert!(!tokens.check(&ann, &token));
    let token = tokens.make(&ann);
    assert!(tokens.check(&ann, &token));
    auth.users(auth.db())
        .set_password(&ann, "violet umbrella 6")
        .await?;
    let ann = reload(&auth, ann).await?;
    assert!(!tokens.check(&ann, &token));
    Ok(())
}

#[tokio::test]
async fn r7_tokens_of_the_secret_before_are_good() -> Result {
    let (auth, ann) = with_ann().await?;
    let token = auth.reset_tokens().make(&ann);
    let rotated = |fallbacks: &[&str]| AuthSettings {
        secret_key: Some("another secret of the tests, long enough to be no warning".into()),
        secret_key_fallbacks: fallbacks.iter().map(|text| (*text).into()).collect(),
        ..settings()
    };
    let with = Auth::new(auth.db().clone(), rotated(&[SECRET]))?;
    assert!(with.reset_tokens().check(&ann, &token));
    let without = Auth::new(auth.db().clone(), rotated(&[]))?;
    assert!(!without.reset_tokens().check(&ann, &token));
    let short = AuthSettings {
        password_reset_timeout: Duration::from_secs(1),
        ..settings()
    };
    let short = Auth::new(auth.db().clone(), short)?.reset_tokens();
    assert!(!short.check(
        &ann,
        &short.make_at(&ann, Utc::now() - TimeDelta::seconds(5))
    ));
    Ok(())
}

#[tokio::test]
async fn r8_malformed_tokens_are_wrong() -> Result {
    let (auth, ann) = with_ann().await?;
    let tokens = auth.reset_tokens();
    let token = tokens.make(&ann);
    for bad in [
        "",
        "-",
        "a",
        "a-",
        "-a",
        "zzzzzzzzzzzzzzzz-0",
        "\u{e9}-\u{e9}",
        &token[1..],
        &format!("0{token}"),
        &token.to_uppercase(),
        &format!("{token}0"),
    ] {
        assert!(!tokens.check(&ann, bad), "{bad}");
    }
    for bad in ["", "?", "!!", "YQ", "w6k"] {
        assert_eq!(parse_uid(bad), None, "{bad}");
    }
    assert_eq!(uid(1), "MQ");
    Ok(())
}
