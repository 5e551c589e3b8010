//! What the servers serve.

mod counter;
mod echo;
pub(crate) mod files;
mod grid;
mod keyset;
mod lines;
pub(crate) mod members;
mod noise;
pub(crate) mod notes;
pub(crate) mod plain;
mod rows;

use std::{path::Path, time::Duration};

use axum::{
    extract::Request,
    middleware::{Next, from_fn},
    response::{IntoResponse as _, Response},
};
use rdj::{
    App, CurrentUser,
    orm::{Db, DbSessions},
    prelude::AppDatabase as _,
    session,
};
use tokio::net::TcpListener;
use tower_http::trace::TraceLayer;
use tower_sessions::Session;
use tracing_subscriber::EnvFilter;

use crate::Result;

/// The rows of the tables.
pub(crate) const ROWS: i64 = 1000;

/// A kind of server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A WebSocket echo of axum, without rdj.
    Echo,
    /// Pages without any layer.
    Bare,
    /// Pages behind sessions in memory.
    Session,
    /// Pages behind sessions in memory, sign-in and tracing.
    Full,
    /// The same, with the limits that every application has by default.
    Limited,
    /// Pages behind all that an application with users has: security headers, sessions in SQLite,
    /// languages, CSRF, users with permissions, tracing.
    Users,
    /// The same, with sessions that are read from SQLite for each event.
    Stored,
    /// The notes by hand, without rdj, behind the layers of `Full`.
    Plain,
}

impl Kind {
    const ALL: [Self; 8] = [
        Self::Echo,
        Self::Bare,
        Self::Session,
        Self::Full,
        Self::Limited,
        Self::Users,
        Self::Stored,
        Self::Plain,
    ];

    /// The argument of `serve`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Echo => "echo",
            Self::Bare => "bare",
            Self::Session => "session",
            Self::Full => "full",
            Self::Limited => "limited",
            Self::Users => "users",
            Self::Stored => "stored",
            Self::Plain => "plain",
        }
    }

    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Serves until the process is killed; `announce` gets host and port.
pub(crate) async fn serve(kind: Kind, db: &Path, announce: impl FnOnce(&str)) -> Result {
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new("info,rdj_runtime::app=warn"))
        .with_writer(std::io::stderr)
        .init();
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?.to_string();
    if kind == Kind::Echo {
        announce(&address);
        return echo::serve(listener).await;
    }
    let db = connect(db).await?;
    if kind == Kind::Plain {
        announce(&address);
        return plain::serve(listener, db).await;
    }
    let pages = App::new()
        .configure(|config| {
            if kind != Kind::Limited {
                config.events_per_second = u32::MAX;
                config.event_burst = u32::MAX;
            }
            config.cool_after = Duration::from_secs(1);
        })
        .database(db.clone())
        .page::<counter::CounterPage>()
        .page::<grid::GridPage>()
        .page::<lines::LinesPage>()
        .page::<keyset::KeysetPage>()
        .page::<noise::NoisePage>()
        .page::<notes::NotesPage>()
        .page::<rows::RowsPage>();
    let sessions = DbSessions::new(db.clone());
    sessions.create_table().await?;
    let app = match kind {
        Kind::Echo | Kind::Plain | Kind::Bare => pages,
        Kind::Session => pages.sessions(session::memory()),
        Kind::Full | Kind::Limited => traced(signed_in(pages).sessions(session::memory())),
        Kind::Users => {
            let layer = session::layer(sessions);
            traced(members::with_users(pages, &db, layer).await?)
        }
        Kind::Stored => {
            let layer = session::layer(sessions).cache_for(Duration::ZERO);
            traced(members::with_users(pages, &db, layer).await?)
        }
    };
    announce(&address);
    app.serve(listener).await
}

pub(crate) async fn connect(path: &Path) -> Result<Db> {
    rdj::orm::connect(&format!("sqlite://{}?mode=rwc", path.display())).await
}

fn signed_in(app: App) -> App {
    app.layer(from_fn(sign_in))
}

fn traced(app: App) -> App {
    app.outer_layer(TraceLayer::new_for_http())
}

/// Reads the user from the session, as an application does; who has none is signed in.
async fn sign_in(session: Session, mut request: Request, next: Next) -> Response {
    let user = match session.get::<i64>("user").await {
        Ok(Some(user)) => user,
        Ok(None) => {
            if let Err(error) = session.insert("user", 1).await {
                return failed(&error);
            }
            1
        }
        Err(error) => return failed(&error),
    };
    request
        .extensions_mut()
        .insert(CurrentUser::new(user, "demo"));
    next.run(request).await
}

fn failed(error: &tower_sessions::session::Error) -> Response {
    let status = axum::http::StatusCode::INTERNAL_SERVER_ERROR;
    (status, error.to_string()).into_response()
}
