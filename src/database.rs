//! Giving an application its database.

use rdj_orm::Db;
use rdj_runtime::App;

/// Gives an [`App`] its database.
///
/// ```no_run
/// use rdj::prelude::*;
///
/// # async fn run() -> rdj::Result {
/// let db = rdj::orm::connect("sqlite://notes.db?mode=rwc").await?;
/// rdj::App::new().database(db).discover().run().await
/// # }
/// ```
pub trait AppDatabase {
    /// All handlers reach `db` by `cx.db()`.
    #[must_use]
    fn database(self, db: Db) -> Self;
}

impl AppDatabase for App {
    fn database(self, db: Db) -> Self {
        self.resource(db)
    }
}
