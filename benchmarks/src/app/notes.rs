//! Rows of a table with a form, as an application writes them.

use rdj::{
    orm::sea_orm::{ActiveValue::Set, EntityTrait},
    prelude::*,
};

use super::ROWS;

/// What is stored.
pub(crate) mod note {
    use rdj::orm::prelude::*;

    /// A note.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "note")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[rdj(label = "Title", max_length = 200)]
        pub title: String,
        #[sea_orm(column_type = "Text", nullable)]
        #[rdj(label = "Content")]
        pub content: Option<String>,
        #[sea_orm(indexed)]
        #[rdj(auto_now_add)]
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Lists, pages, edits and saves notes; each connection is measured by itself.
#[model_state(
    model = note::Entity,
    fields(title, content),
    ordering(-created_at),
    search_fields(title, content),
    paginate_by = 20,
    live = false,
)]
pub(crate) struct NotesState;

/// The page.
#[page(route = "/notes", template = "notes.html", title = "Notes")]
pub(crate) struct NotesPage {
    pub notes: NotesState,
}

/// Makes the table and its rows.
pub(crate) async fn fill(db: &rdj::orm::Db) -> Result {
    rdj::orm::Tables::new().add(note::Entity).create(db).await?;
    let start = rdj::orm::sea_orm::prelude::ChronoDateTimeUtc::UNIX_EPOCH;
    let row = |id: i64| note::ActiveModel {
        id: Set(id),
        title: Set(format!("Note {id} about the matter")),
        content: Set(Some(format!(
            "What there is to say about number {id}, in a sentence of usual length."
        ))),
        created_at: Set(start + std::time::Duration::from_secs(id.unsigned_abs() * 3600)),
    };
    let rows: Vec<_> = (1..=ROWS).map(row).collect();
    for some in rows.chunks(100) {
        note::Entity::insert_many(some.to_vec()).exec(db).await?;
    }
    Ok(())
}
