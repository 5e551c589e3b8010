//! What is recorded of writes, who reads it, and undoing it.

use rdj::{
    CurrentUser,
    orm::{
        CxHistory, Db, OrmApi,
        history::{self, HistoryEntry},
        sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, QueryOrder},
        transaction,
    },
    prelude::*,
    testing::SqlCount,
};
use serde_json::json;

mod along;
mod readers;
mod undo;
mod views;

pub use self::{
    along::{deleted_along, deleted_once, others_write},
    readers::{keys_used_again, readers},
    undo::{
        undo_asks_as_every_write, undo_conflicts, undo_create_and_delete, undo_links,
        undo_of_all_types, undo_update,
    },
    views::{addresses, keys, views},
};
use super::files::{confirm, send};
use crate::{
    models::{
        memos::{memo, tag},
        note, reading,
    },
    orm::Client,
};

/// The memos of the signed-in user.
#[model_state(
    model = memo::Entity,
    fields(title, body, weight, due, pin, tags),
    list_display(title, parent_id),
    owner_field = user_id,
    owner_bypass(staff),
    bulk_actions(delete_selected),
    import,
    history,
)]
#[derive(Debug)]
pub struct MemosState;

impl MemosHooks for MemosState {
    async fn has_object_permission(
        &self,
        _: &Cx,
        action: Action,
        row: &memo::Model,
    ) -> Result<bool> {
        Ok(!row.is_locked || action == Action::List)
    }

    async fn on_save_success(&mut self, _: &Cx, row: &memo::Model) -> Result {
        if row.title == "late failure" {
            return Err(Error::invalid("It failed late."));
        }
        Ok(())
    }

    async fn before_delete(&mut self, _: &Cx, row: &memo::Model) -> Result {
        if row.title == "Kept" {
            return Err(Error::invalid("It is kept."));
        }
        Ok(())
    }
}

/// The titles alone.
#[model_state(model = memo::Entity, fields(title), owner_field = user_id, history)]
#[derive(Debug)]
pub struct TitlesState;

/// The same rows without showing a history: they are recorded nevertheless.
#[model_state(model = memo::Entity, fields(title), owner_field = user_id)]
#[derive(Debug)]
pub struct PlainState;

/// Tags, with their keys.
#[model_state(model = tag::Entity, fields(code, name), history)]
#[derive(Debug)]
pub struct TagsState;

/// Values of many types.
#[model_state(
    model = reading::Entity,
    fields(amount, discount, day, until, at, count, limit, checked, status, payload),
    history,
)]
#[derive(Debug)]
pub struct ReadingsState;

/// A model without a history.
#[model_state(model = note::Entity, fields(title, user_id, priority))]
#[derive(Debug)]
pub struct NotesState;

async fn recorded(db: &Db) -> Result<Vec<history::Model>> {
    let all = history::Entity::find().order_by_asc(history::Column::Id);
    Ok(all.all(db).await?)
}

/// The newest entry.
async fn last(db: &Db) -> Result<history::Model> {
    recorded(db).await?.pop().ok_or(Error::NotFound)
}

async fn newest(db: &Db) -> Result<memo::Model> {
    let all = memo::Entity::find().order_by_desc(memo::Column::Id);
    all.one(db).await?.ok_or(Error::NotFound)
}

fn changes(entry: &history::Model) -> Result<serde_json::Value> {
    Ok(serde_json::from_str(&entry.changes)?)
}

async fn add(client: &Client, db: &Db, title: &str) -> Result<memo::Model> {
    let mut state = MemosState::default();
    client
        .submit(&mut state, "save", &[("title", title), ("body", "one")])
        .await?;
    newest(db).await
}

/// Edits the newest memo.
async fn edit(client: &Client, db: &Db, form: &[(&str, &str)]) -> Result {
    let mut state = MemosState::default();
    let args = format!("[{}]", newest(db).await?.id);
    client.call(&mut state, "start_edit", &args).await?;
    client.submit(&mut state, "save", form).await?;
    assert!(state.field_errors.is_empty(), "{:?}", state.field_errors);
    Ok(())
}

async fn entries(client: &Client, id: i64) -> Result<Vec<HistoryEntry>> {
    let mut state = MemosState::default();
    state.orm(&client.cx()).history(id).await
}

fn undo_of(entry: &HistoryEntry) -> String {
    format!("[{}]", entry.id)
}

/// Each way to write a row leaves one entry with who, when, what; nothing where nothing changed.
pub async fn every_write(db: &Db) -> Result {
    let ann = Client::of(db, CurrentUser::new(1, "ann"));
    let before = chrono::Utc::now() - chrono::TimeDelta::seconds(1);
    let row = add(&ann, db, "Milk").await?;
    let entry = last(db).await?;
    assert_eq!(
        (
            &*entry.table_name,
            &*entry.row_key,
            &*entry.action,
            entry.undoes
        ),
        ("memo", &*row.id.to_string(), "create", None)
    );
    assert_eq!(
        (entry.user_key.as_deref(), &*entry.user_name),
        (Some("1"), "ann")
    );
    assert!(entry.at >= before && entry.at <= chrono::Utc::now());
    let found = changes(&entry)?;
    assert_eq!(found["title"], json!([null, "Milk"]));
    assert!(found.get("updated_at").is_none() && found.get("version").is_none());

    edit(
        &ann,
        db,
        &[("title", "Bread"), ("pin", "1234"), ("due", "2026-03-29")],
    )
    .await?;
    let entry = last(db).await?;
    let expected = json!({"title": ["Milk", "Bread"], "pin": null, "due": [null, "2026-03-29"]});
    assert_eq!((&*entry.action, changes(&entry)?), ("update", expected));
    let count = recorded(db).await?.len();
    edit(&ann, db, &[("title", "Bread")]).await?;
    assert_eq!(recorded(db).await?.len(), count, "nothing changed");

    Ok(())
}

/// So do the writes over a conflict, of server code and of a file, and deletions.
pub async fn other_writes(db: &Db) -> Result {
    let ann = Client::of(db, CurrentUser::new(1, "ann"));
    let row = add(&ann, db, "Bread").await?;
    let count = recorded(db).await?.len();
    // over what somebody else changed
    let mut state = MemosState::default();
    let args = format!("[{}]", row.id);
    ann.call(&mut state, "start_edit", &args).await?;
    let mut plain = PlainState::default();
    ann.call(&mut plain, "start_edit", &args).await?;
    ann.submit(&mut plain, "save", &[("title", "Rye")]).await?;
    assert_eq!(
        changes(&last(db).await?)?,
        json!({"title": ["Bread", "Rye"]})
    );
    ann.submit(&mut state, "save", &[("title", "Oats")]).await?;
    assert_eq!(
        recorded(db).await?.len(),
        count + 1,
        "a conflict writes nothing"
    );
    ann.call(&mut state, "keep_mine", "[]").await?;
    assert_eq!(
        changes(&last(db).await?)?,
        json!({"title": ["Rye", "Oats"]})
    );

    // from server code, and from a file
    let cx = ann.cx();
    state.orm(&cx).load(row.id).await?;
    "Ham".clone_into(&mut state.title);
    state.orm(&cx).save().await?;
    assert_eq!(
        changes(&last(db).await?)?,
        json!({"title": ["Oats", "Ham"]})
    );
    let count = recorded(db).await?.len();
    let file = format!("id,title\r\n{},Tea\r\n,Coffee\r\n", row.id);
    send(&ann, &mut state, &file).await?;
    assert_eq!(recorded(db).await?.len(), count, "a check writes nothing");
    let token = state.import_report().map(|report| report.token.clone());
    confirm(&ann, &mut state, &token.unwrap_or_default()).await?;
    let all = recorded(db).await?;
    let new: Vec<_> = all[count..].iter().map(|entry| &*entry.action).collect();
    assert_eq!(new, ["update", "create"]);
    assert_eq!(changes(&all[count])?, json!({"title": ["Ham", "Tea"]}));

    state.orm(&cx).delete(row.id).await?;
    let entry = last(db).await?;
    assert_eq!(
        (&*entry.action, &*entry.row_key),
        ("delete", &*row.id.to_string())
    );
    let found = changes(&entry)?;
    assert_eq!(
        (&found["title"], &found["pin"]),
        (&json!(["Tea", null]), &json!(null))
    );
    assert!(found.get("created_at").is_some() && found.get("version").is_some());

    Ok(())
}

/// Several rows at once have an entry each; models that are not opted in have none.
pub async fn many_writes(db: &Db) -> Result {
    let ann = Client::of(db, CurrentUser::new(1, "ann"));
    let mut state = MemosState::default();
    // several at once, each in the history
    let ids = [
        add(&ann, db, "One").await?.id,
        add(&ann, db, "Two").await?.id,
    ];
    let count = recorded(db).await?.len();
    for id in ids {
        ann.call(&mut state, "toggle_row", &format!("[{id},true]"))
            .await?;
    }
    ann.call(&mut state, "delete_selected", "[]").await?;
    let all = recorded(db).await?;
    let gone: Vec<_> = all[count..]
        .iter()
        .map(|entry| (&*entry.action, &*entry.row_key))
        .collect();
    let ids = ids.map(|id| id.to_string());
    assert_eq!(gone, [("delete", &*ids[0]), ("delete", &*ids[1])]);

    // not opted in
    let count = recorded(db).await?.len();
    let mut notes = NotesState::default();
    let form = [("title", "x"), ("user_id", "1"), ("priority", "1")];
    ann.submit(&mut notes, "save", &form).await?;
    assert!(notes.field_errors.is_empty());
    assert_eq!(recorded(db).await?.len(), count);
    // nobody in particular
    let mut tags = TagsState::default();
    let nobody = Client::anonymous(db);
    nobody
        .submit(&mut tags, "save", &[("code", "a"), ("name", "A")])
        .await?;
    let entry = last(db).await?;
    assert_eq!((entry.user_key, &*entry.user_name), (None, ""));
    Ok(())
}

/// Own code says what it writes, in its own transaction.
pub async fn own_code(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let row = add(&ann, db, "Milk").await?;
    let cx = ann.cx();
    let after = transaction(&cx, async |cx| {
        let mut new = row.clone().into_active_model();
        new.title = Set("Bread".to_owned());
        let after = new.update(&cx.db()?).await?;
        cx.record_change(Some(&row), Some(&after)).await?;
        Ok(after)
    })
    .await?;
    assert_eq!(
        changes(&last(db).await?)?,
        json!({"title": ["Milk", "Bread"]})
    );
    let count = recorded(db).await?.len();
    cx.record_change(Some(&after), Some(&after)).await?;
    cx.record_change::<memo::Model>(None, None).await?;
    let failed: Result = transaction(&cx, async |cx| {
        cx.record_change(Some(&after), None).await?;
        Err(Error::Denied)
    })
    .await;
    assert!(failed.is_err());
    assert_eq!(recorded(db).await?.len(), count);
    // it is undone as any other
    let mut state = MemosState::default();
    let undo = format!("[{}]", last(db).await?.id);
    ann.call(&mut state, "undo_history", &undo).await?;
    assert_eq!(newest(db).await?.title, "Milk");
    Ok(())
}

/// One statement more with a history, none without.
pub async fn statements(db: &Db) -> Result {
    let count = SqlCount::new(db);
    let ann = Client::new(&count.db(), 1);
    let written = |form: &'static [(&'static str, &'static str)]| {
        let (ann, count) = (&ann, &count);
        async move {
            let _ = count.take();
            ann.submit(&mut PlainState::default(), "save", form).await?;
            let all = count.take();
            let own = all.iter().filter(|sql| sql.contains("rdj_history"));
            Ok::<_, Error>((all.len(), own.count()))
        }
    };
    let (all, own) = written(&[("title", "Milk"), ("user_id", "1")]).await?;
    assert_eq!(own, 1);
    let _ = count.take();
    let form = [("title", "Milk"), ("user_id", "1"), ("priority", "1")];
    ann.submit(&mut NotesState::default(), "save", &form)
        .await?;
    let without = count.take();
    assert!(
        !without.iter().any(|sql| sql.contains("rdj_history")),
        "{without:?}"
    );
    // the title of a memo is looked up, for it is unique
    assert_eq!(all, without.len() + 2, "{without:?}");
    Ok(())
}

/// What is rolled back leaves no entry.
pub async fn rollbacks(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    add(&ann, db, "Kept").await?;
    let count = recorded(db).await?.len();
    let mut state = MemosState::default();
    ann.submit(&mut state, "save", &[("title", "late failure")])
        .await?;
    assert_eq!(&*state.error.text(), "It failed late.");
    let id = newest(db).await?.id;
    let args = format!("[{id}]");
    let mut state = MemosState::default();
    ann.call(&mut state, "start_edit", &args).await?;
    ann.submit(&mut state, "save", &[("title", "late failure")])
        .await?;
    ann.call(&mut state, "delete", &args).await?;
    assert_eq!(newest(db).await?.title, "Kept");
    // a file with an error in its last line
    send(&ann, &mut state, "title\r\nTea\r\nKept\r\n").await?;
    assert_eq!(recorded(db).await?.len(), count);
    Ok(())
}

fn is_not_found<T: std::fmt::Debug>(done: &Result<T>) {
    assert!(matches!(done, Err(Error::NotFound)), "{done:?}");
}
