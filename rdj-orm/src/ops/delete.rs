//! Deleting a row, in one transaction.

use rdj_runtime::{Cx, Error, Result, live::ChangeKind};

use super::{
    action::{begin, end},
    clear_form,
};
use crate::{
    backend::enter,
    db::{CxChanges, Transaction},
    history::{Write, write},
    hooks::Action,
    model::{CrudModel, has_key},
    pipeline::{authorize, authorize_cascade, find, go_along, is_used, lost_links, went_along},
    state::{Key, ModelState, Row},
    words,
};

/// Deletes the row with this key.
pub(crate) async fn delete<S: ModelState>(state: &mut S, cx: &Cx, key: &Key<S>) -> Result {
    let cx = &*enter::<S>(cx)?;
    let done = match begin(state, cx, Action::Delete).await {
        Ok(()) => in_transaction(state, cx, key).await,
        Err(error) => Err(error),
    };
    let done = done.map_err(used::<S>);
    if end(state, cx, Action::Delete, done).await?.is_none() {
        return Ok(());
    }
    if state.core().editing_id.as_ref() == Some(key) {
        clear_form(state);
    }
    cx.messages()
        .success(words::about::<S::Entity>("rdj-deleted"));
    Ok(())
}

async fn in_transaction<S: ModelState>(state: &mut S, cx: &Cx, key: &Key<S>) -> Result {
    let transaction = Transaction::begin(cx).await?;
    let inside = transaction.cx();
    let work = Box::pin(remove(state, inside, key));
    let deleted = inside.clone().scope_boxed(work).await;
    transaction.finish(deleted).await
}

async fn remove<S: ModelState>(state: &mut S, cx: &Cx, key: &Key<S>) -> Result {
    authorize(state, cx, Action::Delete).await?;
    let row = find(state, cx, Action::Delete, key).await?;
    delete_row(state, cx, &row).await
}

/// Deletes a row that the user may delete, inside of the transaction that is open.
pub(crate) async fn delete_row<S: ModelState>(state: &mut S, cx: &Cx, row: &Row<S>) -> Result {
    let (hooks, key) = (S::hooks(), S::Entity::key(row));
    authorize_cascade::<S>(cx, &key).await?;
    (hooks.before_delete)(state, cx, row).await?;
    let links = lost_links::<S>(cx, row).await?;
    let def = const { &<S::Entity as CrudModel>::DEF };
    let along = go_along(cx, def, has_key::<S::Entity>(&key)).await?;
    (hooks.perform_delete)(state, cx, row.clone()).await?;
    let gone = Write {
        before: Some(row),
        after: None,
        links,
        undoes: state.core().undoes,
    };
    write::<S::Entity>(cx, gone).await?;
    cx.changed::<S::Entity>(&key, ChangeKind::Deleted);
    went_along(cx, along).await?;
    (hooks.on_delete_success)(state, cx, row).await
}

pub(super) fn used<S: ModelState>(error: Error) -> Error {
    if is_used(&error) {
        return Error::Conflict(words::about::<S::Entity>("rdj-in-use"));
    }
    error
}
