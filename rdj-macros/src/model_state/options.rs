//! The options of `#[model_state(..)]`: those that work, and those that are only known by name.

use crate::common::keyed::Known;

/// An option with what to write.
const fn known(key: &'static str, usage: &'static str) -> Known {
    Known { key, usage }
}

/// An option of reflex-django that rdj does not have yet.
const fn later(key: &'static str) -> Known {
    Known { key, usage: LATER }
}

/// Marks the options that do not work yet.
pub(super) const LATER: &str = "";

/// All options.
pub(super) const OPTIONS: &[Known] = &[
    known("model", "model = note::Entity"),
    known("fields", "fields(title, content)"),
    known("ordering", "ordering(-created_at)"),
    known("search_fields", "search_fields(title, content)"),
    known("paginate_by", "paginate_by = 20"),
    known("max_page_size", "max_page_size = 100"),
    known("owner_field", "owner_field = user_id"),
    known("owner_bypass", "owner_bypass(staff)"),
    known("scope_field", "scope_field = user_id"),
    known("ordering_fields", "ordering_fields(title, created_at)"),
    known("list_display", "list_display(title, created_at)"),
    known("picker", "picker(artist_id = ArtistsState)"),
    known("read_only_fields", "read_only_fields(slug)"),
    known("reset_after_save", "reset_after_save = false"),
    known("model_permissions", "model_permissions"),
    known("permission_classes", "permission_classes(IsAuthenticated)"),
    known(
        "login_required_actions",
        "login_required_actions(save, delete)",
    ),
    known("state_validators", "state_validators(check_dates)"),
    known("run_model_validation", "run_model_validation = false"),
    known("structured_errors", "structured_errors = false"),
    known("optimistic_concurrency", "optimistic_concurrency = false"),
    known("name", "name = \"notes\""),
    later("actions"),
    later("allow_dynamic_ordering"),
    later("backend_class"),
    later("cancel_event"),
    later("delete_event"),
    later("editing_var"),
    later("error_var"),
    later("exclude_from_row"),
    later("field_errors_var"),
    later("form_reset_var"),
    later("incremental_updates"),
    later("list_var"),
    later("load_context_processors"),
    later("names"),
    later("on_load_event"),
    later("ordering_var"),
    later("page_count_var"),
    later("page_size_var"),
    later("page_var"),
    later("queryset_prefetch"),
    later("queryset_select_related"),
    later("rename"),
    later("required_fields"),
    later("save_event"),
    later("search_var"),
    later("serializer"),
    later("serializer_class"),
    later("state_fields"),
    later("total_count_var"),
    later("use_canonical_api"),
    later("use_form_submit"),
];
