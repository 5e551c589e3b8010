//! Undoing an entry of the history, by the pipeline of every other write.

use rdj_runtime::{
    Cx, Error, Result,
    form::FieldErrors,
    i18n::{text, text_with},
};
use sea_orm::{ActiveModelBehavior, ModelTrait};

use super::{
    Stop,
    action::{begin, end},
    clear_form,
    delete::{delete_row, used},
    revive::{as_it_was, recorded},
    save::{change, refusals},
    write::{fill, insert, valid},
};
use crate::{
    backend::enter,
    db::{CxDb, Transaction},
    field::Linked,
    history::{HistoryAction, HistoryEntry, by_id, life, links_of, typed},
    hooks::Action,
    model::{CrudModel, key_text, parse_key},
    pipeline::{authorize, find, forbidden, load_links, merge, seen, validate},
    state::{Active, Conflict, Key, ModelState, Row, Told},
    words,
};

/// Undoes an entry: writes the old values, deletes a row that was made, or makes one that was deleted
/// again. The form stays as it is.
pub(crate) async fn undo<S: ModelState>(state: &mut S, cx: &Cx, id: i64) -> Result {
    let cx = &*enter::<S>(cx)?;
    let found = by_id::<S::Entity>(&cx.db()?, id).await?;
    let (key, entry) = found.ok_or(Error::NotFound)?;
    let key: Key<S> = parse_key(&key).ok_or(Error::NotFound)?;
    let action = match entry.action {
        HistoryAction::Create => Action::Delete,
        HistoryAction::Update => Action::Update,
        HistoryAction::Delete => Action::Create,
    };
    let kept = Kept::of(state);
    let done = match begin(state, cx, action).await {
        Ok(()) => in_transaction(state, cx, &key, &entry).await,
        Err(error) => Err(error),
    };
    kept.give_back(state);
    let Some(row) = end(state, cx, action, done).await? else {
        return Ok(());
    };
    if state.core().editing_id.as_ref() == Some(&key) {
        follow(state, cx, row).await?;
    }
    cx.messages()
        .success(words::about::<S::Entity>("rdj-history-undone"));
    Ok(())
}

/// The form of the row that was undone takes over what the user has not changed in it.
async fn follow<S: ModelState>(state: &mut S, cx: &Cx, row: Option<Row<S>>) -> Result {
    let Some(row) = row else {
        clear_form(state);
        return Ok(());
    };
    if merge(state, &row).is_none() {
        load_links(state, cx, &row).await?;
        state.core_mut().remember(Some(row));
    }
    Ok(())
}

async fn in_transaction<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    key: &Key<S>,
    entry: &HistoryEntry,
) -> Result<Option<Row<S>>> {
    let transaction = Transaction::begin(cx).await?;
    let inside = transaction.cx().clone();
    state.core_mut().undoes = Some(entry.id);
    let done = inside
        .clone()
        .scope_boxed(Box::pin(write(state, &inside, key, entry)))
        .await;
    let done = transaction.finish(done).await;
    state.core_mut().undoes = None;
    let stop = match done {
        Ok(row) => return Ok(row),
        Err(Stop::Failed(error)) if entry.action == HistoryAction::Create => {
            return Err(used::<S>(error));
        }
        Err(stop) => stop,
    };
    let errors: FieldErrors = refusals::<S>(cx, stop).await?;
    Err(Error::invalid(words::all_errors::<S::Entity>(&errors)))
}

async fn write<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    key: &Key<S>,
    entry: &HistoryEntry,
) -> Result<Option<Row<S>>, Stop> {
    match entry.action {
        HistoryAction::Update => restore(state, cx, key, entry).await.map(Some),
        HistoryAction::Delete => revive(state, cx, key, entry).await.map(Some),
        HistoryAction::Create => {
            authorize(state, cx, Action::Delete).await?;
            let row = find(state, cx, Action::Delete, key).await?;
            belongs::<S>(cx, key, entry, true).await?;
            unchanged::<S>(&row, entry)?;
            delete_row(state, cx, &row).await?;
            Ok(None)
        }
    }
}

/// Whether an entry is one of the row that has the key now: another row may have had it before.
async fn belongs<S: ModelState>(
    cx: &Cx,
    key: &Key<S>,
    entry: &HistoryEntry,
    exists: bool,
) -> Result {
    let entries = life::<S::Entity>(&cx.db()?, &key_text(key), exists).await?;
    let is_it = |other: &HistoryEntry| other.id == entry.id;
    entries
        .iter()
        .any(is_it)
        .then_some(())
        .ok_or(Error::NotFound)
}

/// Refuses to delete a row that was changed since it was made.
fn unchanged<S: ModelState>(row: &Row<S>, entry: &HistoryEntry) -> Result {
    let mut conflicts = Vec::new();
    for meta in S::Entity::FIELDS {
        let Some(column) = S::Entity::column(meta.name) else {
            continue;
        };
        if meta.auto_now || meta.version || meta.secret {
            continue;
        }
        let mut changes = entry.changes.iter();
        let change = changes.find(|change| change.column == meta.name);
        let made = match change.map(|change| &change.values) {
            Some(Some((_, new))) => typed::<S::Entity>(new, column),
            Some(None) => continue,
            None => Some(row.get(column).as_null()),
        };
        if made.is_some_and(|made| made != row.get(column)) {
            conflicts.push(words::field::<S::Entity>(meta).into_owned());
        }
    }
    no_conflict(&conflicts)
}

/// Refuses to write over what was changed since.
fn no_conflict(changed: &[String]) -> Result {
    if changed.is_empty() {
        return Ok(());
    }
    let fields = ("fields", changed.join(", ").into());
    Err(Error::Conflict(text_with(
        "rdj-history-conflict",
        &[fields],
    )))
}

/// Writes the old values of the fields of the form.
async fn restore<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    key: &Key<S>,
    entry: &HistoryEntry,
) -> Result<Row<S>, Stop> {
    authorize(state, cx, Action::Update).await?;
    let row = find(state, cx, Action::Update, key).await?;
    belongs::<S>(cx, key, entry, true).await?;
    let (old, mut changes) = before::<S>(&row, entry)?;
    take_row(state, &old);
    load_links(state, cx, &row).await?;
    changes |= take_links(state, cx, entry).await?;
    if !changes {
        return Err(Error::Conflict(text("rdj-history-nothing")).into());
    }
    let core = state.core_mut();
    core.base = Some(row.clone());
    core.writing = Some(key.clone());
    change(state, cx, row, &[]).await
}

/// The row with the values before an entry, and whether there are any.
fn before<S: ModelState>(row: &Row<S>, entry: &HistoryEntry) -> Result<(Row<S>, bool)> {
    let (mut old, mut changes, mut conflicts) = (row.clone(), false, Vec::new());
    for field in S::FIELDS.iter().filter(|field| field.many.is_none()) {
        let meta = &field.meta;
        let mut all = entry.changes.iter();
        let change = all.find(|change| change.column == meta.name);
        let values = change.and_then(|change| change.values.as_ref());
        let (Some((was, became)), Some(column)) = (values, S::Entity::column(meta.name)) else {
            continue;
        };
        let (was, now) = (typed::<S::Entity>(was, column), row.get(column));
        let Some(was) = was.filter(|was| *was != now) else {
            continue;
        };
        if typed::<S::Entity>(became, column) != Some(now) {
            conflicts.push(words::field::<S::Entity>(meta).into_owned());
            continue;
        }
        old.try_set(column, was).map_err(Error::from)?;
        changes = true;
    }
    no_conflict(&conflicts)?;
    Ok((old, changes))
}

/// Fills the form with a row.
fn take_row<S: ModelState>(state: &mut S, row: &Row<S>) {
    for field in S::FIELDS {
        field.fill(state, row);
    }
}

/// Links again what an entry took away, and the other way round, as far as it exists for the user; what
/// others linked since stays.
async fn take_links<S: ModelState>(state: &mut S, cx: &Cx, entry: &HistoryEntry) -> Result<bool> {
    let mut changes = false;
    for field in S::FIELDS {
        let Some(many) = &field.many else { continue };
        let mut all = entry.changes.iter();
        let change = all.find(|change| change.column == field.meta.name);
        let Some((removed, added)) = change.and_then(links_of) else {
            continue;
        };
        let held = (many.keys)(state);
        let has = |keys: &[Linked], text: &str| keys.iter().any(|(key, _)| key == text);
        let missing: Vec<String> = removed.into_iter().filter(|key| !has(&held, key)).collect();
        let untyped = |text: String| (text, sea_orm::Value::Bool(None));
        (many.set)(state, &missing.into_iter().map(untyped).collect::<Vec<_>>());
        let missing = (many.keys)(state);
        let missing = seen(state, cx, field, missing).await?;
        let mut wanted = held.clone();
        wanted.retain(|(text, _)| !added.contains(text));
        wanted.extend(missing);
        changes |= wanted.len() != held.len() || wanted.iter().any(|(key, _)| !has(&held, key));
        (many.set)(state, &wanted);
        field.settle(state);
    }
    Ok(changes)
}

/// Makes a deleted row again, with its key.
async fn revive<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    key: &Key<S>,
    entry: &HistoryEntry,
) -> Result<Row<S>, Stop> {
    authorize(state, cx, Action::Create).await?;
    belongs::<S>(cx, key, entry, false).await?;
    let row = as_it_was(state, cx, entry, Action::Update).await?;
    take_row(state, &row);
    for field in S::FIELDS {
        if let Some(many) = &field.many {
            (many.set)(state, &[]);
        }
    }
    take_links(state, cx, entry).await?;
    let core = state.core_mut();
    core.base = None;
    core.writing = None;
    valid(validate(state, cx).await?)?;
    let mut empty = <Active<S> as ActiveModelBehavior>::new();
    for field in S::FIELDS {
        field.store_new(&mut empty);
    }
    let mut new: Active<S> = recorded::<S>(entry)?;
    fill(state, &mut new);
    valid(forbidden::<S>(cx, &empty, &new))?;
    S::Entity::touch(&mut new, true);
    let row = insert(state, cx, new, &[]).await?;
    // hooks have written it: it has to be one of the user's still
    find(state, cx, Action::Update, &S::Entity::key(&row)).await?;
    Ok(row)
}

/// What an undo uses and gives back: the form, and what it knows of its row.
struct Kept<S: ModelState> {
    typed: Vec<String>,
    field_errors: FieldErrors,
    editing_id: Option<Key<S>>,
    base: Option<Row<S>>,
    conflict: Option<Conflict<S::Entity>>,
    told: Told,
    reopened: bool,
}

impl<S: ModelState> Kept<S> {
    fn of(state: &mut S) -> Self {
        let typed = S::FIELDS.iter().map(|field| field.shown(state)).collect();
        let core = state.core_mut();
        Self {
            typed,
            field_errors: core.field_errors.clone(),
            editing_id: core.editing_id.clone(),
            base: core.base.take(),
            conflict: core.conflict.take(),
            told: core.told.clone(),
            reopened: core.reopened,
        }
    }

    fn give_back(self, state: &mut S) {
        for field in S::FIELDS {
            match &self.base {
                // with all that a text does not say, such as parts of seconds
                Some(row) => field.fill(state, row),
                None => field.reset(state),
            }
        }
        for (field, typed) in S::FIELDS.iter().zip(&self.typed) {
            field.take(state, typed);
        }
        let core = state.core_mut();
        core.field_errors = self.field_errors;
        core.editing_id = self.editing_id;
        core.base = self.base;
        core.conflict = self.conflict;
        core.told = self.told;
        core.reopened = self.reopened;
    }
}
