//! Loading the page of rows that is shown.

use rdj_runtime::{Cx, Result};

use crate::{
    db::CxDb,
    hooks::{Action, Query},
    pipeline::{authorize, fetch, load_labels, scope},
    state::ModelState,
};

/// Loads the rows of the page, and the labels of the rows they refer to; nothing for a state that
/// lists none.
pub(crate) async fn list<S: ModelState>(state: &mut S, cx: &Cx) -> Result {
    if !S::SPEC.actions.list {
        return Ok(());
    }
    authorize(state, cx, Action::List).await?;
    let query = found(state, cx).await?;
    let query = (S::hooks().get_ordering)(state, cx, query);
    let core = state.core();
    let found = fetch(&cx.db()?, query, core.page, core.page_size).await?;
    let core = state.core_mut();
    core.data = found.rows;
    core.page = found.number;
    core.page_count = found.count;
    core.total_count = found.total;
    load_labels(state, cx).await
}

/// The rows that exist for the user and pass the search, on all pages.
pub(crate) async fn found<S: ModelState>(state: &S, cx: &Cx) -> Result<Query<S>> {
    let query = scope(state, cx).await?;
    Ok((S::hooks().apply_search)(state, cx, query))
}
