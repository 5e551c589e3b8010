//! Names that every model state has already.

/// Variables of every model state, and the stems of its `set_..` events.
const VARS: &[&str] = &[
    "data",
    "editing_id",
    "error",
    "all_selected",
    "field_errors",
    "filter",
    "form_reset_key",
    "has_next",
    "has_previous",
    "ordering",
    "page",
    "page_count",
    "page_size",
    "related",
    "search",
    "selected",
    "total_count",
];

/// Events of every model state.
const EVENTS: &[&str] = &[
    "bulk_action",
    "cancel_edit",
    "clear_filters",
    "clear_search",
    "clear_selection",
    "create",
    "delete",
    "delete_selected",
    "first_page",
    "go_to_page",
    "last_page",
    "load",
    "new",
    "next_page",
    "prev_page",
    "refresh",
    "save",
    "select_all",
    "select_page",
    "start_edit",
    "toggle_row",
];

/// What a name already stands for, if it does.
pub(super) fn meaning(name: &str) -> Option<&'static str> {
    if VARS.contains(&name) {
        return Some("a variable");
    }
    EVENTS.contains(&name).then_some("an event")
}
