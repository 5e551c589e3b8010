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
    known("search_fields", "search_fields(title, album.artist.name)"),
    known(
        "filters",
        "filters(genre_id, price(range), name(text), composer(null))",
    ),
    known("select_related", "select_related(album, album.artist)"),
    known("queryset_select_related", "queryset_select_related(album)"),
    known("prefetch_related", "prefetch_related(lines)"),
    known("queryset_prefetch", "queryset_prefetch(lines)"),
    known("pagination", "pagination = keyset"),
    known("count", "count = none"),
    known("bulk_actions", "bulk_actions(delete_selected, archive)"),
    known("paginate_by", "paginate_by = 20"),
    known("max_page_size", "max_page_size = 100"),
    known("owner_field", "owner_field = user_id"),
    known("owner_bypass", "owner_bypass(staff)"),
    known("scope_field", "scope_field = user_id"),
    known("ordering_fields", "ordering_fields(title, created_at)"),
    known("list_display", "list_display(title, created_at)"),
    known("read_only_fields", "read_only_fields(slug)"),
    known("reset_after_save", "reset_after_save = false"),
    known("model_permissions", "model_permissions"),
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
    later("login_required_actions"),
    later("names"),
    later("on_load_event"),
    later("ordering_var"),
    later("page_count_var"),
    later("page_size_var"),
    later("page_var"),
    later("permission_classes"),
    later("rename"),
    later("required_fields"),
    later("run_model_validation"),
    later("save_event"),
    later("search_var"),
    later("serializer"),
    later("serializer_class"),
    later("state_fields"),
    later("state_validators"),
    later("structured_errors"),
    later("total_count_var"),
    later("use_canonical_api"),
    later("use_form_submit"),
];
