//! Rows that go along with others, and histories that are open meanwhile.

use std::borrow::Cow;

use rdj::{
    CurrentUser, State,
    live::{ChangeKind, RowChange},
    orm::{
        Db,
        sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait},
    },
    prelude::*,
};

use super::{MemosState, PlainState, add, recorded};
use crate::{
    orm::Client,
    shelves::{HensState, ShelvesState, book, egg, fill, shelf},
};

/// Shelves that a hook keeps.
#[model_state(model = shelf::Entity, fields(name))]
#[derive(Debug)]
pub struct KeptState;

impl KeptHooks for KeptState {
    async fn perform_delete(&mut self, _: &Cx, _: shelf::Model) -> Result {
        Ok(())
    }
}

/// Shelves of which several are deleted at once.
#[model_state(model = shelf::Entity, fields(name), bulk_actions(delete_selected))]
#[derive(Debug)]
pub struct ManyState;

/// Eggs, which refer to hens that refer to eggs.
#[model_state(model = egg::Entity, fields(hen_id))]
#[derive(Debug)]
pub struct EggsState;

/// What was recorded: the table and the key of each row, sorted.
async fn gone(db: &Db) -> Result<Vec<(String, String)>> {
    let all = recorded(db).await?;
    assert!(all.iter().all(|entry| entry.action == "delete"), "{all:?}");
    let mut rows: Vec<_> = all
        .into_iter()
        .map(|entry| (entry.table_name, entry.row_key))
        .collect();
    rows.sort();
    Ok(rows)
}

/// Rows that the database deletes along are recorded, however deep; those that stay are not.
pub async fn deleted_along(db: &Db) -> Result {
    fill(db).await?;
    let root = CurrentUser::new(1, "root").with_superuser(true);
    let client = Client::of(db, root);
    // nothing is gone: only the row itself counts as deleted
    client
        .call(&mut KeptState::default(), "delete", "[1]")
        .await?;
    assert_eq!(gone(db).await?, [pair("shelf", "1")]);
    assert_eq!(shelf::Entity::find().count(db).await?, 5);
    rdj::orm::history::Entity::delete_many().exec(db).await?;

    client
        .call(&mut ShelvesState::default(), "delete", "[1]")
        .await?;
    let expected = [
        pair("shelf", "1"),
        pair("shelf", "2"),
        pair("shelf", "3"),
        pair("shelf_book", "[3,1]"),
        pair("shelf_leaf", "1"),
    ];
    assert_eq!(gone(db).await?, expected);
    let all = recorded(db).await?;
    let book = all.iter().find(|entry| entry.table_name == "shelf_book");
    let book = book.ok_or(Error::NotFound)?;
    assert_eq!(book.user_name, "root");
    let changes: serde_json::Value = serde_json::from_str(&book.changes)?;
    assert_eq!(changes["title"], serde_json::json!(["Moby Dick", null]));

    // a shelf that stands on itself, and tables that refer to each other without a foreign key
    client
        .call(&mut ShelvesState::default(), "delete", "[5]")
        .await?;
    client
        .call(&mut HensState::default(), "delete", "[1]")
        .await?;
    let found = gone(db).await?;
    assert_eq!(found.len(), 7, "{found:?}");
    assert!(found.contains(&pair("shelf", "5")) && found.contains(&pair("shelf_book", "[5,1]")));
    assert_eq!(book::Entity::find().count(db).await?, 0);
    Ok(())
}

/// A row that goes along with one before it, or to which a circle leads back, is recorded once.
pub async fn deleted_once(db: &Db) -> Result {
    fill(db).await?;
    let root = CurrentUser::new(1, "root").with_superuser(true);
    let client = Client::of(db, root);
    let mut many = ManyState::default();
    client.load(&mut many).await?;
    for key in [1, 2] {
        client
            .call(&mut many, "toggle_row", &format!("[{key},true]"))
            .await?;
    }
    let said = client.call(&mut many, "delete_selected", "[]").await?;
    assert_eq!(said.len(), 1, "{said:?}");
    let expected = [
        pair("shelf", "1"),
        pair("shelf", "2"),
        pair("shelf", "3"),
        pair("shelf_book", "[3,1]"),
        pair("shelf_leaf", "1"),
    ];
    assert_eq!(gone(db).await?, expected);
    rdj::orm::history::Entity::delete_many().exec(db).await?;

    // egg 1 comes from hen 1, which comes from egg 1
    db.execute_unprepared("UPDATE circle_hen SET egg_id = 1 WHERE id = 1")
        .await?;
    client
        .call(&mut EggsState::default(), "delete", "[1]")
        .await?;
    assert_eq!(gone(db).await?, [pair("circle_egg", "1")]);
    Ok(())
}

fn pair(table: &str, key: &str) -> (String, String) {
    (table.to_owned(), key.to_owned())
}

/// An open history has what others do to its row, also when they delete it; what was typed stays.
pub async fn others_write(db: &Db) -> Result {
    let ann = Client::of(db, CurrentUser::new(1, "ann"));
    let row = add(&ann, db, "Milk").await?;
    let args = format!("[{}]", row.id);
    let tables = [Cow::Borrowed("memo")];
    let (mut open, mut closed) = (MemosState::default(), MemosState::default());
    let html = async |state: &MemosState| {
        let shown = async { state.history().to_string() };
        ann.cx().scope(shown).await
    };
    ann.load(&mut open).await?;
    ann.load(&mut closed).await?;
    ann.call(&mut open, "start_edit", &args).await?;
    ann.call(&mut open, "show_history", &args).await?;
    "typed".clone_into(&mut open.title);

    let mut other = PlainState::default();
    ann.call(&mut other, "start_edit", &args).await?;
    ann.submit(&mut other, "save", &[("title", "Bread")])
        .await?;
    for state in [&mut open, &mut closed] {
        state.follow(&ann.cx(), &tables).await?;
    }
    let shown = html(&open).await;
    assert!(shown.contains("“Bread”"), "{shown}");
    assert_eq!((&*open.title, open.is_editing()), ("typed", true));
    assert_eq!(html(&closed).await, "", "what is closed stays closed");

    ann.call(&mut other, "delete", &args).await?;
    open.follow(&ann.cx(), &tables).await?;
    let shown = html(&open).await;
    assert!(shown.contains("Deleted by ann"), "{shown}");
    // who may not see it any more does not keep what was seen
    let bob = Client::of(db, CurrentUser::new(2, "bob"));
    for _ in 0..9 {
        let change = RowChange::many("memo", ChangeKind::Updated);
        bob.changes().publish(vec![change]);
    }
    open.follow(&bob.cx(), &tables).await?;
    let shown = html(&open).await;
    assert!(!shown.contains("Bread"), "{shown}");
    Ok(())
}
