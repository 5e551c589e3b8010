//! What is measured.

mod beside;
mod bridge;
mod build;
mod client;
mod counter;
mod crowd;
mod idle;
mod list;
mod live;
mod login;
mod pages;
mod start;
mod transfer;
mod view;

use std::path::{Path, PathBuf};

use crate::{
    Result, app,
    measure::load_average,
    report::{Row, Table},
};

/// One table of results.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Subject {
    pub(crate) name: &'static str,
    title: &'static str,
    method: &'static str,
}

const fn subject(name: &'static str, title: &'static str, method: &'static str) -> Subject {
    Subject {
        name,
        title,
        method,
    }
}

pub(crate) const SUBJECTS: [Subject; 14] = [
    subject("counter", "Counter event", counter::METHOD),
    subject("bridge", "The bridge", bridge::METHOD),
    subject(
        "list",
        "List, edit, save; one cell of 1,000 rows",
        list::METHOD,
    ),
    subject(
        "view",
        "Changes of 20, 100 and 1,000 keyed rows",
        view::METHOD,
    ),
    subject("beside", "Beside a program by hand", beside::METHOD),
    subject("pages", "Pages of 350,000 rows", pages::METHOD),
    subject("transfer", "Files of 100,000 rows", transfer::METHOD),
    subject("live", "One save, seen by many", live::METHOD),
    subject("login", "Sign-ins beside other events", login::METHOD),
    subject("idle", "Idle page on an open socket", idle::METHOD),
    subject(
        "crowd",
        "10,000 idle sockets, slow readers, floods",
        crowd::METHOD,
    ),
    subject("client", "Client", client::METHOD),
    subject("start", "Process start to first page", start::METHOD),
    subject("build", "Build cost", build::METHOD),
];

impl Subject {
    /// Measures.
    pub(crate) async fn run(&self) -> Result<Table> {
        let before = load_average();
        let db = Database::make().await?;
        let rows: Vec<Row> = match self.name {
            "counter" => counter::run(&db.0).await?,
            "bridge" => bridge::run(&db.0).await?,
            "list" => list::run(&db.0).await?,
            "view" => view::run(&db.0).await?,
            "beside" => beside::run(&db.0).await?,
            "pages" => pages::run(&db.0).await?,
            "transfer" => transfer::run(&db.0).await?,
            "live" => live::run(&db.0).await?,
            "login" => login::run(&db.0).await?,
            "idle" => idle::run(&db.0).await?,
            "crowd" => crowd::run(&db.0).await?,
            "client" => client::run(&db.0).await?,
            "start" => start::run(&db.0).await?,
            _ => build::run().await?,
        };
        Ok(Table {
            title: self.title,
            method: self.method,
            rows,
            load: (before, load_average()),
        })
    }
}

/// A SQLite file with 1,000 notes; removed when dropped.
struct Database(PathBuf);

impl Database {
    async fn make() -> Result<Self> {
        let name = format!("rdj-benchmarks-{}.db", std::process::id());
        let made = Self(std::env::temp_dir().join(name));
        made.remove();
        app::notes::fill(&app::connect(&made.0).await?).await?;
        Ok(made)
    }

    fn remove(&self) {
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", self.0.display()));
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.remove();
    }
}

/// The folder of this package.
fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
