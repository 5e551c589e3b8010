//! Filters, and actions for selected rows.

use std::borrow::Cow;

use rdj_runtime::{
    component::{BulkView, Choice, FilterControl, FiltersView, Progress},
    dispatch::{Bind, json},
    form::InputKind,
    i18n::text,
    t,
};

use super::{SEARCH_DEBOUNCE, field::user};
use crate::{
    dispatch::own,
    handles::Plain,
    state::{FilterDef, FilterKind, ModelState},
    words,
};

/// The controls of the declared filters.
pub fn filters<S: ModelState>(state: &S) -> FiltersView {
    let filters = S::SPEC.lists.filters.iter();
    FiltersView {
        state: <S as Bind>::NAME,
        controls: filters.map(|def| control(state, def)).collect(),
        kept: kept(state, Kept::Search),
        clear: state
            .core()
            .is_filtered()
            .then(|| Plain::new(state).click("clear_filters")),
    }
}

/// Which part of the address a form does not send by itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    /// The search, for the form of the filters.
    Search,
    /// The filters, for the form of the search.
    Filters,
}

/// Parameters that the form of the other part carries on.
pub(super) fn kept<S: ModelState>(state: &S, part: Kept) -> Vec<(&'static str, String)> {
    let core = state.core();
    let mut all = Vec::new();
    let mut keep = |name, text: &str| {
        if !text.is_empty() {
            all.push((name, text.to_owned()));
        }
    };
    match part {
        Kept::Search => keep(S::SPEC.names.search, &core.search),
        Kept::Filters => {
            for def in S::SPEC.lists.filters {
                keep(def.name, core.filter_text(def.name));
            }
        }
    }
    keep(S::SPEC.names.ordering, &core.ordering);
    all
}

fn control<S: ModelState>(state: &S, def: &FilterDef<S::Entity>) -> FilterControl {
    let core = state.core();
    let choices = choices(state, def);
    let plain = Plain::new(state);
    let typed = choices.is_none();
    let change = if typed {
        let input = plain.input_with("set_filter", json(&def.name.to_owned()));
        input.debounce(SEARCH_DEBOUNCE)
    } else {
        plain.change("set_filter", json(&def.name.to_owned()))
    };
    let error = core.listing.filters.get(def.name);
    let error = error.and_then(|filter| filter.error.as_ref());
    FilterControl {
        name: def.name,
        label: label::<S>(def),
        value: core.filter_text(def.name).to_owned(),
        choices,
        kind: match def.kind {
            FilterKind::Text => InputKind::Text,
            _ => def.meta.kind.unwrap_or(InputKind::Text),
        },
        error: error.map(ToString::to_string),
        change,
    }
}

fn label<S: ModelState>(def: &FilterDef<S::Entity>) -> String {
    let label = words::field::<S::Entity>(&def.meta).into_owned();
    match def.kind {
        FilterKind::Exact | FilterKind::Text => label,
        FilterKind::Min => t!("rdj-filter-from", label = label),
        FilterKind::Max => t!("rdj-filter-to", label = label),
        FilterKind::Null => t!("rdj-filter-empty", label = label),
    }
}

fn choices<S: ModelState>(state: &S, def: &FilterDef<S::Entity>) -> Option<Vec<Choice>> {
    if def.is_choice_of_two() {
        let choice = |value: &str, key| Choice {
            value: value.to_owned(),
            label: text(key),
        };
        return Some(vec![choice("true", "rdj-yes"), choice("false", "rdj-no")]);
    }
    if def.kind != FilterKind::Exact {
        return None;
    }
    if def.meta.relation.is_some() {
        let loaded = state.core().listing.filter_choices.get(def.name);
        return Some(loaded.cloned().unwrap_or_default());
    }
    if def.meta.choices.is_empty() {
        return None;
    }
    let choice = |(value, label): &(&'static str, &'static str)| Choice {
        value: (*value).to_owned(),
        label: words::choice::<S::Entity>(&def.meta, value, label).into_owned(),
    };
    Some(def.meta.choices.iter().map(choice).collect())
}

/// The actions that the user may run for selected rows: those whose guard lets the user pass, and the
/// deletion with the permission to delete.
pub(super) fn offered<S: ModelState>(state: &S) -> Vec<&'static str> {
    let user = user();
    let may = |name: &&'static str| match own::<S>(name) {
        Some(def) => def.facts.guard.check(user.as_ref()).is_ok(),
        None => state.core().has_delete_permission(),
    };
    let actions = S::SPEC.lists.bulk_actions.iter().copied();
    actions.filter(may).collect()
}

/// The actions for selected rows.
pub fn bulk<S: ModelState>(state: &S) -> BulkView {
    let core = state.core();
    let plain = Plain::new(state);
    let actions = offered(state).into_iter();
    let total = if S::SPEC.lists.count {
        core.total_count
    } else {
        0
    };
    let question = words::about::<S::Entity>("rdj-bulk-confirm");
    BulkView {
        state: <S as Bind>::NAME,
        actions: actions.map(|name| (name, action::<S>(name))).collect(),
        selected: selected(state),
        all: (core.has_next || core.has_previous)
            .then(|| words::counted::<S::Entity>("rdj-bulk-all", total)),
        all_selected: core.all_selected,
        select_all: plain.change("select_all", String::new()),
        run: plain.submit("bulk_action").confirm(question),
        progress: progress(state),
    }
}

/// How many rows are selected.
pub(crate) fn selected<S: ModelState>(state: &S) -> String {
    let core = state.core();
    match (core.all_selected, S::SPEC.lists.count) {
        (false, _) => words::counted::<S::Entity>("rdj-bulk-selected", core.selected.len() as u64),
        (true, true) => words::counted::<S::Entity>("rdj-bulk-selected", core.total_count),
        (true, false) => words::counted::<S::Entity>("rdj-bulk-all", 0),
    }
}

fn progress<S: ModelState>(state: &S) -> Option<Progress> {
    let progress = state.core().listing.progress.upgrade()?;
    let (done, total) = (progress.done(), progress.total());
    Some(Progress {
        done,
        total,
        text: words::progress::<S::Entity>(done, total),
    })
}

/// What the user reads for an action: the message `model-track.action-archive`, else its name.
pub(crate) fn action<S: ModelState>(name: &'static str) -> Cow<'static, str> {
    if name == "delete_selected" {
        return text("rdj-delete").into();
    }
    words::action::<S::Entity>(name)
}
