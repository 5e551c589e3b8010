//! States whose rows are elsewhere, or are read and written in another way.

use rdj::{
    backend::{CrudBackend, ListQuery},
    orm::{
        Db, OrmApi,
        hooks::Page,
        sea_orm::{
            ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel,
            QueryFilter, Select,
        },
        transaction,
    },
    prelude::*,
};

use super::files::file;
use crate::{
    models::note,
    orm::{Beside, Client, memory},
};

/// Notes what it is asked for, and does as the default does.
#[derive(Clone, Copy, Debug, Default)]
pub struct Recording;

fn beside(cx: &Cx) -> Result<&Beside> {
    cx.resource()
}

impl CrudBackend<note::Entity> for Recording {
    async fn list(&self, cx: &Cx, list: ListQuery<'_, note::Entity>) -> Result<Page<note::Entity>> {
        beside(cx)?.note("list");
        list.load().await
    }

    async fn retrieve(&self, cx: &Cx, query: Select<note::Entity>) -> Result<Option<note::Model>> {
        beside(cx)?.note("retrieve");
        Ok(query.one(&cx.db()?).await?)
    }

    async fn create(&self, cx: &Cx, new: note::ActiveModel) -> Result<note::Model> {
        beside(cx)?.note("create");
        Ok(new.insert(&cx.db()?).await?)
    }

    async fn update(&self, cx: &Cx, key: &i64, row: note::ActiveModel) -> Result<note::Model> {
        beside(cx)?.note("update");
        assert_eq!(row.id.as_ref(), key);
        Ok(row.update(&cx.db()?).await?)
    }

    async fn delete(&self, cx: &Cx, row: note::Model) -> Result {
        beside(cx)?.note("delete");
        row.into_active_model().delete(&cx.db()?).await?;
        Ok(())
    }
}

/// Notes with a record of what was done.
#[model_state(
    model = note::Entity,
    fields(title, priority),
    backend = Recording,
    owner_field = user_id,
    bulk_actions(delete_selected),
)]
#[derive(Debug)]
pub struct RecordedState;

/// Each action goes through the backend, and what it gets is in the scope of the user (W8).
pub async fn w8_a_backend_sees_every_action(db: &Db) -> Result {
    let (ann, bob) = (Client::new(db, 1), Client::new(db, 2));
    let mut notes = RecordedState::default();
    ann.load(&mut notes).await?;
    assert_eq!(ann.beside.take(), "list");
    let form = [("title", "Milk"), ("priority", "1")];
    ann.submit(&mut notes, "save", &form).await?;
    assert_eq!(ann.beside.take(), "create, list");
    let id = notes.data[0].id;
    let args = format!("[{id}]");
    ann.call(&mut notes, "start_edit", &args).await?;
    assert_eq!(ann.beside.take(), "retrieve");
    ann.submit(&mut notes, "save", &[("title", "Oat milk")])
        .await?;
    assert_eq!(ann.beside.take(), "retrieve, update, list");
    assert_eq!(notes.data[0].title, "Oat milk");

    let mut theirs = RecordedState::default();
    let refused = bob.call(&mut theirs, "delete", &args).await;
    assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    assert_eq!(bob.beside.take(), "retrieve, list", "no row came out");
    ann.call(&mut notes, "delete", &args).await?;
    assert_eq!(ann.beside.take(), "retrieve, delete, list");
    for title in ["Milk", "Bread"] {
        let form = [("title", title), ("priority", "1")];
        ann.submit(&mut notes, "save", &form).await?;
    }
    let _ = ann.beside.take();
    ann.call(&mut notes, "select_all", "[true]").await?;
    ann.call(&mut notes, "delete_selected", "[]").await?;
    assert_eq!(ann.beside.take(), "delete, delete, list");
    assert!(note::Entity::find().one(db).await?.is_none());

    let named = RecordedState::options().backend;
    assert!(named.ends_with("Recording"), "{named}");
    let named = super::notes::NotesState::options().backend;
    assert!(named.ends_with("SeaOrmBackend"), "{named}");
    Ok(())
}

/// Rows are withdrawn in place of being deleted, and are gone for everybody.
#[derive(Clone, Copy, Debug, Default)]
pub struct Withdrawing;

impl CrudBackend<note::Entity> for Withdrawing {
    fn scope(&self, _: &Cx, query: Select<note::Entity>) -> Result<Select<note::Entity>> {
        Ok(query.filter(note::Column::Priority.gte(0)))
    }

    async fn delete(&self, cx: &Cx, row: note::Model) -> Result {
        let mut row = row.into_active_model();
        row.priority = Set(-1);
        row.update(&cx.db()?).await?;
        Ok(())
    }
}

/// Notes that can be withdrawn, under the other name of the option.
#[model_state(
    model = note::Entity,
    fields(title),
    paginate_by = 5,
    export(title),
    bulk_actions(delete_selected),
    backend_class = Withdrawing,
)]
#[derive(Debug)]
pub struct WithdrawnState;

impl WithdrawnHooks for WithdrawnState {
    async fn get_queryset(&self, _: &Cx) -> Result<Select<note::Entity>> {
        Ok(note::Entity::find())
    }

    /// A query of its own: what the backend adds stands behind it.
    fn get_ordering(&self, _: &Cx, _: Select<note::Entity>) -> Select<note::Entity> {
        note::Entity::find()
    }
}

/// A soft delete: the row is in the table and nowhere else.
pub async fn rows_that_are_withdrawn(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    for title in ["Milk", "Bread"] {
        super::notes::add(&ann, title).await?;
    }
    let mut notes = WithdrawnState::default();
    ann.load(&mut notes).await?;
    let gone = notes.data.iter().find(|row| row.title == "Milk");
    let gone = gone.ok_or(Error::NotFound)?.id;
    let args = format!("[{gone}]");
    ann.call(&mut notes, "delete", &args).await?;
    assert_eq!((notes.data.len(), notes.total_count), (1, 1));
    let row = note::Entity::find_by_id(gone).one(db).await?;
    assert_eq!(row.map(|row| row.priority), Some(-1));
    for event in ["delete", "start_edit"] {
        let refused = ann.call(&mut notes, event, &args).await;
        assert!(
            matches!(refused, Err(Error::NotFound)),
            "{event}: {refused:?}"
        );
    }
    notes.editing_id = Some(gone);
    let refused = ann.submit(&mut notes, "save", &[("title", "Oats")]).await;
    assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    assert_eq!(file(&ann, &mut notes, "csv").await?, "title\r\nBread\r\n");
    notes.selected = vec![gone];
    let said = ann.call(&mut notes, "delete_selected", "[]").await?;
    assert_eq!(said.len(), 1, "nothing was deleted: {said:?}");
    ann.call(&mut notes, "select_all", "[true]").await?;
    ann.call(&mut notes, "delete_selected", "[]").await?;
    assert!(notes.data.is_empty(), "the other one is withdrawn too");
    assert_eq!(note::Entity::find().all(db).await?.len(), 2);
    Ok(())
}

/// Rows in another database.
#[derive(Clone, Copy, Debug, Default)]
pub struct Elsewhere;

impl CrudBackend<note::Entity> for Elsewhere {
    fn database(&self, cx: &Cx) -> Result<Option<Db>> {
        Ok(beside(cx)?.db.clone())
    }
}

/// Notes of another database.
#[model_state(
    model = note::Entity,
    fields(title, priority),
    backend = Elsewhere,
    owner_field = user_id,
    search_fields(title),
    export(title),
)]
#[derive(Debug)]
pub struct ElsewhereState {
    /// Whether hooks were in a transaction.
    pub inside: Vec<bool>,
}

impl ElsewhereHooks for ElsewhereState {
    async fn on_save_success(&mut self, cx: &Cx, row: &note::Model) -> Result {
        let db = rdj::current_cx()?.db()?;
        self.inside.push(db.pool().is_none());
        if note::Entity::find_by_id(row.id).one(&db).await?.is_none() {
            return Err(Error::invalid("It is not there."));
        }
        if row.title == "two" {
            // an action inside of this one: there is one connection, so it takes the same transaction
            let mut inner = ElsewhereState::default();
            inner.orm(cx).load(row.id).await?;
            "inner".clone_into(&mut inner.title);
            inner.orm(cx).create().await?;
        }
        if row.title == "late" {
            return Err(Error::invalid("It failed late."));
        }
        Ok(())
    }
}

async fn titles(db: &Db) -> Result<Vec<String>> {
    let mut all: Vec<_> = note::Entity::find().all(db).await?;
    all.sort_by_key(|row| row.id);
    Ok(all.into_iter().map(|row| row.title).collect())
}

/// Lists, forms, transactions and files of a state over another database.
pub async fn another_database(db: &Db) -> Result {
    let other = memory().await?;
    let mut ann = Client::new(db, 1);
    ann.beside.db = Some(other.clone());
    let mut notes = ElsewhereState::default();
    for title in ["one", "two", "late"] {
        let form = [("title", title), ("priority", "1")];
        ann.submit(&mut notes, "save", &form).await?;
    }
    assert_eq!(notes.error, "It failed late.");
    assert_eq!(notes.inside, [true; 3]);
    assert_eq!(titles(&other).await?, ["one", "two", "inner"]);
    assert!(titles(db).await?.is_empty(), "nothing is written here");

    ann.load(&mut notes).await?;
    ann.call(&mut notes, "set_search", "[\"one\"]").await?;
    assert_eq!(notes.data.len(), 1);
    assert_eq!(file(&ann, &mut notes, "csv").await?.lines().count(), 2);
    let args = format!("[{}]", notes.data[0].id);
    ann.call(&mut notes, "start_edit", &args).await?;
    ann.submit(&mut notes, "save", &[("title", "one more")])
        .await?;
    ann.call(&mut notes, "delete", &args).await?;
    ann.call(&mut notes, "clear_search", "[]").await?;
    assert_eq!(titles(&other).await?, ["two", "inner"]);

    let two = notes.data.iter().find(|row| row.title == "two");
    let two = two.ok_or(Error::NotFound)?.id;
    // a transaction of the application is one in its own database
    let cx = ann.cx();
    let undone = transaction(&cx, async |cx| -> Result {
        super::notes::NotesState::default()
            .orm(&cx)
            .refresh()
            .await?;
        let mut notes = ElsewhereState::default();
        notes.orm(&cx).load(two).await?;
        "three".clone_into(&mut notes.title);
        notes.orm(&cx).create().await?;
        Err(Error::Denied)
    });
    assert!(Box::pin(undone).await.is_err());
    assert_eq!(titles(&other).await?, ["two", "inner", "three"]);
    Ok(())
}

/// Lists are read from a copy.
#[derive(Clone, Copy, Debug, Default)]
pub struct Copied;

impl CrudBackend<note::Entity> for Copied {
    fn replica(&self, cx: &Cx) -> Result<Option<Db>> {
        Ok(beside(cx)?.db.clone())
    }
}

/// Notes that are read from a copy.
#[model_state(
    model = note::Entity,
    fields(title, priority),
    backend = Copied,
    owner_field = user_id,
    search_fields(title),
    export(title),
)]
#[derive(Debug)]
pub struct CopiedState;

/// Lists and files come from the copy, rows of actions and lists after a change do not.
pub async fn a_replica(db: &Db) -> Result {
    let copy = memory().await?;
    let mut ann = Client::new(db, 1);
    ann.beside.db = Some(copy.clone());
    super::notes::add(&Client::new(&copy, 1), "old").await?;
    let mut notes = CopiedState::default();
    ann.load(&mut notes).await?;
    assert_eq!(notes.data[0].title, "old");

    let form = [("title", "new"), ("priority", "1")];
    ann.submit(&mut notes, "save", &form).await?;
    let shown = |notes: &CopiedState| -> Vec<String> {
        notes.data.iter().map(|row| row.title.clone()).collect()
    };
    assert_eq!(shown(&notes), ["new"], "whoever saved a row sees it");
    let args = format!("[{}]", notes.data[0].id);
    ann.call(&mut notes, "start_edit", &args).await?;
    assert_eq!(notes.title, "new", "a form is that of the row as it is");
    ann.call(&mut notes, "refresh", "[]").await?;
    assert_eq!(shown(&notes), ["new"]);
    ann.call(&mut notes, "set_search", "[\"\"]").await?;
    assert_eq!(shown(&notes), ["old"]);
    assert_eq!(file(&ann, &mut notes, "csv").await?, "title\r\nold\r\n");
    let inside: Result = transaction(&ann.cx(), async |cx| {
        notes.orm(&cx).clear_filter().await?;
        assert_eq!(shown(&notes), ["new"], "a transaction reads what it wrote");
        Ok(())
    })
    .await;
    inside
}
