//! A model, its state with everything overridden that can be, and a page.

use rdj::{PageType as _, prelude::*};

/// Notes.
pub mod note {
    use rdj::orm::prelude::*;

    /// A note.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "note")]
    pub struct Model {
        /// The key.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// The owner.
        pub user_id: i64,
        /// The heading.
        #[rdj(label = "Heading", max_length = 200)]
        pub title: String,
        /// The text.
        #[sea_orm(column_type = "Text", nullable)]
        pub content: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Notes of the user.
#[model_state(
    model = note::Entity,
    fields(title, content),
    ordering(-id),
    search_fields(title),
    paginate_by = 20,
    owner_field = user_id
)]
#[derive(Debug)]
pub struct NotesState {
    #[var(bind)]
    archived: bool,
}

impl NotesHooks for NotesState {
    fn clean_title(&self, value: String) -> Result<String, FieldError> {
        if value.is_empty() {
            Err("Name it.".into())
        } else {
            Ok(value)
        }
    }
}

#[events]
impl NotesState {
    async fn archive(&mut self, _cx: &Cx, id: i64) {
        self.archived = id > 0;
    }
}

/// The notes.
#[page(route = "/notes", template = "notes.html", login)]
#[derive(Debug)]
pub struct NotesPage {
    notes: NotesState,
}

#[test]
fn is_a_page() {
    assert_eq!(NotesPage::SPEC.route, "/notes");
    assert!(!NotesPage::default().notes.archived);
}
