//! Tables and rows that Django made.

use chrono::{TimeZone, Utc};
use rdj_auth::{Auth, AuthTables, Db, Error, Result, entity::user, permission};
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder};

use crate::support::{Browser, PASSWORD, settings};

async fn database() -> Result<Db> {
    let db = rdj_orm::connect("sqlite::memory:").await?;
    db.execute_unprepared(include_str!("django.sql")).await?;
    // only what Django does not have is made
    AuthTables::create(&db).await?;
    Ok(db)
}

/// The user of `django.sql`.
pub(crate) async fn ann() -> Result<user::Model> {
    let ann = user::Entity::find_by_id(1).one(&database().await?).await?;
    ann.ok_or(Error::NotFound)
}

#[tokio::test]
async fn rows_are_read() -> Result {
    let db = database().await?;
    let users = user::Entity::find()
        .order_by_asc(user::Column::Id)
        .all(&db)
        .await?;
    let [ann, bob] = users.as_slice() else {
        return Err(Error::NotFound);
    };
    assert_eq!(
        (ann.username.as_str(), ann.last_name.as_str(), ann.is_staff),
        ("ann", "Lee", true)
    );
    let login = ann.last_login.map(|time| time.timestamp_micros());
    assert_eq!(login, Some(1_763_627_415_123_456 + 31_536_000_000_000));
    let joined = Utc.with_ymd_and_hms(2026, 1, 2, 3, 4, 5).single();
    assert_eq!(Some(bob.date_joined), joined);
    assert!(bob.is_superuser && bob.last_login.is_none());
    Ok(())
}

#[tokio::test]
async fn users_sign_in_with_their_passwords_and_rights() -> Result {
    let auth = Auth::new(database().await?, settings())?;
    let mut browser = Browser::default();
    assert!(browser.try_login(&auth, "bob", PASSWORD).await?.is_err());
    let user = browser.login(&auth, "ann").await?;
    assert!(user.has_perm("auth.view_user") && user.has_perm("auth.add_group"));
    assert!(!user.has_perm("auth.change_user"));
    assert_eq!(user.groups(), ["editors"]);
    assert!(browser.user(&auth).await?.is_some());
    let row = auth
        .users(auth.db())
        .by_username("ann")
        .await?
        .ok_or(Error::NotFound)?;
    assert!(
        row.password.starts_with("argon2$argon2id$"),
        "{}",
        row.password
    );
    // Django reads what is written: a number of days, not text of another shape
    let login = row.last_login.ok_or(Error::NotFound)?;
    assert!(Utc::now().signed_duration_since(login).num_seconds() < 60);
    Ok(())
}

#[tokio::test]
async fn permissions_are_completed_not_doubled() -> Result {
    let db = database().await?;
    let made = permission::sync(&db).await?;
    // the models of the tests alone are new
    assert_eq!((made.content_types, made.permissions), (1, 5));
    let auth = Auth::new(db, settings())?;
    let user = auth
        .users(auth.db())
        .by_username("ann")
        .await?
        .ok_or(Error::NotFound)?;
    assert_eq!(auth.users(auth.db()).all_permissions(&user).await?.len(), 2);
    Ok(())
}
