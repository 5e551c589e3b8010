//! Transactions around hooks and handlers.

use std::sync::Arc;

use rdj_runtime::{Cx, Error, Result};
use sea_orm::{SqliteTransactionMode, TransactionOptions, TransactionTrait};
use tokio::sync::RwLock;

use super::{
    after::AfterCommit,
    executor::{CxDb, Open, over},
};

/// An open transaction with the context of what runs inside of it.
///
/// Dropped without [`Transaction::finish`] it is rolled back.
#[derive(Debug)]
pub struct Transaction {
    cx: Cx,
    open: Open,
    after: AfterCommit,
    /// What waits for the commit of the transaction around this one.
    outer: Option<AfterCommit>,
}

impl Transaction {
    /// Opens a transaction that can write; inside of another one it is a savepoint.
    ///
    /// SQLite starts it with `BEGIN IMMEDIATE`, so that a later write cannot fail because another
    /// connection wrote in between.
    ///
    /// # Errors
    ///
    /// There is no database, or it fails.
    pub async fn begin(cx: &Cx) -> Result<Self> {
        let db = cx.db()?;
        db.prepare("BEGIN").await?;
        let mode = Some(SqliteTransactionMode::Immediate);
        let options = TransactionOptions {
            sqlite_transaction_mode: mode,
            ..Default::default()
        };
        let transaction = match (db.pool(), db.open()) {
            (Some(pool), _) => pool.begin_with_options(options).await?,
            (None, Some(open)) => open.read().await.as_ref().ok_or_else(over)?.begin().await?,
            (None, None) => return Err(Error::Missing("a database")),
        };
        let open: Open = Arc::new(RwLock::new(Some(transaction)));
        let after = AfterCommit::default();
        let inside = db.with_transaction(Arc::clone(&open), after.clone());
        Ok(Self {
            cx: cx.with_resource(Arc::new(inside)),
            open,
            after,
            outer: db.after().cloned(),
        })
    }

    /// The context whose [`CxDb::db`] is this transaction.
    #[must_use]
    pub fn cx(&self) -> &Cx {
        &self.cx
    }

    /// Commits if the work is done, rolls back if it failed.
    ///
    /// What was told by [`CxChanges`](super::CxChanges) during the work is published after the commit;
    /// that of an inner transaction after the commit of the outermost one. A rollback drops it.
    ///
    /// # Errors
    ///
    /// The error of the work, or that of the commit.
    pub async fn finish<T, E: From<Error>>(self, work: Result<T, E>) -> Result<T, E> {
        self.end(work.is_ok()).await?;
        work
    }

    /// Apart from the type of the work, so that it is compiled once.
    async fn end(self, commits: bool) -> Result {
        let Some(transaction) = self.open.write().await.take() else {
            return Err(over().into());
        };
        if commits {
            let committed = transaction.commit().await.map_err(Error::from);
            if committed.is_err() {
                self.after.rolled_back();
            }
            committed?;
            self.after.committed(&self.cx, self.outer);
            return Ok(());
        }
        self.after.rolled_back();
        if let Err(cause) = transaction.rollback().await {
            tracing::warn!(%cause, "a transaction could not be rolled back");
        }
        Ok(())
    }
}

/// Runs `work` in a transaction: `cx.db()` of the context it gets, and of
/// [`current_cx`](rdj_runtime::current_cx), is the transaction.
///
/// Commits if `work` succeeds, rolls back if it fails.
///
/// ```ignore
/// rdj::orm::transaction(cx, async |cx| {
///     let db = cx.db()?;
///     invoice.insert(&db).await?;
///     line.insert(&db).await?;
///     Ok(())
/// })
/// .await?;
/// ```
///
/// # Errors
///
/// The error of `work`, or the database fails.
pub async fn transaction<T>(cx: &Cx, work: impl AsyncFnOnce(Cx) -> Result<T>) -> Result<T> {
    let transaction = Transaction::begin(cx).await?;
    let inside = transaction.cx().clone();
    let done = inside.clone().scope(work(inside)).await;
    transaction.finish(done).await
}
