//! The notes without rdj: axum, SeaORM, askama and csv, as one writes them by hand for each table.
//!
//! Every answer is HTML for the browser to put in place, as htmx does; who looks at the list gets it
//! again over a WebSocket when somebody saved.

pub(crate) mod files;
mod watch;

use std::sync::Arc;

use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, Query, State},
    http::StatusCode,
    middleware::from_fn,
    response::{Html, IntoResponse, Response},
    routing::{any, get, post},
};
use rdj::orm::{
    Db,
    sea_orm::{
        ActiveModelTrait as _, DatabaseConnection, EntityTrait as _, IntoActiveModel as _,
        PaginatorTrait as _, QueryOrder as _, QuerySelect as _, Set,
    },
};
use serde::Deserialize;
use tokio::{net::TcpListener, sync::broadcast};
use tower_http::trace::TraceLayer;
use tower_sessions::{MemoryStore, SessionManagerLayer};

use super::{notes::note, sign_in};
use crate::{Result, fail};

/// The rows of a page.
const PAGE: u64 = 20;

/// What all handlers have.
struct Shared {
    db: DatabaseConnection,
    saved: broadcast::Sender<()>,
}

type Store = State<Arc<Shared>>;

pub(super) async fn serve(listener: TcpListener, db: Db) -> Result {
    let db = db.pool().cloned().ok_or_else(|| fail("a transaction"))?;
    let (saved, _) = broadcast::channel(16);
    let router = Router::new()
        .route("/notes", get(show))
        .route("/notes/{id}", post(save))
        .route("/watch", any(watch::watch))
        .with_state(Arc::new(Shared { db, saved }))
        .layer(from_fn(sign_in))
        .layer(SessionManagerLayer::new(MemoryStore::default()).with_secure(false))
        .layer(TraceLayer::new_for_http());
    Ok(axum::serve(listener, router).await?)
}

#[derive(Template)]
#[template(path = "plain.html")]
struct Page {
    notes: Vec<note::Model>,
    number: u64,
    pages: u64,
    edited: Option<note::Model>,
    error: Option<&'static str>,
}

#[derive(Default, Deserialize)]
struct Asked {
    page: Option<u64>,
    edit: Option<i64>,
}

#[derive(Deserialize)]
struct Changed {
    title: String,
    content: String,
}

/// An error as an answer.
struct Failed(rdj::Error);

impl<E: Into<rdj::Error>> From<E> for Failed {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        (status, self.0.to_string()).into_response()
    }
}

async fn page(db: &DatabaseConnection, number: u64) -> Result<Page> {
    let number = number.max(1);
    let notes = note::Entity::find()
        .order_by_desc(note::Column::CreatedAt)
        .order_by_desc(note::Column::Id)
        .offset((number - 1) * PAGE)
        .limit(PAGE);
    let notes = notes.all(db).await?;
    let pages = note::Entity::find().count(db).await?.div_ceil(PAGE);
    Ok(Page {
        notes,
        number,
        pages,
        edited: None,
        error: None,
    })
}

async fn show(State(shared): Store, Query(asked): Query<Asked>) -> Result<Html<String>, Failed> {
    let mut shown = page(&shared.db, asked.page.unwrap_or(1)).await?;
    if let Some(id) = asked.edit {
        shown.edited = note::Entity::find_by_id(id).one(&shared.db).await?;
    }
    Ok(Html(shown.render()?))
}

async fn save(
    State(shared): Store,
    Path(id): Path<i64>,
    Form(form): Form<Changed>,
) -> Result<Html<String>, Failed> {
    let found = note::Entity::find_by_id(id).one(&shared.db).await?;
    let row = found.ok_or(rdj::Error::NotFound)?;
    let error = check(&form.title);
    if error.is_none() {
        let mut row = row.into_active_model();
        row.title = Set(form.title);
        row.content = Set((!form.content.is_empty()).then_some(form.content));
        row.update(&shared.db).await?;
        // nobody may be looking
        let _ = shared.saved.send(());
    }
    let mut shown = page(&shared.db, 1).await?;
    shown.error = error;
    Ok(Html(shown.render()?))
}

fn check(title: &str) -> Option<&'static str> {
    match title.trim().chars().count() {
        0 => Some("A title is needed."),
        1..=200 => None,
        _ => Some("The title is too long."),
    }
}
