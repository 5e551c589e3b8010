//! The states: one per way to declare.
#![expect(missing_docs, reason = "the columns say what they are")]

use rdj::prelude::*;

use crate::models::note;

/// A model with an order of its own, over the table of notes.
pub mod entry {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "note")]
    #[rdj(app_label = "names", ordering(title))]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub title: String,
        #[rdj(auto_now_add)]
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// The names of ModelCRUDView, everything switched on.
#[model_state(
    model = note::Entity,
    name = "crud_notes",
    names = crud,
    fields(title, content, priority),
    search_fields(title),
    ordering_fields(title),
    paginate_by = 2,
    owner_field = user_id,
    use_form_submit,
)]
#[derive(Debug)]
pub struct CrudNotesState;

/// ModelListView.
#[model_state(
    model = note::Entity,
    name = "list_notes",
    names = crud,
    actions(list),
    list_display(title),
    owner_field = user_id,
)]
#[derive(Debug)]
pub struct ListNotesState;

/// New rows and a list.
#[model_state(
    model = note::Entity,
    name = "new_notes",
    actions(list, create),
    fields(title, priority),
    owner_field = user_id,
)]
#[derive(Debug)]
pub struct NewNotesState;

/// Every name is another one.
#[model_state(
    model = note::Entity,
    name = "renamed_notes",
    fields(title, priority),
    search_fields(title),
    ordering_fields(title),
    paginate_by = 1,
    owner_field = user_id,
    list_var = rows,
    error_var = problem,
    field_errors_var = mistakes,
    editing_var = edited,
    form_reset_var = none,
    page_var = number,
    page_size_var = per_page,
    total_count_var = row_count,
    page_count_var = last_page,
    search_var = query,
    ordering_var = order,
    save_event = store,
    delete_event = remove,
    on_load_event = open,
    cancel_event = leave,
)]
#[derive(Debug)]
pub struct RenamedNotesState;

/// No names that all states share.
#[model_state(
    model = note::Entity,
    name = "own_names",
    use_canonical_api = false,
    fields(title),
    owner_field = user_id,
)]
#[derive(Debug)]
pub struct OwnNamesState;

/// Replaces an event under one of its names.
#[model_state(
    model = note::Entity,
    name = "guarded_notes",
    fields(title, priority),
    owner_field = user_id,
    ordering(-id),
)]
#[derive(Debug)]
pub struct GuardedNotesState {
    /// How often it ran.
    pub calls: u32,
}

#[events]
impl GuardedNotesState {
    /// Replaces the generated one.
    #[event(staff)]
    async fn save_note(&mut self, cx: &Cx) -> Result {
        self.calls += 1;
        self.title.push('!');
        handlers::save(self, cx).await.map(drop)
    }
}

/// A form with fewer fields than the list, one of which is asked for though it can be NULL.
#[model_state(
    model = note::Entity,
    name = "form_notes",
    fields(title, content, priority, created_at),
    state_fields(title, content),
    required_fields(content),
    owner_field = user_id,
)]
#[derive(Debug)]
pub struct FormNotesState;

/// A list without the long texts, ordered by every column it shows.
#[model_state(
    model = note::Entity,
    name = "short_notes",
    fields(title, content),
    list_display(title, priority),
    exclude_from_row(content),
    allow_dynamic_ordering,
    owner_field = user_id,
)]
#[derive(Debug)]
pub struct ShortNotesState;

/// The order of the model.
#[model_state(model = entry::Entity, name = "entries", fields(title))]
#[derive(Debug)]
pub struct EntriesState;
