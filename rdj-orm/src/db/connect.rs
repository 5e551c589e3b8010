//! Connecting with settings that suit a web application.

use std::time::Duration;

use rdj_runtime::Result;
use sea_orm::{
    ConnectOptions, Database,
    sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous},
};

use super::Db;

/// Connections of a SQLite pool: readers run beside each other, writers wait for their turn.
const SQLITE_POOL: u32 = 8;
/// How long a writer waits for its turn. SQLite keeps no order among those who wait: many of them, or an import of
/// many rows, take longer than the five seconds of the driver. Less than others wait for a connection.
const BUSY: Duration = Duration::from_secs(20);

/// Connects to the database at `url`: `sqlite://app.db?mode=rwc`, `sqlite::memory:` or
/// `postgres://user:password@host/name`.
///
/// SQLite gets a write-ahead log, `synchronous = NORMAL`, a busy timeout of 20 seconds and foreign
/// keys.
///
/// # Errors
///
/// The address is wrong or the database does not answer.
pub async fn connect(url: &str) -> Result<Db> {
    connect_with(ConnectOptions::new(url)).await
}

/// Connects with own options, such as the size of the pool; SQLite gets the settings of
/// [`connect`].
///
/// # Errors
///
/// The address is wrong or the database does not answer.
pub async fn connect_with(mut options: ConnectOptions) -> Result<Db> {
    let url = options.get_url().to_owned();
    // statements are not logged one by one: that costs more than most of them
    options.sqlx_logging(false);
    if url.starts_with("sqlite:") {
        sqlite(
            &mut options,
            url.contains(":memory:") || url.contains("mode=memory"),
        );
    }
    Ok(Db::new(Database::connect(options).await?))
}

fn sqlite(options: &mut ConnectOptions, memory: bool) {
    // a connection to a file does not break while it waits, and each test is a trip to its thread
    options.test_before_acquire(false);
    if memory {
        // a database in memory lives as long as its one connection
        options.max_connections(1).min_connections(1);
        options.map_sqlx_sqlite_pool_opts(|pool| pool.idle_timeout(None).max_lifetime(None));
    } else if options.get_max_connections().is_none() {
        options.max_connections(SQLITE_POOL);
    }
    options.map_sqlx_sqlite_opts(|sqlite| {
        sqlite
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .busy_timeout(BUSY)
            .foreign_keys(true)
    });
}
