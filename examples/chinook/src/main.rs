//! The back office of a music store, over the Chinook database.
//!
//! `cargo run -p chinook -- --database chinook.sqlite`, then open <http://127.0.0.1:8000>. It writes
//! to that file: give it a copy. `DATABASE_URL` names a database in place of the option.

#![expect(
    unreachable_pub,
    reason = "the modules of an application are nobody's interface"
)]

mod entity;
mod page;
mod state;

use std::{env, path::Path};

use rdj::prelude::*;
use tower_http::trace::TraceLayer;
use tracing_subscriber::EnvFilter;

const USAGE: &str = "usage: chinook [--database PATH]";

#[tokio::main]
async fn main() -> rdj::Result {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).init();
    let db = rdj::orm::connect(&database_url(env::args().skip(1))?).await?;
    rdj::App::new()
        .database(db)
        .sessions(rdj::session::memory())
        .layer(TraceLayer::new_for_http())
        .discover()
        .run()
        .await
}

/// The database of the option, of `DATABASE_URL`, or of the folder the program runs in.
fn database_url(mut args: impl Iterator<Item = String>) -> rdj::Result<String> {
    let path = match (args.next().as_deref(), args.next(), args.next()) {
        (Some("--database"), Some(path), None) => path,
        (None, ..) => match env::var("DATABASE_URL") {
            Ok(url) => return Ok(url),
            Err(_) => "chinook.sqlite".to_owned(),
        },
        _ => return Err(Error::Setup(USAGE.to_owned())),
    };
    if Path::new(&path).is_file() {
        return Ok(format!("sqlite://{path}"));
    }
    Err(Error::Setup(format!(
        "There is no database at {path}. Get Chinook_Sqlite.sqlite from \
         https://github.com/lerocha/chinook-database and name it: --database PATH"
    )))
}

#[cfg(test)]
mod tests {
    use super::database_url;

    fn url(args: &[&str]) -> rdj::Result<String> {
        database_url(args.iter().map(ToString::to_string))
    }

    #[test]
    fn a_missing_file_is_named() {
        let error = url(&["--database", "/nowhere/store.sqlite"])
            .unwrap_err()
            .to_string();
        assert!(error.contains("/nowhere/store.sqlite"), "{error}");
    }

    #[test]
    fn an_existing_file_is_a_url() {
        assert_eq!(
            url(&["--database", "Cargo.toml"]).unwrap(),
            "sqlite://Cargo.toml"
        );
    }

    #[test]
    fn other_arguments_are_refused() {
        assert!(
            url(&["--databse", "x"])
                .unwrap_err()
                .to_string()
                .contains("usage")
        );
        assert!(url(&["--database"]).is_err());
    }
}
