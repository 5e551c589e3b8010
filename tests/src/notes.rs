//! A page over two models, as an application writes it, with an owner, numbers, dates and a relation.

use std::sync::Arc;

use axum::{extract::Request, middleware::Next, response::Response};
use rdj::{
    CurrentUser,
    component::Choice,
    orm::{Db, FieldMeta, Tables, sea_orm::EntityTrait as _},
    prelude::*,
};

/// A folder that notes lie in.
pub mod folder {
    use rdj::orm::prelude::*;

    /// A folder.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "folder")]
    #[rdj(app_label = "notebook")]
    pub struct Model {
        /// The key.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// The name.
        #[sea_orm(unique)]
        pub name: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A note of a user.
pub mod note {
    use rdj::orm::prelude::*;

    /// A note.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "note")]
    #[rdj(app_label = "notebook")]
    pub struct Model {
        /// The key.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Whose it is.
        pub user_id: i64,
        /// The title.
        #[rdj(max_length = 200)]
        pub title: String,
        /// The text.
        #[sea_orm(column_type = "Text", nullable)]
        pub content: Option<String>,
        /// How urgent.
        pub priority: i32,
        /// Until when.
        pub due: Option<Date>,
        /// Where.
        pub folder_id: Option<i64>,
        /// The folder.
        #[sea_orm(belongs_to, from = "folder_id", to = "id")]
        pub folder: BelongsTo<Option<super::folder::Entity>>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// The notes of the signed-in user.
#[model_state(
    model = note::Entity,
    fields(title, content, priority, due, folder_id),
    ordering(title),
    ordering_fields(title, priority),
    search_fields(title, content),
    list_display(title, priority, folder_id),
    paginate_by = 3,
    owner_field = user_id,
)]
pub struct NotesState;

impl NotesHooks for NotesState {
    /// The archive is full.
    async fn get_choices(&self, cx: &Cx, field: &FieldMeta) -> Result<Vec<Choice>> {
        let mut choices = base::get_choices(self, cx, field).await?;
        choices.retain(|choice| choice.label != "Archive");
        Ok(choices)
    }

    /// Looks for the row through the free function, which is in the transaction too.
    async fn on_save_success(&mut self, _: &Cx, row: &note::Model) -> Result {
        let db = rdj::current_cx()?.db()?;
        let found = note::Entity::find_by_id(row.id).one(&db).await?;
        found
            .filter(|found| found.title != "late failure" && db.pool().is_none())
            .map(drop)
            .ok_or_else(|| Error::invalid("It failed late."))
    }

    /// As above.
    async fn on_delete_success(&mut self, _: &Cx, row: &note::Model) -> Result {
        let db = rdj::current_cx()?.db()?;
        if note::Entity::find_by_id(row.id).one(&db).await?.is_some() {
            return Err(Error::invalid("It is still there."));
        }
        Ok(())
    }
}

/// The folders.
#[model_state(model = folder::Entity, fields(name), ordering(name), search_fields(name))]
pub struct FoldersState;

#[events]
impl FoldersState {
    /// Replaces the generated event, also where the address asks for it.
    #[event(login)]
    async fn start_edit(&mut self, cx: &Cx, id: i64) -> Result {
        handlers::start_edit(self, cx, id).await?;
        if self.name == "Locked" {
            return Err(Error::Denied);
        }
        self.name.push_str(" (editing)");
        Ok(())
    }
}

/// The folders alone, for everybody.
#[page(route = "/folders", template = "folders.html", title = "Folders")]
pub struct FoldersPage {
    /// The folders.
    pub folders: FoldersState,
}

/// Notes and folders.
#[page(
    route = "/notes",
    template = "notes.html",
    title = "Notes",
    on_load(NotesState::load, FoldersState::load)
)]
pub struct NotesPage {
    /// The notes.
    pub notes: NotesState,
    /// The folders.
    pub folders: FoldersState,
}

/// Signs in the user of the header `x-user`, by default the first one.
pub async fn sign_in(mut request: Request, next: Next) -> Response {
    let id = request
        .headers()
        .get("x-user")
        .and_then(|value| value.to_str().ok()?.parse().ok());
    let id: i64 = id.unwrap_or(1);
    request
        .extensions_mut()
        .insert(CurrentUser::new(id, Arc::from(format!("user {id}"))));
    next.run(request).await
}

/// An empty database in memory.
///
/// # Panics
///
/// The database cannot be made.
pub async fn database() -> Db {
    let db = rdj::orm::connect("sqlite::memory:")
        .await
        .expect("a database");
    let tables = Tables::new().add(folder::Entity).add(note::Entity);
    tables.create(&db).await.expect("tables");
    db
}
