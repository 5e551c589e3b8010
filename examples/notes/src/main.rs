//! Notes: one entity, one state and one template make a page that is live over a WebSocket and works
//! without JavaScript too.
//!
//! `cargo run -p notes`, then open <http://127.0.0.1:8000>. The notes are kept in `notes.db`.

#![expect(
    unreachable_pub,
    reason = "the modules of an application are nobody's interface"
)]

mod note;

use std::env;

use axum::{
    Router,
    extract::Request,
    middleware::{Next, from_fn},
    response::{Redirect, Response},
    routing::get,
};
use rdj::{orm::Tables, prelude::*};
use tower_http::trace::TraceLayer;
use tracing_subscriber::EnvFilter;

/// Lists, searches, pages, validates and saves notes of the signed-in user.
#[model_state(
    model = note::Entity,
    fields(title, content),
    ordering(-created_at),
    search_fields(title, content),
    paginate_by = 5,
    owner_field = user_id,
)]
pub struct NotesState;

/// `templates/notes.html` over the state, at an address.
#[page(route = "/notes", template = "notes.html", title = "Notes")]
pub struct NotesPage {
    /// The list with its form.
    pub notes: NotesState,
}

/// Signs everybody in as the same user.
///
/// It runs for pages and for every event alike: both go through the whole stack of layers.
async fn sign_in(mut request: Request, next: Next) -> Response {
    request
        .extensions_mut()
        .insert(rdj::CurrentUser::new(1, "demo"));
    next.run(request).await
}

#[tokio::main]
async fn main() -> rdj::Result {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).init();
    let url = env::var("DATABASE_URL").unwrap_or_else(|_| "sqlite://notes.db?mode=rwc".to_owned());
    let db = rdj::orm::connect(&url).await?;
    Tables::new().add(note::Entity).create(&db).await?;
    rdj::App::new()
        .database(db)
        .layer(from_fn(sign_in))
        .sessions(rdj::session::memory())
        .layer(TraceLayer::new_for_http())
        .merge(Router::new().route("/", get(async || Redirect::to("/notes"))))
        .discover()
        .run()
        .await
}
