//! Events and address of the parts of a list that a state declares.

use rdj_runtime::{
    Cx, Result,
    dispatch::{Call, EventFacts},
    state::{Address, Query},
};

use super::value_text;
use crate::{
    handlers,
    model::{CrudModel, key_text, parse_key},
    state::{Cursor, ModelState, Place},
};

const FILTERS: &[(&str, &[&str])] = &[("set_filter", &["field", "value"]), ("clear_filters", &[])];

const PAGES: &[(&str, &[&str])] = &[("first_page", &[]), ("last_page", &[])];

const BULK: &[(&str, &[&str])] = &[
    ("toggle_row", &["key", "selected"]),
    ("select_page", &[]),
    ("select_all", &[]),
    ("clear_selection", &[]),
    ("bulk_action", &[]),
];

const DELETE: &str = "delete_selected";

/// The events that a state has by what it declares.
fn declared<S: ModelState>() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    let lists = &S::SPEC.lists;
    let filters = (!lists.filters.is_empty()).then_some(FILTERS);
    let pages = (S::SPEC.paginate_by.is_some()).then_some(PAGES);
    let bulk = (!lists.bulk_actions.is_empty()).then_some(BULK);
    let delete = lists.bulk_actions.contains(&DELETE);
    let delete = delete.then_some((DELETE, &[] as &[&str]));
    let all = filters.into_iter().chain(pages).chain(bulk);
    all.flatten().copied().chain(delete)
}

/// What is known of these events.
pub(super) fn facts<S: ModelState>() -> impl Iterator<Item = EventFacts> {
    declared::<S>().map(|(name, args)| EventFacts::new(name).with_args(args))
}

pub(super) fn has<S: ModelState>(event: &str) -> bool {
    declared::<S>().any(|(name, _)| name == event)
}

/// Runs one of these events.
pub(super) async fn run<S: ModelState>(state: &mut S, cx: &Cx, call: &Call<'_>) -> Result {
    match call.event {
        "set_filter" => {
            let (name, value): (String, serde_json::Value) = call.args()?;
            let value = value_text(call, value)?;
            return handlers::set_filter(state, cx, &name, &value).await;
        }
        "toggle_row" => {
            let (key, selected) = call.args()?;
            handlers::select(state, &key, selected);
            return Ok(());
        }
        "select_page" | "select_all" => {
            return choose(state, call);
        }
        _ => call.no_args()?,
    }
    match call.event {
        "clear_filters" => handlers::clear_filters(state, cx).await,
        "first_page" => handlers::first_page(state, cx).await,
        "last_page" => handlers::last_page(state, cx).await,
        "clear_selection" => {
            handlers::clear_selection(state);
            Ok(())
        }
        DELETE => handlers::delete_selected(state, cx).await,
        "bulk_action" => super::bulk::run(state, cx, call).await,
        _ => Err(call.unknown()),
    }
}

/// A click selects; a box says whether it is ticked.
fn choose<S: ModelState>(state: &mut S, call: &Call<'_>) -> Result {
    let ticked = match call.args() {
        Ok::<[(); 0], _>([]) => true,
        _ => call.arg()?,
    };
    match (ticked, call.event) {
        (false, _) => handlers::clear_selection(state),
        (true, "select_all") => handlers::select_all(state),
        (true, _) => handlers::select_page(state),
    }
    Ok(())
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
    } else if query.get("page") == Some("last") {
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
    let key = |place: &Place<S::Entity>| match place {
        Place::Key(key) => key_text(key),
        Place::Row(row) => key_text(&S::Entity::key(row)),
    };
    match &core.listing.cursor {
        _ if !S::SPEC.lists.keyset && core.page > 1 => address.set("page", &core.page.to_string()),
        Cursor::First => {}
        Cursor::Last => address.set("page", "last"),
        Cursor::After(place) => address.set("after", &key(place)),
        Cursor::Before(place) => address.set("before", &key(place)),
    }
}
