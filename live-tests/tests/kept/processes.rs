//! Processes that are ended and started again, over a database of their own.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

use std::{
    env, fs,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use rdj::orm::{
    Db, connect, connect_with,
    sea_orm::{ConnectOptions, ConnectionTrait as _, Statement},
};
use rdj_tests::{Browser, Socket};
use tokio::time::sleep;

use crate::steady::{PATIENCE, until};

/// Longer than any event of a test, in milliseconds.
pub(super) const LONG: &str = "60000";

/// A database for processes; a file of its own is removed when dropped.
#[derive(Debug)]
pub(super) struct Database {
    pub(super) url: String,
    pub(super) schema: Option<String>,
    file: Option<PathBuf>,
}

impl Database {
    /// A file.
    pub(super) fn sqlite(name: &str) -> Self {
        let file = env::temp_dir().join(format!("rdj-kept-{name}-{}.sqlite", std::process::id()));
        let database = Self {
            url: format!("sqlite://{}?mode=rwc", file.display()),
            schema: None,
            file: Some(file),
        };
        // a process that was killed may have had the same number
        database.remove();
        database
    }

    fn remove(&self) {
        for end in ["", "-wal", "-shm"] {
            if let Some(file) = &self.file {
                let _ = fs::remove_file(format!("{}{end}", file.display()));
            }
        }
    }

    /// An empty schema of the server of `RDJ_TEST_POSTGRES`.
    pub(super) async fn postgres(name: &str) -> Self {
        let url = env::var("RDJ_TEST_POSTGRES").expect("RDJ_TEST_POSTGRES: run `scripts/test`");
        let schema = format!("rdj_kept_{name}");
        let admin = connect(&url).await.expect("PostgreSQL");
        let sql = format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}");
        admin.execute_unprepared(&sql).await.expect("a schema");
        Self {
            url,
            schema: Some(schema),
            file: None,
        }
    }

    /// A connection of the test's own.
    pub(super) async fn connect(&self) -> Db {
        let mut options = ConnectOptions::new(&self.url);
        if let Some(schema) = &self.schema {
            options.set_schema_search_path(schema).max_connections(2);
        }
        connect_with(options).await.expect("a database")
    }

    /// Ends a socket, and waits until its page is put away here, where any process finds it.
    pub(super) async fn leave(&self, socket: &mut Socket) {
        let before = self.pages().await;
        socket.leave().await;
        let is_kept = async || self.pages().await > before;
        until("the page is put away", is_kept).await;
    }

    /// How many pages wait.
    async fn pages(&self) -> i64 {
        let db = self.connect().await;
        let sql = "SELECT count(*) AS pages FROM rdj_page";
        let statement = Statement::from_string(db.get_database_backend(), sql);
        let row = db.query_one_raw(statement).await.expect("an answer");
        let pages = row.expect("a row").try_get("", "pages");
        pages.expect("a number")
    }

    /// How often each text was saved.
    pub(super) async fn saves(&self) -> Vec<(String, i64)> {
        let db = self.connect().await;
        let sql = "SELECT text, count(*) AS times FROM kept_entry GROUP BY text";
        let statement = Statement::from_string(db.get_database_backend(), sql);
        let rows = db.query_all_raw(statement).await.expect("rows");
        rows.iter()
            .map(|row| {
                let text = row.try_get("", "text").expect("a text");
                (text, row.try_get("", "times").expect("a number"))
            })
            .collect()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.remove();
    }
}

/// A process that serves; killed when dropped.
#[derive(Debug)]
pub(super) struct Process {
    child: Child,
    port: u16,
}

impl Process {
    /// Starts one, and waits until it answers. With `shares` its pages wait in the database. Told to stop,
    /// it waits for all that runs.
    pub(super) async fn start(database: &Database, port: u16, shares: bool) -> Self {
        let mut env = vec![("RDJ_DRAIN_GRACE", LONG)];
        if shares {
            env.push(("RDJ_PAGE_STORE", "database"));
        }
        Self::start_with(database, port, &env).await
    }

    /// Starts one with these in its environment.
    pub(super) async fn start_with(database: &Database, port: u16, env: &[(&str, &str)]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kept-pages"));
        command
            .env("RDJ_BIND", format!("127.0.0.1:{port}"))
            .env("DATABASE_URL", &database.url)
            .env("RUST_LOG", "error")
            .stdout(Stdio::inherit());
        if let Some(schema) = &database.schema {
            command.env("RDJ_SCHEMA", schema);
        }
        command.envs(env.iter().copied());
        let child = command.spawn().expect("a process");
        let mut process = Self { child, port };
        process.answers().await;
        process
    }

    async fn answers(&mut self) {
        let until = Instant::now() + PATIENCE;
        while tokio::net::TcpStream::connect(("127.0.0.1", self.port))
            .await
            .is_err()
        {
            if let Ok(Some(status)) = self.child.try_wait() {
                panic!("the server ended: {status}");
            }
            assert!(Instant::now() < until, "the server does not answer");
            sleep(Duration::from_millis(20)).await;
        }
    }

    pub(super) fn browser(&self) -> Browser {
        Browser::of(&format!("127.0.0.1:{}", self.port))
    }

    /// Ends it as a crash does.
    pub(super) fn kill(mut self) {
        self.child.kill().expect("a process");
        self.child.wait().expect("an end");
    }

    /// Sends it SIGTERM.
    pub(super) fn terminate(&self) {
        let id = self.child.id().to_string();
        let kill = Command::new("kill").args(["-TERM", &id]).status();
        assert!(kill.expect("kill").success());
    }

    /// Waits until it has ended by itself.
    pub(super) async fn ended(mut self) {
        let until = Instant::now() + PATIENCE;
        while self.child.try_wait().expect("a process").is_none() {
            assert!(Instant::now() < until, "the server does not stop");
            sleep(Duration::from_millis(10)).await;
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
