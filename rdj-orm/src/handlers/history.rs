//! What was changed in a row, and undoing it.

use rdj_runtime::{Cx, Error, Result, dispatch::BoxFuture};

use crate::{
    ops,
    state::{Facts as _, HasHistory, Key, ModelState, nothing},
};

/// Shows what was changed in a row that the user may edit, or in one that was deleted.
///
/// # Errors
///
/// See [the module](super).
pub async fn show_history<S: ModelState + HasHistory>(
    state: &mut S,
    cx: &Cx,
    id: Key<S>,
) -> Result {
    ops::show_history(state, cx, &id).await
}

/// Puts the history away.
///
/// # Errors
///
/// None.
pub async fn hide_history<S: ModelState + HasHistory>(state: &mut S, _: &Cx) -> Result {
    state.core_mut().history = None;
    Ok(())
}

/// Undoes an entry of the history: writes the old values as a save does, deletes a row that was made, or
/// makes one that was deleted again. What the form holds stays.
///
/// What cannot be undone, such as a value that somebody changed since, is told in a message.
///
/// # Errors
///
/// See [the module](super).
pub async fn undo_history<S: ModelState + HasHistory>(
    state: &mut S,
    cx: &Cx,
    entry: i64,
) -> Result {
    match ops::undo(state, cx, entry).await {
        Err(Error::Invalid(text) | Error::Conflict(text)) => {
            cx.messages().error(text);
        }
        done => done?,
    }
    ops::reload(state, cx).await?;
    ops::history_again(state, cx).await
}

/// Shows the history of a row that was just deleted: from there it can be undone.
pub(super) fn after_delete<'a, S: ModelState>(
    state: &'a mut S,
    cx: &'a Cx,
    id: &'a Key<S>,
) -> BoxFuture<'a, Result> {
    if S::HISTORY {
        Box::pin(show_deleted(state, cx, id))
    } else {
        nothing()
    }
}

async fn show_deleted<S: ModelState>(state: &mut S, cx: &Cx, id: &Key<S>) -> Result {
    match ops::show_history(state, cx, id).await {
        Err(error) if error.is_internal() => Err(error),
        // it was deleted all the same
        _ => Ok(()),
    }
}
