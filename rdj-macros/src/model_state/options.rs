//! The options of `#[model_state(..)]`: those that work, and those that have nothing to switch.

use crate::common::keyed::Known;

/// An option with what to write.
const fn known(key: &'static str, usage: &'static str) -> Known {
    Known { key, usage }
}

/// An option of reflex-django that has nothing to switch here; see [`NEEDLESS`].
const fn needless(key: &'static str) -> Known {
    Known { key, usage: "" }
}

/// Why there is nothing to switch.
pub(super) const NEEDLESS: &[(&str, &str)] = &[
    (
        "incremental_updates",
        "nothing to switch on: the list is read again and the browser gets what differs; take \
         `incremental_updates` out",
    ),
    (
        "load_context_processors",
        "nothing to switch off: context processors run only when something reads them; take \
         `load_context_processors` out",
    ),
];

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
    known("picker", "picker(artist_id = ArtistsState)"),
    known("create_in_place", "create_in_place(artist_id = name)"),
    known("inlines", "inlines(lines = LinesState)"),
    known("read_only_fields", "read_only_fields(slug)"),
    known("reset_after_save", "reset_after_save = false"),
    known("model_permissions", "model_permissions"),
    known("export", "export(title, content)"),
    known("export_formulas", "export_formulas"),
    known("import", "import"),
    known("history", "history"),
    known("serializer", "serializer = NoteRow"),
    known("serializer_class", "serializer_class = NoteRow"),
    known("permission_classes", "permission_classes(IsAuthenticated)"),
    known(
        "login_required_actions",
        "login_required_actions(save, delete)",
    ),
    known("state_validators", "state_validators(check_dates)"),
    known("run_model_validation", "run_model_validation = false"),
    known("structured_errors", "structured_errors = false"),
    known("optimistic_concurrency", "optimistic_concurrency = false"),
    known("live", "live = false"),
    known("backend", "backend = Archive"),
    known("backend_class", "backend_class = Archive"),
    known("name", "name = \"notes\""),
    known("actions", "actions(list, create, update, delete)"),
    known("names", "names = crud"),
    known("state_fields", "state_fields(title, created_at)"),
    known("required_fields", "required_fields(content)"),
    known("exclude_from_row", "exclude_from_row(content)"),
    known("allow_dynamic_ordering", "allow_dynamic_ordering"),
    needless("incremental_updates"),
    needless("load_context_processors"),
    known("use_canonical_api", "use_canonical_api = false"),
    known("use_form_submit", "use_form_submit"),
];
