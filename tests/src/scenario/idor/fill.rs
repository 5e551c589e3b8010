//! The rows of two users.

use rdj::{
    Result,
    orm::{
        Db, history,
        sea_orm::{ActiveModelTrait as _, EntityTrait as _, Set, prelude::DateTimeUtc},
    },
};
use serde_json::{Value, json};

use crate::models::papers::{folder, paper, sheet, tag, tagged};

pub(super) const ANN: i64 = 1;
pub(super) const BOB: i64 = 2;

/// The first key of a user's rows: they cannot be mixed up.
pub(super) fn first_key(user: i64) -> i64 {
    user * 1_000
}

/// What is recorded of papers of a user, by the numbers of the entries.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entries {
    /// The title of the second paper was changed.
    pub(super) change: i64,
    /// The third paper was made.
    pub(super) birth: i64,
    /// A paper was deleted.
    pub(super) death: i64,
    /// The key of that paper.
    pub(super) gone: i64,
}

pub(super) fn entries(user: i64) -> Entries {
    let first = first_key(user) * 1_000;
    Entries {
        change: first + 1,
        birth: first + 2,
        death: first + 3,
        gone: first_key(user) + 9,
    }
}

/// Papers of Ann, who is user 1, from the key 1001 on, and of Bob, who is user 2, from 2001 on.
pub async fn two_users(db: &Db) -> Result {
    fill(db, ANN, ["b milk", "d bread", "f eggs"]).await?;
    fill(db, BOB, ["a secret", "c secret", "e secret"]).await
}

pub(super) async fn fill(db: &Db, user: i64, titles: [&str; 3]) -> Result {
    let (first, is_bob) = (first_key(user), user == BOB);
    let name = if is_bob { "secret place" } else { "place" };
    // Ann can guess how another folder and another tag of Bob are called
    let names = [name, "vault"].into_iter().take(if is_bob { 2 } else { 1 });
    for (key, name) in (first..).zip(names) {
        let folder = folder::ActiveModel {
            id: Set(key),
            user_id: Set(user),
            name: Set(name.to_owned()),
        };
        folder.insert(db).await?;
        let tag = tag::ActiveModel {
            id: Set(key),
            user_id: Set(user),
            name: Set(name.to_owned()),
        };
        tag.insert(db).await?;
    }
    for (key, title) in (first + 1..).zip(titles) {
        let scan = format!("file of {title}").into_bytes();
        let row = paper::ActiveModel {
            id: Set(key),
            user_id: Set(user),
            title: Set(title.to_owned()),
            stars: Set(if is_bob { 9 } else { 1 }),
            approved: Set(false),
            scan: Set(Some(scan)),
            folder_id: Set(Some(first)),
        };
        row.insert(db).await?;
    }
    // a paper with tags and sheets could not be deleted
    let link = tagged::ActiveModel {
        paper_id: Set(first + 1),
        tag_id: Set(first),
    };
    link.insert(db).await?;
    let sheet = sheet::ActiveModel {
        id: Set(first + 1),
        paper_id: Set(first + 1),
        text: Set(format!("sheet of {}", titles[0])),
    };
    sheet.insert(db).await?;
    record(db, user, titles).await
}

/// A change, a new paper and a deleted one, as the history has them.
async fn record(db: &Db, user: i64, [_, second, third]: [&str; 3]) -> Result {
    let (first, own) = (first_key(user), entries(user));
    let stars = if user == BOB { 9 } else { 1 };
    let before = if user == BOB { "z secret" } else { "z" };
    let birth = json!({
        "id": [null, first + 3], "user_id": [null, user], "title": [null, third],
        "stars": [null, stars], "approved": [null, false], "folder_id": [null, first],
        "scan": null,
    });
    let death = json!({
        "id": [own.gone, null], "user_id": [user, null], "title": [before, null],
        "stars": [stars, null], "approved": [false, null],
    });
    for (id, key, action, changes) in [
        (
            own.change,
            first + 2,
            "update",
            json!({"title": [before, second]}),
        ),
        (own.birth, first + 3, "create", birth),
        (own.death, own.gone, "delete", death),
    ] {
        insert(db, user, id, key, action, &changes).await?;
    }
    Ok(())
}

async fn insert(db: &Db, user: i64, id: i64, key: i64, action: &str, changes: &Value) -> Result {
    let entry = history::ActiveModel {
        id: Set(id),
        at: Set(DateTimeUtc::UNIX_EPOCH),
        user_key: Set(Some(user.to_string())),
        user_name: Set("somebody".to_owned()),
        table_name: Set("paper".to_owned()),
        row_key: Set(key.to_string()),
        action: Set(action.to_owned()),
        undoes: Set(None),
        changes: Set(changes.to_string()),
    };
    history::Entity::insert(entry)
        .exec_without_returning(db)
        .await?;
    Ok(())
}
