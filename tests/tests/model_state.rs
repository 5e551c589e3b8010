//! Model states end to end: entity, `#[model_state]`, dispatch, database.

mod support;

use rdj::{Cx, FieldError, Result, base, prelude::*};
use support::{Client, database};

/// Notes with an owner.
mod note {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "note")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub user_id: i64,
        #[rdj(label = "Heading", max_length = 20)]
        pub title: String,
        #[sea_orm(column_type = "Text", nullable)]
        pub content: Option<String>,
        pub priority: i32,
        #[rdj(auto_now_add)]
        pub created_at: DateTimeUtc,
        #[rdj(auto_now)]
        pub updated_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[rdj::model_state(
    model = note::Entity,
    fields(title, content, priority),
    ordering(-created_at),
    search_fields(title, content),
    paginate_by = 2,
    owner_field = user_id,
    ordering_fields(title, priority),
)]
#[derive(Debug)]
struct NotesState {
    #[var(bind)]
    show_archived: bool,
    saved: Vec<i64>,
}

impl NotesHooks for NotesState {
    fn clean_title(&self, value: String) -> Result<String, FieldError> {
        if value == "bad" {
            return Err("Not that.".into());
        }
        Ok(value.trim().to_owned())
    }

    async fn on_save_success(&mut self, cx: &Cx, row: &note::Model) -> Result {
        if row.title == "fails" {
            return Err(rdj::Error::invalid("It failed."));
        }
        self.saved.push(row.id);
        base::on_save_success(self, cx, row).await
    }
}

#[rdj::events]
impl NotesState {
    async fn start_edit(&mut self, cx: &Cx, id: i64) -> Result {
        rdj::handlers::start_edit(self, cx, id).await?;
        self.show_archived = true;
        Ok(())
    }
}

#[tokio::test]
async fn creates_edits_and_deletes() -> Result {
    let db = database(|tables| tables.add(note::Entity)).await?;
    let ann = Client::new(&db, 1);
    let mut notes = NotesState::default();
    ann.load(&mut notes).await?;
    ann.submit(
        &mut notes,
        "save",
        &[("title", " Milk "), ("content", ""), ("priority", "3")],
    )
    .await?;
    assert_eq!(notes.error, "", "{:?}", notes.field_errors);
    assert_eq!(notes.data.len(), 1);
    let row = notes.data[0].clone();
    assert_eq!(
        (row.title.as_str(), row.content, row.priority, row.user_id),
        ("Milk", None, 3, 1)
    );
    assert_eq!(notes.saved, [row.id]);
    assert_eq!(notes.title, "");

    ann.call(&mut notes, "start_edit", &format!("[{}]", row.id))
        .await?;
    assert!(notes.show_archived && notes.is_editing());
    assert_eq!(notes.title, "Milk");
    ann.submit(&mut notes, "save", &[("title", "Bread"), ("priority", "3")])
        .await?;
    assert_eq!(notes.data[0].title, "Bread");
    assert!(!notes.is_editing());

    ann.call(&mut notes, "delete", &format!("[{}]", row.id))
        .await?;
    assert!(notes.data.is_empty());
    Ok(())
}
