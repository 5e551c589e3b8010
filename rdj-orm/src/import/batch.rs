//! New rows that wait to be written together.

use std::{
    fmt, mem,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed},
    },
};

use rdj_runtime::{Cx, Error, Result, dispatch::BoxFuture, live::ChangeKind};
use sea_orm::{ActiveModelBehavior, ConnectionTrait, DbBackend, DbErr, Iterable};
use tokio::sync::Mutex as AsyncMutex;

use super::insert;
use crate::{
    db::{Ahead, CxChanges, CxDb, Db},
    history::write_created,
    model::CrudModel,
    pipeline::is_refused,
};

/// The most rows of one statement.
const MOST_ROWS: usize = 500;
/// The fewest values that all databases take with one statement.
const MOST_VALUES: usize = 32_766;
/// The savepoint around what a row asks and writes by itself.
const SAVEPOINT: &str = "rdj_row";
/// The savepoint around rows that are inserted together.
const TOGETHER: &str = "rdj_rows";

/// A row that waits.
struct Waiting<E: CrudModel> {
    line: u64,
    row: E::ActiveModel,
}

/// What became of the rows that waited.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) created: u64,
    /// Lines, and why the database did not take them.
    pub(super) refused: Vec<(u64, Error)>,
    /// What ends the import: the transaction may be gone.
    failed: Option<Error>,
}

/// The rows of an import that wait, and the savepoints of one that does not.
///
/// Before any other statement of the transaction they are written. After a statement that failed,
/// PostgreSQL takes no other in the same transaction: what hooks ask and write is inside of a savepoint there.
pub(super) struct Batch<E: CrudModel> {
    /// The transaction, whose statements wait for nothing.
    cx: Cx,
    db: Db,
    most: usize,
    /// How many rows wait for each other; it grows from one.
    size: AtomicUsize,
    /// Whether the model itself asks the database after a row is written, which has to be the last one then.
    asks: AtomicBool,
    is_open: AtomicBool,
    statements: AtomicU64,
    writes: Arc<AtomicU64>,
    waiting: AsyncMutex<Vec<Waiting<E>>>,
    outcome: Mutex<Outcome>,
}

impl<E: CrudModel> Batch<E> {
    /// For the transaction of `cx`; `writes` counts the statements of others that may have written.
    pub(super) fn new(cx: &Cx, writes: Arc<AtomicU64>) -> Result<Self> {
        let columns = E::Column::iter().count().max(1);
        Ok(Self {
            cx: cx.clone(),
            db: cx.db()?,
            most: (MOST_VALUES / columns).clamp(1, MOST_ROWS),
            size: AtomicUsize::new(1),
            asks: AtomicBool::new(false),
            is_open: AtomicBool::new(false),
            statements: AtomicU64::new(0),
            writes,
            waiting: AsyncMutex::default(),
            outcome: Mutex::default(),
        })
    }

    /// Lets a row wait.
    pub(super) async fn put(&self, line: u64, row: E::ActiveModel) {
        self.waiting.lock().await.push(Waiting { line, row });
    }

    /// Ends what belongs to one row, and writes the rows that wait if there are enough of them.
    ///
    /// # Errors
    ///
    /// The database failed for another reason than a row.
    pub(super) async fn end(&self, db: &Db, is_fine: bool) -> Result {
        self.go_on()?;
        self.close(is_fine).await?;
        let waiting = self.waiting.lock().await.len();
        let size = self.size.load(Relaxed);
        if waiting < size {
            return Ok(());
        }
        self.flush(db).await;
        if !self.asks.load(Relaxed) {
            self.size.store((size * 2).min(self.most), Relaxed);
        }
        self.go_on()?;
        Ok(self.close(true).await?)
    }

    fn go_on(&self) -> Result {
        self.outcome().failed.take().map_or(Ok(()), Err)
    }

    /// Writes the rows that wait. `db` is the transaction as hooks see it.
    pub(super) async fn flush(&self, db: &Db) {
        let mut written = Vec::new();
        {
            let mut waiting = self.waiting.lock().await;
            let rows = mem::take(&mut *waiting);
            if self.outcome().failed.is_some() {
                return;
            }
            for group in rows.chunk_by(|a, b| insert::are_alike::<E>(&a.row, &b.row)) {
                self.insert(group, &mut written).await;
            }
        }
        let mut saved = Vec::with_capacity(written.len());
        let mut last = 0;
        for (line, row) in written {
            match self.after_save(db, row).await {
                Ok(row) => saved.push(row),
                Err(error) => self.refuse(line, error.into()),
            }
            last = line;
        }
        for rows in saved.chunks(MOST_ROWS) {
            if let Err(error) = write_created::<E>(&self.cx, rows).await {
                self.refuse(last, error);
            }
        }
        for row in &saved {
            self.cx.changed::<E>(&E::key(row), ChangeKind::Created);
        }
        self.outcome().created += saved.len() as u64;
    }

    /// What became of the rows since the last time.
    pub(super) fn take_outcome(&self) -> Outcome {
        mem::take(&mut *self.outcome())
    }

    fn outcome(&self) -> MutexGuard<'_, Outcome> {
        self.outcome.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn refuse(&self, line: u64, error: Error) {
        let mut outcome = self.outcome();
        if is_refused(&error) {
            outcome.refused.push((line, error));
        } else if outcome.failed.is_none() {
            outcome.failed = Some(error);
        }
    }

    /// Runs `after_save` of the model. A model that asks the database there sees no later row from now on.
    async fn after_save(&self, db: &Db, row: E::Model) -> Result<E::Model, DbErr> {
        let before = self.statements.load(Relaxed);
        let saved = <E::ActiveModel as ActiveModelBehavior>::after_save(row, db, true).await;
        if self.statements.load(Relaxed) != before {
            self.asks.store(true, Relaxed);
            self.size.store(1, Relaxed);
        }
        if saved.is_err() {
            self.close(false).await?;
        }
        saved
    }

    /// Inserts rows that are alike, together if the database takes them, else one by one.
    async fn insert(&self, rows: &[Waiting<E>], written: &mut Vec<(u64, E::Model)>) {
        let lines = rows.iter().map(|waiting| waiting.line);
        match self.together(rows).await {
            Ok(Some(models)) => return written.extend(lines.zip(models)),
            Ok(None) => {}
            Err(error) => {
                let line = lines.min().unwrap_or_default();
                return self.refuse(line, error);
            }
        }
        for waiting in rows {
            match self.alone(waiting.row.clone()).await {
                Ok(row) => written.push((waiting.line, row)),
                Err(error) => self.refuse(waiting.line, error.into()),
            }
            if self.outcome().failed.is_some() {
                return;
            }
        }
    }

    /// The rows, or nothing if one of them is refused: then none is written.
    async fn together(&self, rows: &[Waiting<E>]) -> Result<Option<Vec<E::Model>>> {
        let mut models = Vec::with_capacity(rows.len());
        let rows: Vec<_> = rows.iter().map(|waiting| waiting.row.clone()).collect();
        let comes_back = |row| insert::come_back::<E>(&self.db, row);
        if rows.len() < 2 || !rows.first().is_some_and(comes_back) {
            return Ok(None);
        }
        self.savepoint(TOGETHER).await?;
        // there is no more than one statement: the chunks of a file are as long as one can be
        for some in rows.chunks(self.most) {
            match insert::many::<E>(&self.db, some).await {
                Ok(some) => models.extend(some),
                Err(error) => {
                    let error = Error::from(error);
                    if !is_refused(&error) {
                        return Err(error);
                    }
                    tracing::debug!(%error, "rows are inserted one by one");
                    self.leave(TOGETHER, false).await?;
                    return Ok(None);
                }
            }
        }
        self.leave(TOGETHER, true).await?;
        Ok(Some(models))
    }

    async fn alone(&self, row: E::ActiveModel) -> Result<E::Model, DbErr> {
        self.savepoint(TOGETHER).await?;
        let done = insert::one::<E>(&self.db, row).await;
        self.leave(TOGETHER, done.is_ok()).await?;
        done
    }

    /// Ends the savepoint of a row, if there is one.
    async fn close(&self, is_fine: bool) -> Result<(), DbErr> {
        if self.is_open.swap(false, Relaxed) {
            self.leave(SAVEPOINT, is_fine).await?;
        }
        Ok(())
    }

    async fn savepoint(&self, name: &str) -> Result<(), DbErr> {
        self.unlogged(&format!("SAVEPOINT {name}")).await
    }

    async fn leave(&self, name: &str, is_fine: bool) -> Result<(), DbErr> {
        if !is_fine {
            self.unlogged(&format!("ROLLBACK TO SAVEPOINT {name}"))
                .await?;
        }
        self.unlogged(&format!("RELEASE SAVEPOINT {name}")).await
    }

    async fn unlogged(&self, sql: &str) -> Result<(), DbErr> {
        if self.db.get_database_backend() == DbBackend::Postgres {
            self.db.execute_unlogged(sql).await?;
        }
        Ok(())
    }
}

impl<E: CrudModel> Ahead for Batch<E> {
    fn before<'a>(&'a self, db: &'a Db, sql: &'a str) -> BoxFuture<'a, Result<(), DbErr>> {
        Box::pin(async move {
            self.flush(db).await;
            if self.outcome().failed.is_some() {
                let text = "a row before this one could not be written";
                return Err(DbErr::Custom(text.to_owned()));
            }
            self.statements.fetch_add(1, Relaxed);
            if !is_read(sql) {
                self.writes.fetch_add(1, Relaxed);
            }
            if self.db.get_database_backend() == DbBackend::Postgres
                && !self.is_open.swap(true, Relaxed)
            {
                self.savepoint(SAVEPOINT).await?;
            }
            Ok(())
        })
    }
}

fn is_read(sql: &str) -> bool {
    let start = sql.trim_start().get(..6);
    start.is_some_and(|start| start.eq_ignore_ascii_case("select"))
}

impl<E: CrudModel> fmt::Debug for Batch<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Batch({})", E::NAME)
    }
}
