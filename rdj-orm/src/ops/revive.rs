//! Deleted rows as the history has them.

use std::convert::Infallible;

use rdj_runtime::{Cx, Error, Result, i18n::text};
use sea_orm::{ActiveModelTrait, EntityTrait};
use serde_json::Value as Json;

use crate::{
    db::{CxDb, Transaction},
    history::{HistoryEntry, typed},
    hooks::Action,
    model::CrudModel,
    pipeline::{Refused, find, refused},
    state::{Active, ModelState, Row},
};

/// What is taken back in any case.
struct Back<T>(Result<T>);

impl<T> From<Error> for Back<T> {
    fn from(error: Error) -> Self {
        Self(Err(error))
    }
}

/// The row that an entry deleted, if the user may do this with it: it is put back, looked for through the
/// scope, and taken away again. A scope is a query, so nothing less can say whether a row is in it.
///
/// # Errors
///
/// [`Error::NotFound`] for a row that would not exist for the user, [`Error::Conflict`] for one that
/// cannot be put back.
pub(super) async fn as_it_was<S: ModelState>(
    state: &S,
    cx: &Cx,
    entry: &HistoryEntry,
    action: Action,
) -> Result<Row<S>> {
    let row = recorded::<S>(entry)?;
    let transaction = Transaction::begin(cx).await?;
    let inside = transaction.cx().clone();
    let found = inside
        .clone()
        .scope_boxed(Box::pin(look(state, &inside, row, action)))
        .await;
    let Err(Back(found)) = transaction.finish::<Infallible, _>(Err(Back(found))).await;
    match found {
        Err(error) if error.is_internal() => match refused::<S>(cx, error).await {
            Refused::Fields(_) => Err(Error::Conflict(text("rdj-history-taken"))),
            Refused::Other(error) => Err(error),
        },
        found => found,
    }
}

async fn look<S: ModelState>(state: &S, cx: &Cx, row: Active<S>, action: Action) -> Result<Row<S>> {
    let row = S::Entity::insert(row)
        .exec_with_returning(&cx.db()?)
        .await?;
    find(state, cx, action, &S::Entity::key(&row)).await
}

/// The row that an entry deleted, with all its columns.
pub(super) fn recorded<S: ModelState>(entry: &HistoryEntry) -> Result<Active<S>> {
    let lacking = || Error::Conflict(text("rdj-history-incomplete"));
    let mut row = <Active<S> as ActiveModelTrait>::default();
    for meta in S::Entity::FIELDS {
        let Some(column) = S::Entity::column(meta.name) else {
            continue;
        };
        let mut changes = entry.changes.iter();
        let change = changes.find(|change| change.column == meta.name);
        let value = match change.map(|change| &change.values) {
            Some(None) => return Err(lacking()),
            Some(Some((old, _))) => Some(typed::<S::Entity>(old, column).ok_or_else(lacking)?),
            // it was NULL, or the column is younger than the entry
            None => typed::<S::Entity>(&Json::Null, column).filter(|_| meta.nullable),
        };
        if let Some(value) = value {
            row.try_set(column, value)?;
        }
    }
    Ok(row)
}
