use std::sync::Arc;

use rdj_auth::{
    Auth, AuthSettings, ChangeError, CurrentUser, CxAuth, Db, ModelBackend, Result,
    backend::{Account, AuthBackend, Credentials, Verdict, async_trait},
    settings::LoginField,
};
use rdj_orm::Tables;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
};

use crate::support::{Browser, PASSWORD, fast, make, memory, settings};

/// An application's own table of users.
mod member {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "member")]
    pub(super) struct Model {
        #[sea_orm(primary_key)]
        pub(super) id: i64,
        #[sea_orm(unique)]
        pub(super) phone: String,
        pub(super) hash: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub(super) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

#[derive(Debug)]
struct Members;

#[async_trait]
impl AuthBackend for Members {
    fn name(&self) -> &'static str {
        "members"
    }

    async fn authenticate(&self, auth: &Auth, db: &Db, given: Credentials<'_>) -> Result<Verdict> {
        let by_phone = member::Column::Phone.eq(given.identifier);
        let row = member::Entity::find().filter(by_phone).one(db).await?;
        let hash = row.as_ref().map(|row| row.hash.as_str());
        let checked = auth.settings().hashers.check(given.password, hash).await?;
        Ok(match row {
            Some(row) if checked.correct => Verdict::User(row.id),
            _ => Verdict::Unknown,
        })
    }

    async fn get_user(&self, _: &Auth, db: &Db, id: i64) -> Result<Option<Account>> {
        let row = member::Entity::find_by_id(id).one(db).await?;
        Ok(row.map(|row| Account {
            stamp: row.hash.clone(),
            user: CurrentUser::new(id, row.phone.as_str())
                .with_permissions(["club.enter"])
                .with_data(Arc::new(row)),
        }))
    }

    async fn check_password(&self, auth: &Auth, db: &Db, id: i64, password: &str) -> Result<bool> {
        let row = member::Entity::find_by_id(id).one(db).await?;
        let hash = row.as_ref().map(|row| row.hash.as_str());
        Ok(auth.settings().hashers.check(password, hash).await?.correct)
    }

    async fn set_password(&self, auth: &Auth, db: &Db, id: i64, password: &str) -> Result {
        let hash = auth.settings().hashers.encode(password).await?;
        if let Some(row) = member::Entity::find_by_id(id).one(db).await? {
            let mut row = row.into_active_model();
            row.hash = Set(hash);
            row.update(db).await?;
        }
        Ok(())
    }
}

async fn members(backends: Vec<Arc<dyn AuthBackend>>) -> Result<Auth> {
    let db = memory().await?;
    Tables::new().add(member::Entity).create(&db).await?;
    let row = member::ActiveModel {
        phone: Set("555".to_owned()),
        hash: Set(fast().encode(PASSWORD).await?),
        ..Default::default()
    };
    row.insert(&db).await?;
    Auth::new(
        db,
        AuthSettings {
            backends,
            ..settings()
        },
    )
}

#[tokio::test]
async fn an_own_table_of_users_works_as_a_whole() -> Result {
    let auth = members(vec![Arc::new(Members)]).await?;
    let mut here = Browser::default();
    let mut there = here.other();
    assert!(here.try_login(&auth, "555", "wrong").await?.is_err());
    here.login(&auth, "555").await?;
    there.login(&auth, "555").await?;
    let user = here.user(&auth).await?;
    let phone = user.as_ref().and_then(|user| user.data::<member::Model>());
    assert_eq!(phone.map(|row| row.phone.as_str()), Some("555"));
    assert!(user.is_some_and(|user| user.has_perm("club.enter")));
    let cx = here.open(&auth).await?;
    let wrong = cx.change_password("wrong", "violet umbrella 6").await?;
    assert_eq!(wrong, Err(ChangeError::WrongPassword));
    assert_eq!(
        cx.change_password(PASSWORD, "violet umbrella 6").await?,
        Ok(())
    );
    here.close(&cx).await?;
    assert!(here.user(&auth).await?.is_some());
    assert_eq!(there.user(&auth).await?, None);
    Ok(())
}

#[tokio::test]
async fn backends_are_asked_in_their_order() -> Result {
    let auth = members(vec![Arc::new(Members), Arc::new(ModelBackend)]).await?;
    make(&auth, "ann").await?;
    let mut browser = Browser::default();
    browser.login(&auth, "555").await?;
    assert_eq!(
        browser.get("_auth_user_backend").await?.as_deref(),
        Some("members")
    );
    browser.login(&auth, "ann").await?;
    let user = browser.user(&auth).await?;
    assert_eq!(user.as_ref().map(rdj_auth::CurrentUser::name), Some("ann"));
    Ok(())
}

#[derive(Debug)]
struct Never;

#[async_trait]
impl AuthBackend for Never {
    fn name(&self) -> &'static str {
        "never"
    }

    async fn authenticate(&self, _: &Auth, _: &Db, _: Credentials<'_>) -> Result<Verdict> {
        Ok(Verdict::Denied)
    }

    async fn get_user(&self, _: &Auth, _: &Db, _: i64) -> Result<Option<Account>> {
        Ok(None)
    }
}

#[tokio::test]
async fn a_backend_can_stop_the_login() -> Result {
    let auth = members(vec![Arc::new(Never), Arc::new(ModelBackend)]).await?;
    make(&auth, "ann").await?;
    let mut browser = Browser::default();
    assert!(browser.try_login(&auth, "ann", PASSWORD).await?.is_err());
    Ok(())
}

#[tokio::test]
async fn c161_c162_c163_login_fields() -> Result {
    use LoginField::{Email, Username};

    let db = memory().await?;
    make(&Auth::new(db.clone(), settings())?, "ann").await?;
    for (fields, name, email) in [
        (vec![Username], true, false),
        (vec![Email], false, true),
        (vec![Username, Email], true, true),
    ] {
        let auth = Auth::new(
            db.clone(),
            AuthSettings {
                login_fields: fields.clone(),
                ..settings()
            },
        )?;
        let mut browser = Browser::default();
        let by_name = browser.try_login(&auth, " ann ", PASSWORD).await?;
        assert_eq!(by_name.is_ok(), name, "{fields:?}");
        let by_email = browser
            .try_login(&auth, "ANN@example.com", PASSWORD)
            .await?;
        assert_eq!(by_email.is_ok(), email, "{fields:?}");
    }
    Ok(())
}

#[tokio::test]
async fn an_address_of_two_says_nothing() -> Result {
    let auth = Auth::new(
        memory().await?,
        AuthSettings {
            login_fields: vec![LoginField::Email],
            ..settings()
        },
    )?;
    let users = auth.users(auth.db());
    for name in ["ann", "bob"] {
        let new = rdj_auth::NewUser::new(name)
            .password(PASSWORD)
            .email("both@example.com");
        users.create_user(new).await?;
    }
    let mut browser = Browser::default();
    assert!(
        browser
            .try_login(&auth, "both@example.com", PASSWORD)
            .await?
            .is_err()
    );
    Ok(())
}
