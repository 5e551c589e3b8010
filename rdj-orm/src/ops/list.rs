//! Loading the page of rows that is shown.

use rdj_runtime::{Cx, Result};
use sea_orm::ConnectionTrait;

use crate::{
    db::CxDb,
    hooks::{Action, Query},
    pipeline::{Loader, authorize, fetch, fetch_beside, filter, scope},
    state::ModelState,
};

/// Loads the rows of the page, and the rows they refer to; nothing for a state that lists none.
pub(crate) async fn list<S: ModelState>(state: &mut S, cx: &Cx) -> Result {
    if !S::SPEC.actions.list {
        return Ok(());
    }
    authorize(state, cx, Action::List).await?;
    let query = found(state, cx).await?;
    let db = cx.db()?;
    let loader = Loader {
        db: &db,
        spec: &S::SPEC,
    };
    let mut page = if S::SPEC.lists.keyset {
        fetch_beside(state, cx, &loader, query).await?
    } else {
        let query = (S::hooks().get_ordering)(state, cx, query);
        let core = state.core();
        fetch(&loader, query, core.page, core.page_size).await?
    };
    loader.prefetch(&mut page.loaded).await?;
    let core = state.core_mut();
    core.data = page.loaded.rows;
    core.related = page.loaded.related;
    core.labels = page.loaded.labels;
    core.page = page.number;
    core.page_count = page.count;
    core.total_count = page.total;
    core.has_next = page.has_next;
    core.has_previous = page.has_previous;
    Ok(())
}

/// The rows that exist for the user and pass the search and the filters, on all pages.
pub(crate) async fn found<S: ModelState>(state: &S, cx: &Cx) -> Result<Query<S>> {
    let query = scope(state, cx).await?;
    let query = (S::hooks().apply_search)(state, cx, query);
    let backend = cx.db()?.get_database_backend();
    Ok(filter(backend, S::SPEC.lists.filters, state.core(), query))
}
