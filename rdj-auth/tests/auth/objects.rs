//! Rights for one row.

use std::sync::Arc;

use rdj_auth::{
    Auth, CurrentUser, CxAuth, Db, ModelBackend, Result,
    backend::{Account, AuthBackend, Credentials, Object, Verdict, async_trait},
    entity::{group, user},
};

use crate::support::{Browser, make, memory, settings};

const CHANGE: &str = "auth.change_user";

/// Everybody may change the own row, and group 1.
#[derive(Debug)]
struct Own;

#[async_trait]
impl AuthBackend for Own {
    fn name(&self) -> &'static str {
        "own"
    }

    async fn authenticate(&self, _: &Auth, _: &Db, _: Credentials<'_>) -> Result<Verdict> {
        Ok(Verdict::Unknown)
    }

    async fn get_user(&self, _: &Auth, _: &Db, _: i64) -> Result<Option<Account>> {
        Ok(None)
    }

    async fn has_perm_on(
        &self,
        _: &Auth,
        _: &Db,
        asked: &CurrentUser,
        permission: &str,
        object: Object<'_>,
    ) -> Result<bool> {
        if permission != object.model.permission("change") {
            return Ok(false);
        }
        if object.row::<group::Model>().is_some() {
            return Ok(object.key == "1");
        }
        let row = object.row::<user::Model>();
        Ok(row.is_some_and(|row| i64::from(row.id) == asked.id()))
    }
}

async fn auth(backends: Vec<Arc<dyn AuthBackend>>) -> Result<Auth> {
    let auth = rdj_auth::AuthSettings {
        backends,
        ..settings()
    };
    Auth::new(memory().await?, auth)
}

/// Whether `ann` may change the row.
async fn may(auth: &Auth, browser: &Browser, row: &user::Model) -> Result<bool> {
    let cx = browser.open(auth).await?;
    cx.has_perm_on::<user::Entity>(CHANGE, row).await
}

#[tokio::test]
async fn p8_a_right_for_all_rows_is_none_for_one() -> Result {
    let auth = auth(vec![Arc::new(ModelBackend)]).await?;
    let (ann, bob) = (make(&auth, "ann").await?, make(&auth, "bob").await?);
    let users = auth.users(auth.db());
    users.add_permission(&ann, CHANGE).await?;
    let mut browser = Browser::default();
    assert!(!may(&auth, &browser, &ann).await?, "nobody is signed in");
    browser.login(&auth, "ann").await?;
    assert!(browser.open(&auth).await?.has_perm(CHANGE));
    assert!(!may(&auth, &browser, &ann).await?);
    assert!(!may(&auth, &browser, &bob).await?);
    users.set_superuser(&ann, true).await?;
    assert!(may(&auth, &browser, &bob).await?);
    Ok(())
}

#[tokio::test]
async fn p8_a_backend_of_an_application_gives_rights_for_rows() -> Result {
    let auth = auth(vec![Arc::new(ModelBackend), Arc::new(Own)]).await?;
    let (ann, bob) = (make(&auth, "ann").await?, make(&auth, "bob").await?);
    let mut browser = Browser::default();
    assert!(!may(&auth, &browser, &ann).await?, "nobody is signed in");
    // another backend than the one that signs in
    browser.login(&auth, "ann").await?;
    assert!(may(&auth, &browser, &ann).await?);
    assert!(!may(&auth, &browser, &bob).await?);
    let cx = browser.open(&auth).await?;
    assert!(!cx.has_perm(CHANGE), "a right for one row is none for all");
    let other = "auth.delete_user";
    assert!(!cx.has_perm_on::<user::Entity>(other, &ann).await?);
    let users = auth.users(auth.db());
    for (name, right) in [("first", true), ("second", false)] {
        let group = users.create_group(name).await?;
        let asked = cx.has_perm_on::<group::Entity>("auth.change_group", &group);
        assert_eq!(asked.await?, right, "{name}");
    }
    Ok(())
}
