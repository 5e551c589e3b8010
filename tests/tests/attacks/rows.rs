//! Rows of somebody else, and columns that nobody may write.

use rdj::orm::{
    Db,
    sea_orm::{ActiveModelTrait as _, EntityTrait as _, Set},
};
use rdj_tests::{Socket, notes::note};
use serde_json::json;

use super::{
    raw,
    site::{Site, encoded},
};

async fn add(db: &Db, user: i32, title: &str) -> note::Model {
    let row = note::ActiveModel {
        user_id: Set(user.into()),
        title: Set(title.to_owned()),
        content: Set(Some(format!("text of {title}"))),
        priority: Set(1),
        ..Default::default()
    };
    row.insert(db).await.expect("a row")
}

async fn all(db: &Db) -> Vec<note::Model> {
    note::Entity::find().all(db).await.expect("rows")
}

#[tokio::test]
async fn rows_of_somebody_else_are_neither_read_nor_changed() {
    let site = Site::start().await;
    let (ann, bob) = (site.user("ann").await, site.user("bob").await);
    let foreign = add(&site.db, bob.id, "bobs note").await;
    let own = add(&site.db, ann.id, "anns note").await;
    let browser = site.signed_in("ann").await;
    let before = all(&site.db).await;
    let html = browser.text("/notes").await;
    assert!(
        html.contains("anns note") && !html.contains("bobs note"),
        "{html}"
    );

    let id = foreign.id;
    let mut socket = Socket::open(&browser, "/notes").await;
    for event in ["start_edit", "delete", "set_editing_id", "select", "toggle"] {
        for key in [
            json!([id]),
            json!([id.to_string()]),
            json!([format!("{id} or 1=1")]),
        ] {
            let reply = socket.event(&format!("notes.{event}"), key).await;
            let told = format!("{:?}{}", reply.effects(), reply.patched());
            assert!(!told.contains("bobs note"), "{event}: {told}");
        }
    }
    let key = id.to_string();
    let form = [
        ("title", "HACKED"),
        ("priority", "1"),
        ("id", &key),
        ("editing_id", &key),
    ];
    for path in [
        format!("/notes?edit={id}"),
        format!("/notes?notes.edit={id}"),
        format!("/notes?edit={id}&edit={}", own.id),
    ] {
        let answer = raw::get(&browser, &path, &[]).await;
        assert!(
            !answer.body.contains("bobs note"),
            "{path}: {}",
            answer.body
        );
        for event in [
            format!("notes.delete({id})"),
            format!("notes.start_edit({id})"),
            format!("notes.save({id})"),
        ] {
            let mut all = vec![("_event", event.as_str())];
            all.extend(form);
            let answer = raw::post(&browser, &path, &[], &encoded(&all)).await;
            assert!(!answer.body.contains("bobs note"), "{path} {event}");
        }
    }
    let after = all(&site.db).await;
    let of_bob = |rows: &[note::Model]| {
        let mut rows = rows.to_vec();
        rows.retain(|row| row.user_id == i64::from(bob.id));
        rows
    };
    assert_eq!(of_bob(&after), of_bob(&before));
}

#[tokio::test]
async fn what_a_form_does_not_have_is_not_written() {
    let site = Site::start().await;
    let (ann, bob) = (site.user("ann").await, site.user("bob").await);
    let bobs = add(&site.db, bob.id, "bobs note").await;
    let browser = site.signed_in("ann").await;
    let (other, key) = (bob.id.to_string(), bobs.id.to_string());
    let form = [
        ("title", "mine"),
        ("priority", "1"),
        ("user_id", other.as_str()),
        ("notes.user_id", &other),
        ("owner", &other),
        ("id", &key),
        ("pk", &key),
        ("is_superuser", "true"),
        ("__proto__", "x"),
    ];
    let mut socket = Socket::open(&browser, "/notes").await;
    socket.submit("notes.save", &form).await;
    let mut body = vec![("_event", "notes.save")];
    body.extend(form);
    raw::post(&browser, "/notes", &[], &encoded(&body)).await;
    let rows = all(&site.db).await;
    let mine: Vec<_> = rows.iter().filter(|row| row.title == "mine").collect();
    assert!(!mine.is_empty(), "an own row is made: {rows:?}");
    for row in mine {
        assert_eq!(row.user_id, i64::from(ann.id));
        assert_ne!(row.id, bobs.id);
    }
    assert!(rows.contains(&bobs));
    let users = site.auth.users(&site.db);
    let ann = users
        .by_username("ann")
        .await
        .expect("an answer")
        .expect("ann");
    assert!(!ann.is_superuser);
}

#[tokio::test]
async fn a_new_account_has_no_rights_whatever_its_form_says() {
    let site = Site::start().await;
    let form = [
        ("_event", "register.submit"),
        ("username", "eve"),
        ("email", "eve@evil.example"),
        ("password", "a rather good one"),
        ("confirm_password", "a rather good one"),
        ("is_superuser", "true"),
        ("is_staff", "on"),
        ("is_active", "true"),
        ("id", "1"),
        ("groups", "editors"),
        ("user_permissions", "1"),
    ];
    let browser = site.server.browser();
    let answer = browser.post("/register", &encoded(&form)).await;
    assert_eq!(answer.status(), 303);
    let users = site.auth.users(&site.db);
    let eve = users
        .by_username("eve")
        .await
        .expect("an answer")
        .expect("eve");
    assert!(!eve.is_superuser && !eve.is_staff);
    let rights = users.all_permissions(&eve).await.expect("an answer");
    assert!(rights.is_empty(), "{rights:?}");
}
