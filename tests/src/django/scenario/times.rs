//! Dates and times of either side are the same moments for the other.

use rdj::{
    Result,
    auth::NewUser,
    orm::{
        prelude::{Date, DateTimeUtc},
        sea_orm::{
            ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
        },
    },
};
use serde_json::{Value, json};

use super::sign_in::signed_in;
use crate::django::{Site, note};

/// A moment in the way in which `bridge.py` writes them.
fn moment(text: &str) -> DateTimeUtc {
    text.parse().expect("a moment")
}

fn text(moment: DateTimeUtc) -> String {
    moment.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}

async fn add(site: &Site, title: &str, created: &str, due: Option<&str>) -> Result {
    let row = note::ActiveModel {
        title: Set(title.to_owned()),
        due: Set(due.map(|due| due.parse::<Date>().expect("a date"))),
        created_at: Set(moment(created)),
        done_at: Set(due.map(|_| moment(created))),
        ..Default::default()
    };
    note::Entity::insert(row).exec(&site.db).await?;
    Ok(())
}

/// Rows of both sides within one day: read, ordered, compared and truncated to days by both.
pub async fn of_rows(site: Site) -> Result {
    let mut django = site.made_by_django().await?;
    add(&site, "1 rdj", "2026-03-29T08:00:00Z", Some("2026-03-30")).await?;
    let second = json!({
        "title": "2 Django",
        "created_at": "2026-03-29T09:15:00.000120+00:00",
        "done_at": "2026-03-29T11:15:00+02:00",
        "due": "2026-04-01",
    });
    django.run("create_note", second).await;
    add(&site, "3 rdj", "2026-03-29T10:30:00.123456Z", None).await?;
    let fourth = json!({"title": "4 Django", "created_at": "2026-03-29T11:00:00+00:00"});
    django.run("create_note", fourth).await;

    let at = |title: &str, created: &str, done: Option<&str>, due: Option<&str>| json!({"title": title, "created_at": created, "done_at": done, "due": due});
    let (one, two) = ("2026-03-29T08:00:00.000000Z", "2026-03-29T09:15:00.000120Z");
    let expected = [
        at("1 rdj", one, Some(one), Some("2026-03-30")),
        at(
            "2 Django",
            two,
            Some("2026-03-29T09:15:00.000000Z"),
            Some("2026-04-01"),
        ),
        at("3 rdj", "2026-03-29T10:30:00.123456Z", None, None),
        at("4 Django", "2026-03-29T11:00:00.000000Z", None, None),
    ];
    let rows = note::Entity::find().order_by_asc(note::Column::CreatedAt);
    let rows = rows.all(&site.db).await?;
    let read: Vec<Value> = rows
        .iter()
        .map(|note| {
            let (done, due) = (note.done_at.map(text), note.due.map(|due| due.to_string()));
            at(
                &note.title,
                &text(note.created_at),
                done.as_deref(),
                due.as_deref(),
            )
        })
        .collect();
    assert_eq!(read, expected, "as rdj reads and orders them");
    let read = django.run("notes", json!({})).await;
    assert_eq!(read, json!(expected), "as Django reads and orders them");
    compared(&site, &mut django, &expected).await
}

async fn compared(site: &Site, django: &mut crate::django::Django, rows: &[Value]) -> Result {
    for row in rows {
        let at = row["created_at"].as_str().expect("a moment");
        let found = note::Entity::find()
            .filter(note::Column::CreatedAt.eq(moment(at)))
            .all(&site.db)
            .await?;
        let titles: Vec<_> = found.iter().map(|note| json!(note.title)).collect();
        assert_eq!(titles, [row["title"].clone()], "rdj finds {at}");
        let found = django.run("notes", json!({"created_at": at})).await;
        assert_eq!(found, json!([row]), "Django finds {at}");
    }
    let later = json!({"created_at__gt": "2026-03-29T09:15:00.000120Z"});
    let later = django.run("notes", later).await;
    assert_eq!(later, json!(rows[2..]), "Django compares");
    let since = note::Column::CreatedAt.gt(moment("2026-03-29T09:15:00.000120Z"));
    let found = note::Entity::find().filter(since).all(&site.db).await?;
    assert_eq!(found.len(), 2, "rdj compares: {found:?}");
    let day = django
        .run("notes", json!({"created_at__date": "2026-03-29"}))
        .await;
    assert_eq!(day, json!(rows), "Django takes the day of a time");
    // 29 March begins in Berlin at 23:00 UTC
    let days = django.run("note_days", json!({})).await;
    assert_eq!(days, json!(["2026-03-28T23:00:00.000000Z"]));
    django.open_admin().await;
    let query = json!({"query": "?created_at__day=29&created_at__month=3&created_at__year=2026"});
    let html = django.run("admin_notes", query).await;
    assert!(html.to_string().contains("4 notes"), "{html}");
    Ok(())
}

/// The moments of users: made and signed in here or there.
pub async fn of_users(site: Site) -> Result {
    let mut django = site.made_by_django().await?;
    let auth = site.auth()?;
    let users = auth.users(&site.db);
    let new = NewUser::new("ann").password("correct horse");
    users.create_user(new.staff(true)).await?;
    let bob = json!({"username": "bob", "password": "correct horse", "is_staff": true});
    django.run("create_user", bob).await;
    let server = site.serve().await?;
    for (username, side) in [
        ("ann", "rdj"),
        ("bob", "rdj"),
        ("ann", "Django"),
        ("bob", "Django"),
    ] {
        if side == "rdj" {
            signed_in(&server, username, "correct horse").await;
        } else {
            let login = json!({"username": username, "password": "correct horse"});
            django.run("admin_login", login).await;
        }
        let ours = users.by_username(username).await?.expect("a user");
        let theirs = django.user(username).await;
        assert_eq!(
            theirs["date_joined"],
            text(ours.date_joined),
            "{username} {side}"
        );
        let login = ours.last_login.map(text);
        assert!(login.is_some(), "{username} has signed in at {side}");
        assert_eq!(theirs["last_login"], json!(login), "{username} {side}");
    }
    Ok(())
}
