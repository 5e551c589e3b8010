//! On PostgreSQL. `scripts/test` starts a server and sets `RDJ_TEST_POSTGRES`.

use std::env;

use rdj_auth::{Auth, AuthTables, Db, Error, NewUser, Result, UserError, permission};
use rdj_orm::{connect, connect_with, sea_orm::ConnectOptions};
use sea_orm::ConnectionTrait;

use crate::support::{Browser, PASSWORD, make, settings};

/// A schema of its own; without a server the tests fail, so that they are not left out unnoticed.
async fn database(schema: &str) -> Result<Db> {
    let url = env::var("RDJ_TEST_POSTGRES").map_err(|_| {
        Error::internal(
            "RDJ_TEST_POSTGRES is not set. Run `scripts/test`, which starts a PostgreSQL server and \
             sets it, or set it to an address such as postgres://postgres@127.0.0.1:5432/postgres",
        )
    })?;
    let admin = connect(&url).await?;
    let sql = format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}");
    admin.execute_unprepared(&sql).await?;
    let mut options = ConnectOptions::new(url);
    options.set_schema_search_path(schema).max_connections(2);
    connect_with(options).await
}

#[tokio::test]
async fn life_of_a_user() -> Result {
    let db = database("rdj_auth_life").await?;
    AuthTables::create(&db).await?;
    AuthTables::create(&db).await?;
    let made = permission::sync(&db).await?;
    assert!(made.permissions >= 16);
    assert_eq!(permission::sync(&db).await?, permission::Synced::default());
    let auth = Auth::new(db, settings())?;
    let ann = make(&auth, "ann").await?;
    let users = auth.users(auth.db());
    let again = users.create_user(NewUser::new("Ann")).await;
    assert!(matches!(again, Err(UserError::UsernameTaken)));
    let group = users.create_group("editors").await?;
    users.grant(&group, "auth.view_user").await?;
    users.add_to_group(&ann, "editors").await?;
    users.add_to_group(&ann, "editors").await?;
    users.add_permission(&ann, "auth.add_group").await?;
    let mut browser = Browser::default();
    browser.login(&auth, "ann").await?;
    let user = browser.user(&auth).await?;
    assert!(user.is_some_and(|user| user.has_perms(&["auth.view_user", "auth.add_group"])));
    assert_eq!(users.by_email("ANN@EXAMPLE.com").await?.len(), 1);
    users.set_password(&ann, "violet umbrella 6").await?;
    assert_eq!(browser.user(&auth).await?, None);
    Ok(())
}

#[tokio::test]
async fn h3_upgrades_in_one_transaction() -> Result {
    let db = database("rdj_auth_upgrade").await?;
    AuthTables::create(&db).await?;
    let auth = Auth::new(db, settings())?;
    let ann = make(&auth, "ann").await?;
    let of_django = "UPDATE auth_user SET password = 'pbkdf2_sha256$1000$saltsaltsaltsaltsaltsa$\
                     rrFqfY54t+CcYpzPEaBDNhjkhYBmcvjLfi7UsJc1TIs='";
    auth.db().execute_unprepared(of_django).await?;
    let mut browser = Browser::default();
    let user = browser.try_login(&auth, "ann", PASSWORD).await?;
    assert!(user.is_ok());
    assert!(browser.user(&auth).await?.is_some());
    let row = auth.users(auth.db()).by_id(ann.id.into()).await?;
    assert!(row.is_some_and(|row| row.password.starts_with("argon2$")));
    Ok(())
}
