//! Deleting a row, in one transaction.

use rdj_runtime::{Cx, Error, Result, live::ChangeKind};

use super::{
    action::{begin, end},
    clear_form,
};
use crate::{
    db::{CxChanges, Transaction},
    hooks::Action,
    pipeline::{authorize, authorize_cascade, find, is_used},
    state::{Key, ModelState, Row},
    words,
};

/// Deletes the row with this key.
pub(crate) async fn delete<S: ModelState>(state: &mut S, cx: &Cx, key: &Key<S>) -> Result {
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
    let deleted = inside.clone().scope(remove(state, inside, key)).await;
    transaction.finish(deleted).await
}

async fn remove<S: ModelState>(state: &mut S, cx: &Cx, key: &Key<S>) -> Result {
    authorize(state, cx, Action::Delete).await?;
    let row = find(state, cx, Action::Delete, key).await?;
    remove_found(state, cx, key, row).await
}

/// Deletes the row with this key, which was found.
pub(crate) async fn remove_found<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    key: &Key<S>,
    row: Row<S>,
) -> Result {
    let hooks = S::hooks();
    authorize_cascade::<S>(cx, key).await?;
    (hooks.before_delete)(state, cx, &row).await?;
    (hooks.perform_delete)(state, cx, row.clone()).await?;
    cx.changed::<S::Entity>(key, ChangeKind::Deleted);
    (hooks.on_delete_success)(state, cx, &row).await
}

fn used<S: ModelState>(error: Error) -> Error {
    if is_used(&error) {
        return Error::Conflict(words::about::<S::Entity>("rdj-in-use"));
    }
    error
}
