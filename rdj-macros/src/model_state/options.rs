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
    known("read_only_fields", "read_only_fields(slug)"),
    known("reset_after_save", "reset_after_save = false"),
    known("model_permissions", "model_permissions"),
    known("export", "export(title, content)"),
    known("export_formulas", "export_formulas"),
    known("import", "import"),
    known("name", "name = \"notes\""),
    known("actions", "actions(list, create, update, delete)"),
    known("names", "names = crud"),
    known("use_canonical_api", "use_canonical_api = false"),
    known("use_form_submit", "use_form_submit"),
    later("allow_dynamic_ordering"),
    later("backend_class"),
    later("exclude_from_row"),
    later("incremental_updates"),
    later("load_context_processors"),
    later("login_required_actions"),
    later("permission_classes"),
    later("queryset_prefetch"),
    later("queryset_select_related"),
    later("required_fields"),
    later("run_model_validation"),
    later("serializer"),
    later("serializer_class"),
    later("state_fields"),
    later("state_validators"),
    later("structured_errors"),
];
