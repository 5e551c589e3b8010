//! Events and address of the parts of a list that a state declares.

use rdj_runtime::{
    Result,
    dispatch::Call,
    state::{Address, Query},
};

use super::generated::{GeneratedEvent, value_text};
use crate::{
    handlers,
    model::{CrudModel, key_text, parse_key},
    state::{Cursor, Filters, ModelState, Place, Selects},
};

impl<S: ModelState + Filters> GeneratedEvent<S> {
    /// The event of [`handlers::set_filter`].
    #[must_use]
    pub const fn set_filter(names: &'static [&'static str]) -> Self {
        Self {
            handler: "set_filter",
            names,
            args: &["name", "value"],
            run: |state, cx, call| {
                Box::pin(async move {
                    let (name, value): (String, _) = call.args()?;
                    let value = value_text(&call, value)?;
                    handlers::set_filter(state, cx, &name, &value).await
                })
            },
        }
    }
}

impl<S: ModelState + Selects> GeneratedEvent<S> {
    /// The event of [`handlers::select`], of a box beside a row.
    #[must_use]
    pub const fn toggle_row(names: &'static [&'static str]) -> Self {
        Self {
            handler: "toggle_row",
            names,
            args: &["key", "selected"],
            run: |state, _, call| {
                Box::pin(async move {
                    let (key, selected) = call.args()?;
                    handlers::select(state, &key, selected);
                    Ok(())
                })
            },
        }
    }

    /// The event of [`handlers::select_page`].
    #[must_use]
    pub const fn select_page(names: &'static [&'static str]) -> Self {
        Self {
            handler: "select_page",
            names,
            args: &[],
            run: |state, cx, call| {
                Box::pin(async move {
                    if is_ticked(&call)? {
                        handlers::select_page(state);
                        return Ok(());
                    }
                    handlers::clear_selection(state, cx).await
                })
            },
        }
    }

    /// The event of [`handlers::select_all`].
    #[must_use]
    pub const fn select_all(names: &'static [&'static str]) -> Self {
        Self {
            handler: "select_all",
            names,
            args: &[],
            run: |state, cx, call| {
                Box::pin(async move {
                    if is_ticked(&call)? {
                        handlers::select_all(state);
                        return Ok(());
                    }
                    handlers::clear_selection(state, cx).await
                })
            },
        }
    }

    /// The event of the form over the table: the action that it names.
    #[must_use]
    pub const fn bulk_action(names: &'static [&'static str]) -> Self {
        Self {
            handler: "bulk_action",
            names,
            args: &[],
            run: |state, cx, call| Box::pin(super::bulk::run(state, cx, call)),
        }
    }
}

/// A click selects; a box says whether it is ticked.
fn is_ticked(call: &Call<'_>) -> Result<bool> {
    match call.args() {
        Ok::<[(); 0], _>([]) => Ok(true),
        _ => call.arg(),
    }
}

/// Takes up the filters and the place of the address.
pub(super) fn read_query<S: ModelState>(state: &mut S, query: &Query<'_>) {
    for def in S::SPEC.lists.filters {
        if let Some(text) = query.get(def.name) {
            state.core_mut().put_filter(def, text);
        }
    }
    if !S::SPEC.lists.keyset {
        return;
    }
    let key = |name| query.get(name).and_then(parse_key);
    let cursor = if let Some(key) = key("after") {
        Cursor::After(Place::Key(key))
    } else if let Some(key) = key("before") {
        Cursor::Before(Place::Key(key))
    } else if query.get(S::SPEC.names.page) == Some("last") {
        Cursor::Last
    } else {
        Cursor::First
    };
    state.core_mut().listing.cursor = cursor;
}

/// Writes the filters.
pub(super) fn write_filters<S: ModelState>(state: &S, address: &mut Address) {
    for def in S::SPEC.lists.filters {
        let text = state.core().filter_text(def.name);
        if !text.is_empty() {
            address.set(def.name, text);
        }
    }
}

/// Writes where the page is.
pub(super) fn write_place<S: ModelState>(state: &S, address: &mut Address) {
    let core = state.core();
    let page = S::SPEC.names.page;
    let key = |place: &Place<S::Entity>| match place {
        Place::Key(key) => key_text(key),
        Place::Row(row) => key_text(&S::Entity::key(row)),
    };
    match &core.listing.cursor {
        _ if !S::SPEC.lists.keyset && core.page > 1 => address.set(page, &core.page.to_string()),
        Cursor::First => {}
        Cursor::Last => address.set(page, "last"),
        Cursor::After(place) => address.set("after", &key(place)),
        Cursor::Before(place) => address.set("before", &key(place)),
    }
}
