//! Pages: what the testing kit is tried on.

#![expect(
    missing_debug_implementations,
    reason = "states and pages are not printed here"
)]

pub mod people;

use axum::{Router, extract::Multipart, routing::post};
use rdj::{
    App,
    orm::{Db, Tables},
    prelude::*,
};

/// A note.
pub mod note {
    use rdj::orm::prelude::*;

    /// A note.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "kit_note")]
    pub struct Model {
        /// The key.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// The title.
        #[rdj(label = "Title", max_length = 40)]
        pub title: String,
        /// Whether it is done.
        #[rdj(label = "Done")]
        pub done: bool,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Notes that all users share.
#[rdj::model_state(
    model = note::Entity,
    fields(title, done),
    ordering(id),
    search_fields(title),
    list_display(title, done)
)]
pub struct NotesState;

/// Notes with the components of rdj.
#[rdj::page(
    route = "/kit/notes",
    template = "kit/notes.html",
    title = "Notes",
    discover = false
)]
pub struct NotesPage {
    /// The notes.
    pub notes: NotesState,
}

/// One of the rows of [`DeskState`].
#[derive(Clone, Debug)]
pub struct Item {
    /// The key.
    pub id: u32,
    /// What it is called.
    pub name: String,
}

/// All kinds of events and controls, in memory.
#[rdj::app_state]
pub struct DeskState {
    /// Who it is for.
    #[var(bind)]
    pub name: String,
    /// How many.
    #[var(bind)]
    pub count: Option<i32>,
    /// What is looked for.
    #[var(query)]
    pub search: String,
    /// The rows.
    pub items: Vec<Item>,
    /// What the last event said.
    pub said: String,
    /// Whether the box is ticked.
    pub urgent: bool,
    /// What was chosen.
    pub genre: String,
    /// How often the page was mounted.
    pub mounts: u32,
}

#[rdj::events]
impl DeskState {
    #[on_load]
    async fn start(&mut self, _cx: &Cx) {
        for (id, name) in (1..).zip(["Apple", "Bread", "Cheese", "Bread roll"]) {
            let name = name.to_owned();
            self.items.push(Item { id, name });
        }
    }

    async fn order(&mut self, cx: &Cx) {
        if self.name.is_empty() {
            self.field_errors_mut().add_to("name", "Who is it for?");
            return;
        }
        cx.messages().success(format!("Ordered for {}.", self.name));
        self.said = format!("{} gets {}", self.name, self.count.unwrap_or(1));
    }

    async fn find(&mut self, _cx: &Cx, text: String) {
        self.search = text;
    }

    async fn remove(&mut self, _cx: &Cx, id: u32) {
        self.items.retain(|item| item.id != id);
    }

    async fn add(&mut self, _cx: &Cx) {
        let id = self.items.iter().map(|item| item.id).max().unwrap_or(0) + 1;
        let name = format!("Number {id}");
        self.items.insert(0, Item { id, name });
    }

    async fn turn(&mut self, _cx: &Cx) {
        self.items.reverse();
    }

    async fn set_urgent(&mut self, _cx: &Cx, on: bool) {
        self.urgent = on;
    }

    async fn set_genre(&mut self, _cx: &Cx, genre: String) {
        self.genre = genre;
    }

    async fn left(&mut self, _cx: &Cx, text: String) {
        self.said = format!("left with {text}");
    }

    async fn mounted(&mut self, _cx: &Cx) {
        self.mounts += 1;
    }

    async fn refuse(&mut self, _cx: &Cx) -> Result {
        Err(Error::invalid("The desk is closed."))
    }

    async fn go(&mut self, cx: &Cx) {
        cx.messages().success("Gone.");
        cx.redirect("/kit/notes");
    }

    async fn away(&mut self, cx: &Cx) {
        cx.redirect("https://example.org/shop");
    }

    /// The rows that are looked for.
    #[computed]
    #[must_use]
    pub fn found(&self) -> Vec<Item> {
        let mut found = self.items.clone();
        found.retain(|item| item.name.contains(&self.search));
        found
    }
}

/// The desk.
#[rdj::page(
    route = "/kit/desk",
    template = "kit/desk.html",
    title = "Desk",
    discover = false
)]
pub struct DeskPage {
    /// The desk.
    pub desk: DeskState,
}

/// A page with all that is reported.
#[rdj::page(
    route = "/kit/sloppy",
    template = "kit/sloppy.html",
    title = "Sloppy",
    discover = false
)]
pub struct SloppyPage {
    /// The desk.
    pub desk: DeskState,
}

/// A page for those who are signed in.
#[rdj::page(
    route = "/kit/private",
    template = "kit/sloppy.html",
    title = "Private",
    login,
    discover = false
)]
pub struct PrivatePage {
    /// The desk.
    pub desk: DeskState,
}

async fn take(mut form: Multipart) -> String {
    let mut out = String::new();
    while let Ok(Some(field)) = form.next_field().await {
        if let Some(name) = field.file_name().map(str::to_owned) {
            let length = field.bytes().await.map_or(0, |bytes| bytes.len());
            out = format!("{name} has {length} bytes");
        }
    }
    out
}

/// The application with all of these pages.
///
/// # Errors
///
/// The database fails.
pub async fn app(db: &Db) -> Result<App> {
    Tables::new().add(note::Entity).create(db).await?;
    let files = Router::new().route(
        "/kit/files",
        post(async |form: Multipart| {
            let text = take(form).await;
            axum::response::Html(format!("<title>Taken</title><p>{text}</p>"))
        }),
    );
    Ok(App::new()
        .database(db.clone())
        .merge(files)
        .page::<NotesPage>()
        .page::<DeskPage>()
        .page::<SloppyPage>()
        .page::<PrivatePage>())
}
