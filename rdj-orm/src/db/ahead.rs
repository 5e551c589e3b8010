//! Work of a transaction that is put off until somebody could see that it is not done.

use std::fmt::Debug;

use rdj_runtime::dispatch::BoxFuture;
use sea_orm::DbErr;

use super::Db;

/// What a transaction does before each statement.
///
/// Rows of an import wait here to be written together. A hook that asks the database finds the rows that
/// came before its own, as if each had been written at once.
pub(crate) trait Ahead: Debug + Send + Sync {
    /// Runs before the statement `sql` on `db`.
    fn before<'a>(&'a self, db: &'a Db, sql: &'a str) -> BoxFuture<'a, Result<(), DbErr>>;
}
