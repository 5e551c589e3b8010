//! Loading the page of rows that is shown.

use rdj_runtime::{Cx, Error, Result};
use sea_orm::QuerySelect;

use super::action::{begin, end};
use crate::{
    backend::enter,
    hooks::{Action, Query},
    live,
    pipeline::{authorize, exclude, listed, load_labels},
    state::ModelState,
};

/// Loads the rows of the page, and the rows they refer to; nothing for a state that lists none.
pub(crate) async fn list<S: ModelState>(state: &mut S, cx: &Cx) -> Result {
    run(state, cx, false).await
}

async fn run<S: ModelState>(state: &mut S, cx: &Cx, known: bool) -> Result {
    if !S::SPEC.actions.list {
        return Ok(());
    }
    let cx = &*enter::<S>(cx)?;
    let done = match begin(state, cx, Action::List).await {
        // what calls this is small: queries and hooks are long futures
        Ok(()) => Box::pin(load(state, cx, known)).await,
        Err(error) => Err(error),
    };
    end(state, cx, Action::List, done).await.map(drop)
}

/// The rows that exist for the user and pass the search and the filters, on all pages, in no order.
pub(super) async fn found<S: ModelState>(state: &S, cx: &Cx) -> Result<Query<S>> {
    let mut query = listed(state, cx).await?;
    QuerySelect::query(&mut query).clear_order_by();
    Ok(query)
}

async fn load<S: ModelState>(state: &mut S, cx: &Cx, known: bool) -> Result {
    // before anything is read: what is committed later is news
    let position = live::position(cx);
    authorize(state, cx, Action::List).await?;
    let query = exclude(&S::SPEC, listed(state, cx).await?);
    let found = (S::hooks().paginate_queryset)(state, cx, query).await?;
    let core = state.core_mut();
    core.data = found.rows;
    core.related = found.related;
    core.read_at = Some(position);
    core.page = found.number;
    core.page_count = found.count;
    core.total_count = found.total;
    core.has_next = found.has_next;
    core.has_previous = found.has_previous;
    if let Some(cursor) = found.cursor {
        core.listing.cursor = cursor;
    }
    load_labels(state, cx, known).await
}

/// Loads the rows again, with what was just written.
pub(crate) async fn relist<S: ModelState>(state: &mut S, cx: &Cx) -> Result {
    fresh(state, cx, false).await
}

async fn fresh<S: ModelState>(state: &mut S, cx: &Cx, known: bool) -> Result {
    state.core_mut().follows_change = true;
    let done = run(state, cx, known).await;
    state.core_mut().follows_change = false;
    done
}

/// Loads the rows again after something was written. What was written stays so: who may not see the
/// list gets an empty one, and no refusal.
pub(crate) async fn reload<S: ModelState>(state: &mut S, cx: &Cx) -> Result {
    match fresh(state, cx, true).await {
        Err(Error::Denied | Error::LoginRequired) => {
            let core = state.core_mut();
            core.data.clear();
            core.related.clear();
            core.total_count = 0;
            core.page_count = 1;
            core.page = 1;
            Ok(())
        }
        Ok(()) => live::offer_own_rows(state, cx).await,
        failed => failed,
    }
}
