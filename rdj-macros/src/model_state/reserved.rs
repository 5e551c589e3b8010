//! Names that every model state has already.

/// Variables of every model state, and the stems of its `set_..` events.
const VARS: &[&str] = &[
    "data",
    "editing_id",
    "error",
    "field_errors",
    "form_reset_key",
    "ordering",
    "page",
    "page_count",
    "page_size",
    "search",
    "total_count",
];

/// Events of every model state.
const EVENTS: &[&str] = &[
    "cancel_edit",
    "clear_search",
    "create",
    "delete",
    "go_to_page",
    "load",
    "new",
    "next_page",
    "prev_page",
    "refresh",
    "save",
    "start_edit",
];

/// What a name already stands for, if it does.
pub(super) fn meaning(name: &str) -> Option<&'static str> {
    if VARS.contains(&name) {
        return Some("a variable");
    }
    EVENTS.contains(&name).then_some("an event")
}
