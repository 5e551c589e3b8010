//! Showing what was changed in a row.

use std::collections::BTreeMap;

use rdj_runtime::{
    Cx, Error, Result,
    dispatch::{BoxFuture, Call},
};
use sea_orm::{ModelTrait, Value};

use super::{
    action::{begin, end},
    revive::as_it_was,
};
use crate::{
    backend::enter,
    db::CxDb,
    dispatch::own,
    field::{FieldMeta, Linked},
    history::{HistoryEntry, life, links_of, typed},
    hooks::Action,
    model::{CrudModel, key_text},
    pipeline::{authorize, by_value, find, labelled},
    state::{Facts as _, Key, ModelState, Row, ShownHistory, nothing},
    words,
};

/// A row with its entries.
struct Found<R> {
    row: R,
    exists: bool,
    entries: Vec<HistoryEntry>,
}

/// The entries of a row that the user may edit.
pub(crate) async fn read_history<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    key: &Key<S>,
) -> Result<Vec<HistoryEntry>> {
    let cx = &*enter::<S>(cx)?;
    let found = found(state, cx, key).await?;
    Ok(found.map_or_else(Vec::new, |found| found.entries))
}

/// Shows the entries of a row that the user may edit.
pub(crate) async fn show_history<S: ModelState>(state: &mut S, cx: &Cx, key: &Key<S>) -> Result {
    let cx = &*enter::<S>(cx)?;
    state.core_mut().history = None;
    let Some(found) = found(state, cx, key).await? else {
        return Ok(());
    };
    let Found {
        row,
        exists,
        entries,
    } = found;
    let labels = labels(state, cx, &row, &entries).await?;
    state.core_mut().history = Some(ShownHistory {
        key: key.clone(),
        row,
        exists,
        entries,
        labels,
    });
    Ok(())
}

/// Reads the entries again that are shown, after something was written.
pub(crate) fn history_again<'a, S: ModelState>(
    state: &'a mut S,
    cx: &'a Cx,
) -> BoxFuture<'a, Result> {
    if S::HISTORY {
        Box::pin(again(state, cx))
    } else {
        nothing()
    }
}

async fn again<S: ModelState>(state: &mut S, cx: &Cx) -> Result {
    let cx = &*enter::<S>(cx)?;
    let Some(shown) = state.core_mut().history.take() else {
        return Ok(());
    };
    match show_history(state, cx, &shown.key).await {
        // what was shown stays, to be read again
        Err(error) if error.is_internal() => {
            state.core_mut().history = Some(shown);
            Err(error)
        }
        _ => Ok(()),
    }
}

/// Shows the history that the page's address asks for, as the event `show_history` does.
pub(crate) fn history_asked<'a, S: ModelState>(
    state: &'a mut S,
    cx: &'a Cx,
) -> BoxFuture<'a, Result> {
    if S::HISTORY {
        Box::pin(asked(state, cx))
    } else {
        nothing()
    }
}

async fn asked<S: ModelState>(state: &mut S, cx: &Cx) -> Result {
    const EVENT: &str = "show_history";
    let Some(key) = state.core_mut().asked_history.take() else {
        return Ok(());
    };
    let done = match own::<S>(EVENT) {
        None => show_history(state, cx, &key).await,
        // an event of a browser is checked by its page, this one comes from the address
        Some(def) => {
            let args = format!("[{}]", key_text(&key));
            let call = Call {
                event: EVENT,
                args: &args,
                form: None,
            };
            match def.facts.guard.check(cx.user().as_ref()) {
                Ok(()) => (def.run)(state, cx, call).await,
                Err(error) => Err(error),
            }
        }
    };
    match done {
        Err(error) if error.is_internal() => Err(error),
        Err(Error::NotFound) => {
            let text = words::about::<S::Entity>("rdj-not-found");
            cx.messages().warning(text);
            Ok(())
        }
        Err(error) => {
            cx.messages().error(error.public_text());
            Ok(())
        }
        Ok(()) => Ok(()),
    }
}

async fn found<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    key: &Key<S>,
) -> Result<Option<Found<Row<S>>>> {
    let done = match begin(state, cx, Action::Edit).await {
        Ok(()) => read(state, cx, key).await,
        Err(error) => Err(error),
    };
    end(state, cx, Action::Edit, done).await
}

/// A row is looked at as for editing: who may not open it in the form does not see what was in it.
async fn read<S: ModelState>(state: &mut S, cx: &Cx, key: &Key<S>) -> Result<Found<Row<S>>> {
    authorize(state, cx, Action::Edit).await?;
    let text = key_text(key);
    match find(state, cx, Action::Edit, key).await {
        Ok(row) => Ok(Found {
            row,
            exists: true,
            entries: life::<S::Entity>(&cx.db()?, &text, true).await?,
        }),
        Err(Error::NotFound) => {
            let entries = life::<S::Entity>(&cx.db()?, &text, false).await?;
            let last = entries.first().ok_or(Error::NotFound)?;
            match as_it_was(state, cx, last, Action::Edit).await {
                Ok(row) => Ok(Found {
                    row,
                    exists: false,
                    entries,
                }),
                Err(Error::Conflict(_)) => Err(Error::NotFound),
                Err(error) => Err(error),
            }
        }
        Err(error) => Err(error),
    }
}

/// The fields whose values the state shows anyway, in its form or in its list.
pub(crate) fn visible<S: ModelState>() -> impl Iterator<Item = &'static FieldMeta> {
    let fields = S::FIELDS.iter().map(|field| &field.meta);
    let columns = S::SPEC.list_display.iter().map(|column| &column.meta);
    let is_new = |meta: &&FieldMeta| S::FIELDS.iter().all(|field| field.meta.name != meta.name);
    fields.chain(columns.filter(is_new))
}

type Labels = BTreeMap<&'static str, BTreeMap<String, String>>;

/// The labels of the rows that the entries refer to, as far as they exist for the user: one query for
/// each field.
async fn labels<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    row: &Row<S>,
    entries: &[HistoryEntry],
) -> Result<Labels> {
    let mut labels = BTreeMap::new();
    for meta in visible::<S>().filter(|meta| meta.relation.is_some()) {
        let wanted = if meta.many {
            linked(state, meta, entries)
        } else {
            referred::<S>(row, meta, entries)
        };
        if wanted.is_empty() {
            continue;
        }
        let found = labelled(state, cx, meta, wanted.into_iter().collect()).await?;
        labels.insert(meta.name, by_value(found));
    }
    Ok(labels)
}

/// The values of a foreign key in the entries, by their text.
fn referred<S: ModelState>(
    row: &Row<S>,
    meta: &FieldMeta,
    entries: &[HistoryEntry],
) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    let Some(column) = S::Entity::column(meta.name) else {
        return found;
    };
    let changes = entries.iter().flat_map(|entry| &entry.changes);
    let changes = changes.filter(|change| change.column == meta.name);
    for json in changes
        .flat_map(|change| &change.values)
        .flat_map(|(old, new)| [old, new])
    {
        let mut row = row.clone();
        let value = typed::<S::Entity>(json, column);
        let Some(value) = value.filter(|_| !json.is_null()) else {
            continue;
        };
        if row.try_set(column, value.clone()).is_ok() {
            let text = S::Entity::text(&row, meta.name).unwrap_or_default();
            found.insert(text, value);
        }
    }
    found
}

/// The keys that a relation got and lost in the entries.
fn linked<S: ModelState>(
    state: &mut S,
    meta: &FieldMeta,
    entries: &[HistoryEntry],
) -> BTreeMap<String, Value> {
    let field = S::FIELDS.iter().find(|field| field.meta.name == meta.name);
    let Some(many) = field.and_then(|field| field.many.as_ref()) else {
        return BTreeMap::new();
    };
    let changes = entries.iter().flat_map(|entry| &entry.changes);
    let changes = changes.filter(|change| change.column == meta.name);
    let keys = changes
        .filter_map(links_of)
        .flat_map(|(removed, added)| [removed, added]);
    let keys: Vec<Linked> = keys
        .flatten()
        .map(|text| (text, Value::Bool(None)))
        .collect();
    // the field knows the type of its keys
    let held = (many.keys)(state);
    (many.set)(state, &keys);
    let keys = (many.keys)(state);
    (many.set)(state, &held);
    keys.into_iter().collect()
}
