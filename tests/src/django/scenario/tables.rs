//! Who made the tables does not matter.

use rdj::{
    Result,
    auth::{
        AuthTables, NewUser,
        entity::{group_permission, user_group, user_permission},
        permission,
    },
    orm::sea_orm::EntityTrait as _,
};
use serde_json::{Value, json};

use super::sign_in::signed_in;
use crate::django::{Django, Site};

/// The rows that belong to models that both sides have.
async fn common(django: &mut Django, command: &str) -> Vec<String> {
    let rows: Vec<String> =
        serde_json::from_value(django.run(command, json!({})).await).expect("texts");
    let apps = ["auth.", "contenttypes.", "notes."];
    let of_both = |row: &String| apps.iter().any(|app| row.starts_with(app));
    rows.into_iter().filter(of_both).collect()
}

/// The tables of both sides.
const TABLES: [&str; 8] = [
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "auth_user",
    "auth_user_groups",
    "auth_user_user_permissions",
    "django_content_type",
    "notes_note",
];

/// What the database says of the tables.
async fn schema(django: &mut Django) -> Value {
    django.run("schema", json!({"tables": TABLES})).await
}

/// Makes ann with rights of her own and of a group.
async fn make_ann(site: &Site) -> Result {
    let auth = site.auth()?;
    let users = auth.users(&site.db);
    let new = NewUser::new("ann").password("correct horse");
    let new = new.email("ann@example.org").names("Ann", "Lee");
    let ann = users.create_user(new).await?;
    let editors = users.create_group("editors").await?;
    users.grant(&editors, "notes.change_note").await?;
    users.add_to_group(&ann, "editors").await?;
    users.add_permission(&ann, "notes.archive_note").await
}

/// Django's `migrate` made them: rdj adds no second content type or permission.
pub async fn of_django(site: Site) -> Result {
    let mut django = site.django();
    django.manage("migrate", &[]).await;
    let types = common(&mut django, "content_types").await;
    let permissions = common(&mut django, "permissions").await;
    assert!(permissions.contains(&"notes.note.archive_note: Can archive note".to_owned()));
    let tables = schema(&mut django).await;
    AuthTables::create(&site.db).await?;
    assert_eq!(
        schema(&mut django).await,
        tables,
        "they are left as they are"
    );
    permission::sync(&site.db).await?;
    permission::sync(&site.db).await?;
    assert_eq!(common(&mut django, "content_types").await, types);
    assert_eq!(common(&mut django, "permissions").await, permissions);
    // and Django makes none a second time
    django.manage("migrate", &[]).await;
    assert_eq!(common(&mut django, "content_types").await, types);
    assert_eq!(common(&mut django, "permissions").await, permissions);
    make_ann(&site).await?;
    ann_is_known(&mut django).await;
    linked(&site).await
}

/// Rows of the tables of links are read whole, whatever integers Django has as their keys.
async fn linked(site: &Site) -> Result {
    let groups = user_group::Entity::find().all(&site.db).await?;
    let own = user_permission::Entity::find().all(&site.db).await?;
    let of_groups = group_permission::Entity::find().all(&site.db).await?;
    assert_eq!((groups.len(), own.len(), of_groups.len()), (1, 1, 1));
    Ok(())
}

/// Both sides make the same columns, keys and rules.
pub async fn alike(site: Site) -> Result {
    let mut django = site.django();
    django.manage("migrate", &[]).await;
    let theirs = schema(&mut django).await;
    let second = site.second().await?;
    second.made_by_rdj().await?;
    let ours = schema(&mut second.django()).await;
    for table in TABLES {
        for part in ["columns", "rules"] {
            let sorted = |schema: &Value| {
                let mut rows = schema[table][part].as_array().cloned().expect("rows");
                rows.sort_by_key(ToString::to_string);
                rows
            };
            assert_eq!(sorted(&ours), sorted(&theirs), "{part} of {table}");
        }
    }
    Ok(())
}

/// rdj made them: Django takes them over, and uses, changes and deletes what is in them.
pub async fn of_rdj(site: Site) -> Result {
    site.made_by_rdj().await?;
    make_ann(&site).await?;
    let mut django = site.django();
    // Django cannot see that a later migration of `contenttypes` has been applied
    django.manage("migrate", &["auth", "--fake"]).await;
    let printed = django.manage("migrate", &["--fake-initial"]).await;
    assert!(printed.contains("notes.0001_initial... FAKED"), "{printed}");
    let pending = django.manage("migrate", &["--check"]).await;
    assert_eq!(pending, "");
    let types = common(&mut django, "content_types").await;
    let permissions = common(&mut django, "permissions").await;
    // as in a database of Django alone: see `of_django`, where nothing is added either
    assert_eq!(
        types,
        [
            "auth.group",
            "auth.permission",
            "auth.user",
            "contenttypes.contenttype",
            "notes.note"
        ]
    );
    assert_eq!(permissions.len(), 5 * 4 + 1, "{permissions:?}");
    permission::sync(&site.db).await?;
    assert_eq!(common(&mut django, "permissions").await, permissions);
    ann_is_known(&mut django).await;
    linked(&site).await?;
    in_the_admin(&site, &mut django).await
}

/// Django reads what [`make_ann`] wrote, and lets her in.
async fn ann_is_known(django: &mut Django) {
    let user = django.user("ann").await;
    assert_eq!(user["email"], "ann@example.org");
    assert_eq!(
        (&user["first_name"], &user["last_name"]),
        (&json!("Ann"), &json!("Lee"))
    );
    assert_eq!(
        (&user["is_active"], &user["is_staff"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(
        (&user["last_login"], &user["hasher"]),
        (&Value::Null, &json!("argon2"))
    );
    assert_eq!(user["groups"], json!(["editors"]));
    let permissions = json!(["notes.archive_note", "notes.change_note"]);
    assert_eq!(user["permissions"], permissions);
    for (permission, expected) in [("notes.change_note", true), ("notes.add_note", false)] {
        let asked = json!({"username": "ann", "permission": permission});
        assert_eq!(django.run("has_perm", asked).await, expected);
    }
    assert!(django.lets_in("ann", "correct horse").await);
    assert!(!django.lets_in("ann", "battery staple").await);
}

/// The constraints of rdj's tables fit Django's way to write.
async fn in_the_admin(site: &Site, django: &mut Django) -> Result {
    django.open_admin().await;
    let changes = json!({"groups": [], "permissions": ["notes.view_note"], "last_name": "Fox"});
    django.change_in_admin("ann", changes).await;
    let server = site.serve().await?;
    signed_in(&server, "ann", "correct horse").await;
    let auth = site.auth()?;
    let users = auth.users(&site.db);
    let ann = users.by_username("ann").await?.expect("ann");
    assert_eq!(ann.last_name, "Fox");
    assert_eq!(users.groups(&ann).await?, Vec::<String>::new());
    assert_eq!(users.all_permissions(&ann).await?, ["notes.view_note"]);
    let changes = json!({"groups": ["editors"]});
    django.change_in_admin("ann", changes).await;
    assert_eq!(users.groups(&ann).await?, ["editors"]);
    let who = json!({"username": "ann"});
    django.run("admin_delete_user", who).await;
    assert_eq!(users.by_username("ann").await?, None);
    Ok(())
}
