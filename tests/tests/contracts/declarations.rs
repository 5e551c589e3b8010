//! C001 to C031: what a declaration makes, read from [`ModelState::options`] and the lists of events.

use rdj::{
    __private::{inventory, runtime::state::StateDef},
    State,
    orm::{Actions, ModelState as _},
    prelude::*,
};
use rdj_tests::{
    models::note,
    scenario::{
        keys,
        names::{
            CrudNotesState, EntriesState, FormNotesState, ListNotesState, NewNotesState,
            OwnNamesState, RenamedNotesState, ShortNotesState,
        },
        notes,
    },
};

/// Nothing but what has to be.
#[model_state(model = note::Entity, fields(title, priority), name = "bare")]
#[derive(Debug)]
pub struct BareState;

fn events<S: State>() -> Vec<String> {
    let events = S::events().into_iter();
    events.map(|facts| facts.name.into_owned()).collect()
}

fn has<S: State>(names: &[&str]) -> bool {
    let all = events::<S>();
    names
        .iter()
        .all(|name| all.iter().any(|event| event == name))
}

fn lacks<S: State>(names: &[&str]) -> bool {
    let all = events::<S>();
    names
        .iter()
        .all(|name| all.iter().all(|event| event != name))
}

#[test]
fn c001_c005_a_crud_state_has_the_names_of_its_list() {
    let names = CrudNotesState::options().names;
    assert_eq!((names.list, names.error), ("notes", "notes_error"));
    assert_eq!(
        (names.editing, names.form_reset),
        ("editing_id", Some("form_reset_key"))
    );
    assert_eq!(
        (names.search, names.ordering),
        ("notes_search", "notes_ordering")
    );
    let state = CrudNotesState::default();
    assert!(state.notes().is_empty() && state.notes_error().is_empty() && state.title.is_empty());
    assert_eq!((state.editing_id, state.form_reset_key), (None, 0));
    assert!(has::<CrudNotesState>(&[
        "set_title",
        "on_load_notes",
        "load",
        "save_note",
        "save",
        "save_note_form",
        "delete_note",
        "delete",
        "start_edit",
        "cancel_edit",
        "refresh",
    ]));
}

#[test]
fn c002_c009_c010_the_form_has_the_declared_fields_in_their_order() {
    let options = CrudNotesState::options();
    assert_eq!(options.fields, ["title", "content", "priority"]);
    assert_eq!(options.required_fields, ["title", "priority"]);
    assert!(lacks::<CrudNotesState>(&[
        "set_id",
        "set_created_at",
        "set_updated_at",
        "set_user_id"
    ]));
}

#[test]
fn c003_c004_what_is_not_declared_has_no_events() {
    let paging = ["next_page", "prev_page", "go_to_page", "set_page_size"];
    assert!(lacks::<BareState>(&paging));
    assert!(lacks::<BareState>(&[
        "set_search",
        "clear_search",
        "set_ordering"
    ]));
    let options = BareState::options();
    for handler in paging {
        assert_eq!(options.event(handler), None);
    }
    assert_eq!(
        (options.paginate_by, options.search_fields.len()),
        (None, 0)
    );
}

#[test]
fn c006_a_state_is_found_by_its_name() {
    assert_eq!(CrudNotesState::options().name, "crud_notes");
    let mut linked = inventory::iter::<StateDef>.into_iter();
    let found = linked.find(|def| def.name == "crud_notes");
    assert!(found.is_some_and(|def| def.module.ends_with("scenario::names::declared")));
    let model = CrudNotesState::options().model;
    assert_eq!(
        (model.app_label, model.model()),
        ("models", "note".to_owned())
    );
}

#[test]
fn c011_c012_c022_c023_a_bare_state_has_the_defaults() {
    let options = BareState::options();
    assert_eq!(options.names, rdj::orm::state::Names::DEFAULT);
    assert_eq!(options.actions, Actions::ALL);
    assert_eq!(
        (options.max_page_size, options.reset_after_save),
        (100, true)
    );
    assert_eq!(
        (options.owner_field, options.model_permissions),
        (None, false)
    );
    // the newest first, unless the state or its model say otherwise
    assert_eq!(options.ordering, [""; 0]);
    assert_eq!(EntriesState::options().ordering, ["title"]);
    assert_eq!(notes::NotesState::options().ordering, ["-created_at"]);
    assert_eq!(options.list_display, ["title", "priority"]);
    let save: &[&str] = &["save", "save_note"];
    assert!(options.events.contains(&("save", save)));
    let load: &[&str] = &["load", "on_load_data"];
    assert!(options.events.contains(&("load", load)));
}

#[test]
fn c014_fields_of_the_form_are_taken_literally() {
    let options = FormNotesState::options();
    assert_eq!(options.fields, ["title", "content"]);
    assert_eq!(options.required_fields, ["title", "content"]);
    assert_eq!(
        options.list_display,
        ["title", "content", "priority", "created_at"]
    );
    let options = ShortNotesState::options();
    assert_eq!(options.exclude_from_row, ["content"]);
    assert_eq!(options.ordering_fields, ["title", "priority"]);
}

#[test]
fn c016_c017_pages_and_the_search_bring_their_events() {
    let names = CrudNotesState::options().names;
    assert_eq!(
        (names.total_count, names.page_count),
        ("notes_total_count", "notes_page_count")
    );
    assert_eq!((names.page, names.page_size), ("page", "page_size"));
    assert!(has::<CrudNotesState>(&[
        "next_page",
        "prev_page",
        "go_to_page",
        "set_page_size"
    ]));
    assert!(has::<CrudNotesState>(&[
        "set_notes_search",
        "clear_notes_search",
        "set_notes_ordering"
    ]));
    assert!(lacks::<CrudNotesState>(&[
        "set_search",
        "clear_search",
        "set_ordering"
    ]));
}

#[test]
fn c021_paginate_by_is_the_first_page_size() {
    let state = CrudNotesState::default();
    assert_eq!((state.page, state.page_size), (1, 2));
    assert_eq!(BareState::default().page_size, 0);
}

#[test]
fn c024_c026_both_styles_have_the_shared_events_and_those_named_after_the_model() {
    let shared = [
        "load",
        "save",
        "create",
        "new",
        "delete",
        "refresh",
        "start_edit",
        "cancel_edit",
    ];
    assert!(has::<BareState>(&shared) && has::<CrudNotesState>(&shared));
    let named = ["save_note", "delete_note"];
    assert!(has::<BareState>(&named) && has::<CrudNotesState>(&named));
    assert!(lacks::<CrudNotesState>(&[
        "filter",
        "clear_filter",
        "paginate",
        "get_row"
    ]));
}

#[test]
fn c028_without_the_shared_names_only_those_of_the_model_are_left() {
    let expected = [
        "on_load_data",
        "save_note",
        "delete_note",
        "start_edit",
        "cancel_edit",
        "set_title",
    ];
    assert_eq!(events::<OwnNamesState>(), expected);
    assert_eq!(OwnNamesState::options().event("save"), Some("save_note"));
}

#[test]
fn actions_that_are_not_declared_have_no_events() {
    assert_eq!(
        events::<ListNotesState>(),
        ["on_load_notes", "load", "refresh"]
    );
    assert!(has::<NewNotesState>(&[
        "save",
        "create",
        "new",
        "cancel_edit"
    ]));
    assert!(lacks::<NewNotesState>(&[
        "delete",
        "delete_note",
        "start_edit"
    ]));
}

#[test]
fn every_name_can_be_another_one() {
    let options = RenamedNotesState::options();
    assert_eq!(options.names.form_reset, None);
    assert_eq!(
        (options.names.list, options.names.search),
        ("rows", "query")
    );
    assert_eq!(options.event("save"), Some("store"));
    assert_eq!(options.event("cancel_edit"), Some("leave"));
}

#[test]
fn texts_are_keys_too() {
    assert_eq!(keys::CountriesState::options().fields, ["code", "name"]);
}
