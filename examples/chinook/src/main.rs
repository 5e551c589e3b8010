//! The back office of a music store, over the Chinook database: clerks may look, managers may change.
//!
//! Get `Chinook_Sqlite.sqlite` from <https://github.com/lerocha/chinook-database> and copy it to
//! `chinook.sqlite`: the program writes to that file. Then
//!
//! - `cargo run -p chinook -- demo_users` makes the users `clerk` and `manager` and prints their passwords,
//! - `cargo run -p chinook` serves at <http://127.0.0.1:8000>.
//!
//! `DATABASE_URL` names another database.

#![expect(
    unreachable_pub,
    reason = "the modules of an application are nobody's interface"
)]

mod entity;
mod page;
mod role;
mod state;

use std::{env, path::Path};

use rdj::{
    auth::{AppAuth, AppAuthPages, Auth, AuthPages, AuthSettings, AuthTables, permission},
    command::Command,
    prelude::*,
};
use tower_http::trace::TraceLayer;
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> rdj::Result {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let url = match env::var("DATABASE_URL") {
        Ok(url) => url,
        Err(_) => existing("chinook.sqlite")?,
    };
    let db = rdj::orm::connect(&url).await?;
    AuthTables::create(&db).await?;
    permission::sync(&db).await?;
    let settings = AuthSettings {
        brand_text: "Chinook".to_owned(),
        ..AuthSettings::default()
    };
    let auth = Auth::new(db.clone(), settings)?;
    role::create(&auth.users(&db)).await?;
    let demo = "Makes the users `clerk` and `manager` with new passwords, and prints them";
    rdj::App::new()
        .database(db)
        .sessions(rdj::session::memory())
        .auth(auth)
        .auth_pages(AuthPages::new().without_registration())
        .command(Command::new("demo_users", demo, role::demo_users))
        .layer(TraceLayer::new_for_http())
        .discover()
        .run()
        .await
}

/// The URL of a file that is there: an empty database has no store.
fn existing(path: &str) -> rdj::Result<String> {
    if Path::new(path).is_file() {
        return Ok(format!("sqlite://{path}"));
    }
    Err(Error::Setup(format!(
        "There is no database at {path}. Get Chinook_Sqlite.sqlite from \
         https://github.com/lerocha/chinook-database and copy it there"
    )))
}
