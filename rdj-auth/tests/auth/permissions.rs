use rdj_auth::{
    Result,
    permission::{self, Synced},
};

use crate::support::{Browser, auth, make, with_ann};

/// A model of an application.
mod note {
    #![expect(unreachable_pub, reason = "the derive exports the entity again")]

    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj_macros::Model)]
    #[sea_orm(table_name = "note")]
    #[rdj(permissions("archive_note" = "Can archive note"))]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i32,
        pub title: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

#[tokio::test]
async fn p1_every_model_has_its_permissions() -> Result {
    let (auth, ann) = with_ann().await?;
    let users = auth.users(auth.db());
    for name in [
        "rdj_auth.add_note",
        "rdj_auth.change_note",
        "rdj_auth.delete_note",
        "rdj_auth.view_note",
        "rdj_auth.archive_note",
        "auth.change_user",
        "contenttypes.view_contenttype",
    ] {
        users.add_permission(&ann, name).await?;
    }
    assert_eq!(users.permissions(&ann).await?.len(), 7);
    let archive = permission::find(auth.db(), "rdj_auth.archive_note").await?;
    assert_eq!(archive.name, "Can archive note");
    assert!(
        permission::find(auth.db(), "rdj_auth.fly_note")
            .await
            .is_err()
    );
    Ok(())
}

#[tokio::test]
async fn p1_sync_can_be_repeated() -> Result {
    let auth = auth().await?;
    assert_eq!(permission::sync(auth.db()).await?, Synced::default());
    Ok(())
}

#[tokio::test]
async fn p7_rights_are_the_users_and_the_groups() -> Result {
    let (auth, ann) = with_ann().await?;
    let users = auth.users(auth.db());
    let editors = users.create_group("editors").await?;
    assert_eq!(users.create_group("editors").await?, editors);
    users.grant(&editors, "rdj_auth.change_note").await?;
    users.grant(&editors, "rdj_auth.change_note").await?;
    users.add_permission(&ann, "rdj_auth.view_note").await?;
    users.add_permission(&ann, "rdj_auth.view_note").await?;
    users.add_to_group(&ann, "editors").await?;
    users.add_to_group(&ann, "editors").await?;
    let mut all = users.all_permissions(&ann).await?;
    all.sort();
    assert_eq!(all, ["rdj_auth.change_note", "rdj_auth.view_note"]);
    assert_eq!(users.permissions(&ann).await?, ["rdj_auth.view_note"]);
    assert_eq!(
        users.group_permissions(&editors).await?,
        ["rdj_auth.change_note"]
    );
    assert_eq!(users.groups(&ann).await?, ["editors"]);
    assert!(users.add_to_group(&ann, "nobody").await.is_err());
    Ok(())
}

#[tokio::test]
async fn p11_changes_hold_at_the_next_request() -> Result {
    let (auth, ann) = with_ann().await?;
    let users = auth.users(auth.db());
    let mut browser = Browser::default();
    browser.login(&auth, "ann").await?;
    let may = async |browser: &mut Browser| -> Result<bool> {
        let user = browser.user(&auth).await?;
        Ok(user.is_some_and(|user| user.has_perm("rdj_auth.view_note")))
    };
    assert!(!may(&mut browser).await?);
    users.add_permission(&ann, "rdj_auth.view_note").await?;
    assert!(may(&mut browser).await?);
    users.remove_permission(&ann, "rdj_auth.view_note").await?;
    assert!(!may(&mut browser).await?);
    let group = users.create_group("viewers").await?;
    users.add_to_group(&ann, "viewers").await?;
    assert!(!may(&mut browser).await?);
    users.grant(&group, "rdj_auth.view_note").await?;
    assert!(may(&mut browser).await?);
    users.revoke(&group, "rdj_auth.view_note").await?;
    assert!(!may(&mut browser).await?);
    users.grant(&group, "rdj_auth.view_note").await?;
    users.remove_from_group(&ann, "viewers").await?;
    assert!(!may(&mut browser).await?);
    Ok(())
}

#[tokio::test]
async fn p9_p10_nobody_inactive_and_every_superuser() -> Result {
    let auth = auth().await?;
    let root = make(&auth, "root").await?;
    let users = auth.users(auth.db());
    users.set_superuser(&root, true).await?;
    let mut browser = Browser::default();
    browser.login(&auth, "root").await?;
    let user = browser.user(&auth).await?;
    assert!(user.is_some_and(|user| user.has_perm("any.thing")));
    users.set_active(&root, false).await?;
    assert_eq!(browser.user(&auth).await?, None);
    Ok(())
}
