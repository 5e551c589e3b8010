//! Rows that others change at the same time, and constraints that are checked by the commit.

use std::time::Duration;

use rdj::{
    orm::{
        Db, Transaction,
        sea_orm::{
            ActiveModelTrait,
            ActiveValue::{NotSet, Set},
            ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel,
        },
    },
    prelude::*,
};
use tokio::{task::JoinHandle, time::sleep};

use super::files::{confirm, import_all, send};
use crate::{
    models::{artist, note},
    orm::Client,
};

/// Long enough for a statement that does not wait.
const SHORT: Duration = Duration::from_millis(150);

/// Notes of the signed-in user.
#[model_state(
    model = note::Entity,
    fields(title, priority),
    owner_field = user_id,
    bulk_actions(delete_selected),
    import,
)]
#[derive(Debug)]
pub struct HandsState {
    /// Where somebody else writes.
    pub other: Option<Db>,
    /// What somebody else is doing.
    pub meanwhile: Option<JoinHandle<Result>>,
}

impl HandsHooks for HandsState {
    /// Somebody else gives the row away while it is being saved.
    async fn before_save(&mut self, _: &Cx, row: &mut note::ActiveModel, _: bool) -> Result {
        let Some(other) = self.other.take() else {
            return Ok(());
        };
        let task = tokio::spawn(give_away(other, *row.id.as_ref()));
        sleep(SHORT).await;
        assert!(!task.is_finished(), "the row is locked");
        self.meanwhile = Some(task);
        Ok(())
    }
}

async fn give_away(db: Db, id: i64) -> Result {
    let row = note::Entity::find_by_id(id).one(&db).await?;
    let mut row = row.ok_or(Error::NotFound)?.into_active_model();
    row.user_id = Set(2);
    row.update(&db).await?;
    Ok(())
}

/// A row that goes to another owner while a save or a deletion of it begins is not there for it; one that
/// is being saved goes after the save.
pub async fn a_row_that_changes_hands_is_not_written(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let id = super::notes::add(&ann, "Milk").await?;
    for event in ["save", "delete", "delete_selected", "select_all"] {
        let mut notes = HandsState::default();
        ann.call(&mut notes, "start_edit", &format!("[{id}]"))
            .await?;
        let transaction = Transaction::begin(&ann.cx()).await?;
        give_away(transaction.cx().db()?, id).await?;
        let client = ann.clone();
        let task: JoinHandle<Result> = tokio::spawn(async move {
            if event == "save" {
                let form = [("title", "Mine"), ("priority", "3")];
                client.submit(&mut notes, "save", &form).await?;
                return Ok(());
            }
            if event == "delete" {
                let args = format!("[{id}]");
                return client.call(&mut notes, event, &args).await.map(drop);
            }
            notes.selected = vec![id];
            notes.all_selected = event == "select_all";
            client.call(&mut notes, "delete_selected", "[]").await?;
            Ok(())
        });
        sleep(SHORT).await;
        assert!(!task.is_finished(), "{event} waits for the row");
        transaction.finish(Ok::<_, Error>(())).await?;
        let refused = task.await?;
        let is_told = match event {
            "save" | "delete" => matches!(refused, Err(Error::NotFound)),
            _ => refused.is_ok(),
        };
        assert!(is_told, "{event}: {refused:?}");
        let row = note::Entity::find_by_id(id).one(db).await?;
        let mut row = row.ok_or(Error::NotFound)?.into_active_model();
        assert_eq!(
            (row.title.as_ref().as_str(), *row.user_id.as_ref()),
            ("Milk", 2)
        );
        row.user_id = Set(1);
        row.update(db).await?;
    }
    let mut notes = HandsState::default();
    let args = format!("[{id}]");
    ann.call(&mut notes, "start_edit", &args).await?;
    notes.other = Some(db.clone());
    ann.submit(&mut notes, "save", &[("title", "Oats")]).await?;
    let task = notes.meanwhile.take().ok_or(Error::NotFound)?;
    task.await??;
    let row = note::Entity::find_by_id(id).one(db).await?;
    let row = row.ok_or(Error::NotFound)?;
    assert_eq!((&*row.title, row.user_id), ("Oats", 2));
    Ok(())
}

/// Notes whose priority refers to an artist, which is checked by the commit.
async fn defer(db: &Db) -> Result {
    let sql: &[&str] = match db.get_database_backend() {
        DbBackend::Postgres => &[
            "ALTER TABLE note ADD CONSTRAINT note_artist FOREIGN KEY (priority) REFERENCES artist (id) \
             DEFERRABLE INITIALLY DEFERRED",
        ],
        _ => &[
            "DROP TABLE note",
            "CREATE TABLE note (id integer PRIMARY KEY AUTOINCREMENT, user_id bigint NOT NULL, \
             title varchar NOT NULL, content text, priority integer NOT NULL REFERENCES artist (id) \
             DEFERRABLE INITIALLY DEFERRED, created_at text NOT NULL, updated_at text NOT NULL)",
        ],
    };
    for sql in sql {
        db.execute_unprepared(sql).await?;
    }
    Ok(())
}

/// Artists that notes may refer to.
#[model_state(model = artist::Entity, fields(name), bulk_actions(delete_selected))]
#[derive(Debug)]
pub struct ArtistsState;

/// What only the commit finds is told like any other constraint, and the next action goes on as usual.
/// `MariaDB` has no such constraints.
pub async fn deferred_constraints_are_told(db: &Db) -> Result {
    if db.get_database_backend() == DbBackend::MySql {
        return Ok(());
    }
    defer(db).await?;
    let new = artist::ActiveModel {
        id: NotSet,
        name: Set("Abba".to_owned()),
    };
    let artist = new.insert(db).await?.id.to_string();
    let ann = Client::new(db, 1);
    let mut notes = HandsState::default();
    let form = [("title", "Milk"), ("priority", "999")];
    ann.submit(&mut notes, "save", &form).await?;
    assert!(!notes.error.is_empty() && !notes.field_errors.is_empty());
    assert_eq!((&*notes.title, notes.data.len()), ("Milk", 0));
    if db.get_database_backend() == DbBackend::Postgres {
        assert!(notes.field_errors.get("priority").is_some());
    }
    let form = [("title", "Milk"), ("priority", artist.as_str())];
    ann.submit(&mut notes, "save", &form).await?;
    assert_eq!((notes.error.is_empty(), notes.data.len()), (true, 1));

    let mut artists = ArtistsState::default();
    let args = format!("[{artist}]");
    let messages = ann.call(&mut artists, "delete", &args).await?;
    assert!(messages[0].contains("Artist"), "{messages:?}");
    ann.load(&mut artists).await?;
    ann.call(&mut artists, "select_all", "[true]").await?;
    ann.call(&mut artists, "delete_selected", "[]").await?;
    assert!(
        artists.error.text().contains("Artist"),
        "{:?}",
        artists.error
    );
    assert!(artist::Entity::find().one(db).await?.is_some());
    let gone = note::Entity::delete_by_id(notes.data[0].id)
        .exec(db)
        .await?;
    assert_eq!(gone.rows_affected, 1);

    // a file is refused as a whole: already when it is checked, where the database can do that
    let file = format!("title,priority\nMilk,{artist}\nBread,999\n");
    let mut refused = send(&ann, &mut notes, &file).await;
    if refused.is_ok() {
        let report = notes.core().import_report().cloned().unwrap_or_default();
        refused = confirm(&ann, &mut notes, &report.token).await;
    }
    assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    assert!(note::Entity::find().one(db).await?.is_none());
    let file = format!("title,priority\nMilk,{artist}\n");
    import_all(&ann, &mut notes, &file).await?;
    assert_eq!(notes.data.len(), 1);
    Ok(())
}
