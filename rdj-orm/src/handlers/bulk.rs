//! Handlers of rows that the user selected.

use rdj_runtime::{Cx, Result, dispatch::BoxFuture};

pub use crate::ops::BulkReport;

use crate::{
    hooks::Action,
    model::CrudModel,
    ops,
    state::{DeletesSelected, Key, ModelState, Row, Selects},
};

/// Selects a row or not.
pub fn select<S: ModelState + Selects>(state: &mut S, key: &Key<S>, selected: bool) {
    state.core_mut().select(key, selected);
}

/// Selects the rows of the page that is shown.
pub fn select_page<S: ModelState + Selects>(state: &mut S) {
    let keys: Vec<_> = state.core().data.iter().map(S::Entity::key).collect();
    for key in keys {
        select(state, &key, true);
    }
}

/// Selects all rows that pass the search and the filters, on all pages.
pub fn select_all<S: ModelState + Selects>(state: &mut S) {
    select_page(state);
    state.core_mut().all_selected = true;
}

/// Selects no row.
///
/// # Errors
///
/// None.
pub async fn clear_selection<S: ModelState + Selects>(state: &mut S, _: &Cx) -> Result {
    state.core_mut().clear_selection();
    Ok(())
}

/// Deletes the selected rows in one transaction: each through the scope, the permission to delete and
/// the hooks of a deletion. What cannot be deleted stays and is told.
///
/// # Errors
///
/// See [the module](super).
pub async fn delete_selected<S: ModelState + DeletesSelected>(state: &mut S, cx: &Cx) -> Result {
    let report = ops::delete_selected(state, cx).await?;
    report.tell::<S>(cx, "rdj-bulk-deleted");
    ops::relist(state, cx).await
}

/// Does `work` with each selected row, or with all that the list finds where the user chose so, in one
/// transaction. Then the selection is empty and the list fresh.
///
/// The rows come through the scope, and the permission of `action` is asked. An error for the user, such
/// as [`Error::Denied`](rdj_runtime::Error::Denied) or one by
/// [`Error::invalid`](rdj_runtime::Error::invalid), undoes the work with that row alone; it is told, and
/// the others go on. Any other error undoes everything.
///
/// ```ignore
/// #[events]
/// impl TracksState {
///     async fn make_free(&mut self, cx: &Cx) -> Result {
///         handlers::for_selected(self, cx, Action::Update, |_, cx, row| Box::pin(async move {
///             let mut row = row.into_active_model();
///             row.unit_price = Set(Decimal::ZERO);
///             row.update(&cx.db()?).await?;
///             Ok(())
///         }))
///         .await?;
///         Ok(())
///     }
/// }
/// ```
///
/// # Errors
///
/// See [the module](super).
pub async fn for_selected<S: ModelState + Selects>(
    state: &mut S,
    cx: &Cx,
    action: Action,
    work: impl for<'a> FnMut(&'a mut S, &'a Cx, Row<S>) -> BoxFuture<'a, Result> + Send,
) -> Result<BulkReport> {
    let report = ops::for_selected(state, cx, action, work).await?;
    report.tell::<S>(cx, "rdj-bulk-done");
    ops::relist(state, cx).await?;
    Ok(report)
}
