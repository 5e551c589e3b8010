//! Handlers of the list: filters, and pages without numbers.

use rdj_runtime::{Cx, Error, Result};

use super::{from_start, go_to_page, moved};
use crate::state::{Cursor, Facts as _, FilterDef, Filters, ModelState, Pages, Place};

/// Filters by one of the declared `filters`: `set_filter(state, cx, "genre_id", "3")`; an empty text
/// shows all rows again. What is no value of the column stays in the control with its error, and
/// nothing is filtered by it.
///
/// # Errors
///
/// [`Error::BadArguments`] for any other name; see [the module](super).
pub async fn set_filter<S: ModelState + Filters>(
    state: &mut S,
    cx: &Cx,
    name: &str,
    value: &str,
) -> Result {
    let Some(def) = declared::<S>(name) else {
        return Err(Error::BadArguments(
            "set_filter: not one of `filters`".to_owned(),
        ));
    };
    state.core_mut().put_filter(def, value);
    from_start(state, cx).await
}

pub(crate) fn declared<S: ModelState>(name: &str) -> Option<&'static FilterDef<S::Entity>> {
    S::SPEC.lists.filters.iter().find(|def| def.name == name)
}

/// Shows the rows without filters again; the search stays.
///
/// # Errors
///
/// See [the module](super).
pub async fn clear_filters<S: ModelState + Filters>(state: &mut S, cx: &Cx) -> Result {
    let core = state.core_mut();
    core.clear_selection();
    core.listing.filters.clear();
    from_start(state, cx).await
}

/// Shows the first page.
///
/// # Errors
///
/// See [the module](super).
pub async fn first_page<S: ModelState + Pages>(state: &mut S, cx: &Cx) -> Result {
    go_to_page(state, cx, 1).await
}

/// Shows the last page.
///
/// # Errors
///
/// See [the module](super).
pub async fn last_page<S: ModelState + Pages>(state: &mut S, cx: &Cx) -> Result {
    let core = state.core_mut();
    if !S::KEYSET {
        return go_to_page(state, cx, u64::MAX).await;
    }
    let before = core.page;
    core.page = before.max(core.page_count);
    core.listing.cursor = Cursor::Last;
    moved(state, cx, before).await
}

/// Moves the cursor of a list with `pagination = keyset` behind the last row or before the first one.
pub(super) fn turn<S: ModelState>(state: &mut S, onwards: bool) {
    let core = state.core_mut();
    let row = if onwards {
        core.data.last()
    } else {
        core.data.first()
    };
    let place = row.map(|row| Place::Row(Box::new(row.clone())));
    core.listing.cursor = match place {
        Some(place) if onwards => Cursor::After(place),
        Some(place) => Cursor::Before(place),
        None => Cursor::First,
    };
    core.page = if onwards {
        core.page.saturating_add(1)
    } else {
        core.page.saturating_sub(1)
    };
}
