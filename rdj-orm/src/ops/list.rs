//! Loading the page of rows that is shown.

use rdj_runtime::{Cx, Error, Result};

use super::action::{begin, end};
use crate::{
    backend::enter,
    hooks::Action,
    live,
    pipeline::{authorize, exclude, listed, load_labels},
    state::ModelState,
};

/// Loads the rows of the page, and the labels of the rows they refer to; nothing for a state that
/// lists none.
pub(crate) async fn list<S: ModelState>(state: &mut S, cx: &Cx) -> Result {
    if !S::SPEC.actions.list {
        return Ok(());
    }
    let cx = &*enter::<S>(cx)?;
    let done = match begin(state, cx, Action::List).await {
        Ok(()) => load(state, cx).await,
        Err(error) => Err(error),
    };
    end(state, cx, Action::List, done).await.map(drop)
}

async fn load<S: ModelState>(state: &mut S, cx: &Cx) -> Result {
    // before anything is read: what is committed later is news
    let position = live::position(cx);
    authorize(state, cx, Action::List).await?;
    let query = exclude(&S::SPEC, listed(state, cx).await?);
    let found = (S::hooks().paginate_queryset)(state, cx, query).await?;
    let core = state.core_mut();
    core.data = found.rows;
    core.read_at = Some(position);
    core.page = found.number;
    core.page_count = found.count;
    core.total_count = found.total;
    load_labels(state, cx).await
}

/// Loads the rows again, with what was just written.
pub(crate) async fn relist<S: ModelState>(state: &mut S, cx: &Cx) -> Result {
    state.core_mut().follows_change = true;
    let done = list(state, cx).await;
    state.core_mut().follows_change = false;
    done
}

/// Loads the rows again after something was written. What was written stays so: who may not see the
/// list gets an empty one, and no refusal.
pub(crate) async fn reload<S: ModelState>(state: &mut S, cx: &Cx) -> Result {
    match relist(state, cx).await {
        Err(Error::Denied | Error::LoginRequired) => {
            let core = state.core_mut();
            core.data.clear();
            core.total_count = 0;
            core.page_count = 1;
            core.page = 1;
            Ok(())
        }
        done => done,
    }
}
