//! Counting statements, for tests.

use std::sync::{Arc, Mutex, PoisonError};

use super::Db;

/// The statements of one database as tests count them; cheap to clone.
///
/// Statements of transactions count too, `BEGIN`, `COMMIT` and savepoints do not. What is executed on
/// the pool behind [`Db::pool`] itself is not seen.
///
/// ```
/// use rdj_orm::{connect, db::SqlCount, sea_orm::ConnectionTrait};
///
/// # #[tokio::main]
/// # async fn main() -> rdj_runtime::Result {
/// let count = SqlCount::new(&connect("sqlite::memory:").await?);
/// // give this one to the application or to the context of the test
/// let db = count.db();
/// db.execute_unprepared("SELECT 1").await?;
/// assert_eq!(count.take(), ["SELECT 1"]);
/// assert!(count.take().is_empty());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct SqlCount {
    db: Db,
    log: SqlLog,
}

/// The texts of the statements since they were last taken.
#[derive(Clone, Debug, Default)]
pub(super) struct SqlLog(Arc<Mutex<Vec<String>>>);

impl SqlLog {
    pub(super) fn add(&self, sql: &str) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.push(sql.to_owned());
    }
}

impl SqlCount {
    /// Counts what runs through [`SqlCount::db`].
    #[must_use]
    pub fn new(db: &Db) -> Self {
        let log = SqlLog::default();
        Self {
            db: db.clone().logged(Some(log.clone())),
            log,
        }
    }

    /// The database whose statements are counted.
    #[must_use]
    pub fn db(&self) -> Db {
        self.db.clone()
    }

    /// The statements since the last call, with placeholders for values.
    #[must_use = "the statements are forgotten"]
    pub fn take(&self) -> Vec<String> {
        let mut all = self.log.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *all)
    }
}
