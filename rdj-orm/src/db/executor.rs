//! One type for a pool and for an open transaction.

use std::sync::Arc;

use rdj_runtime::{Cx, Error, Result, inside::statement};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult,
    QueryResult, QueryStream, Statement, StreamTrait, prelude::async_trait,
};
use tokio::sync::RwLock;

use super::{after::AfterCommit, ahead::Ahead, count::SqlLog, times};

/// The database as handlers and hooks see it: the pool, or the transaction they run in.
///
/// It implements SeaORM's `ConnectionTrait`, so `query.all(&cx.db()?)` works in both. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Db(Inner, Origin, Option<SqlLog>, Option<Arc<dyn Ahead>>);

#[derive(Clone, Debug)]
enum Inner {
    Pool(DatabaseConnection),
    Transaction(DbBackend, Open, AfterCommit),
}

/// What clones of a database and transactions in it have in common.
#[derive(Clone, Debug, Default)]
struct Origin(Arc<()>);

/// An open transaction; empty once it is over.
pub(super) type Open = Arc<RwLock<Option<DatabaseTransaction>>>;

impl Db {
    /// A database behind a pool.
    #[must_use]
    pub fn new(pool: DatabaseConnection) -> Self {
        Self(Inner::Pool(pool), Origin::default(), None, None)
    }

    /// Runs a query whose results are read one by one, on a connection of its own.
    pub(crate) async fn stream_raw(&self, stmt: Statement) -> Result<QueryStream> {
        match &self.0 {
            Inner::Pool(pool) => {
                let _timer = statement(&stmt.sql);
                Ok(StreamTrait::stream_raw(pool, times::as_texts(stmt)).await?)
            }
            Inner::Transaction(..) => Err(Error::internal(
                "a transaction has one connection: read its rows with `all`",
            )),
        }
    }

    /// A transaction in this database.
    pub(super) fn with_transaction(&self, open: Open, after: AfterCommit) -> Self {
        let inner = Inner::Transaction(self.get_database_backend(), open, after);
        Self(inner, self.1.clone(), self.2.clone(), self.3.clone())
    }

    /// The same transaction; something is done before each of its statements.
    pub(crate) fn behind(&self, ahead: Arc<dyn Ahead>) -> Self {
        let mut db = self.clone();
        db.3 = Some(ahead);
        db
    }

    /// Runs a statement that belongs to the transaction itself: it is not written down, and nothing waits for
    /// it.
    pub(crate) async fn execute_unlogged(&self, sql: &str) -> Result<(), DbErr> {
        match &self.0 {
            Inner::Pool(pool) => pool.execute_unprepared(sql).await?,
            Inner::Transaction(_, open, _) => match open.read().await.as_ref() {
                Some(transaction) => transaction.execute_unprepared(sql).await?,
                None => return Err(over()),
            },
        };
        Ok(())
    }

    /// Does what is to be done before a statement.
    pub(super) async fn prepare(&self, sql: &str) -> Result<(), DbErr> {
        match &self.3 {
            Some(ahead) => ahead.before(self, sql).await,
            None => Ok(()),
        }
    }

    /// Whether this is a clone of `other`, or a transaction in it.
    pub(crate) fn is_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.1.0, &other.1.0)
    }

    /// What waits for the commit, unless this is a pool.
    pub(super) fn after(&self) -> Option<&AfterCommit> {
        match &self.0 {
            Inner::Pool(_) => None,
            Inner::Transaction(_, _, after) => Some(after),
        }
    }

    /// The same database with its statements written down.
    pub(super) fn logged(self, log: Option<SqlLog>) -> Self {
        Self(self.0, self.1, log, self.3)
    }

    /// Where statements are written down; nowhere outside of tests.
    pub(super) fn log(&self) -> Option<&SqlLog> {
        self.2.as_ref()
    }

    /// The pool, unless this is a transaction.
    #[must_use]
    pub fn pool(&self) -> Option<&DatabaseConnection> {
        match &self.0 {
            Inner::Pool(pool) => Some(pool),
            Inner::Transaction(..) => None,
        }
    }

    /// The open transaction, unless this is a pool.
    pub(super) fn open(&self) -> Option<&Open> {
        match &self.0 {
            Inner::Pool(_) => None,
            Inner::Transaction(_, open, _) => Some(open),
        }
    }
}

impl Db {
    fn note(&self, sql: &str) {
        if let Some(log) = self.log() {
            log.add(sql);
        }
    }

    /// The statement as the database takes it.
    async fn ready(&self, stmt: Statement) -> Result<Statement, DbErr> {
        self.prepare(&stmt.sql).await?;
        self.note(&stmt.sql);
        Ok(times::as_texts(stmt))
    }
}

impl From<DatabaseConnection> for Db {
    fn from(pool: DatabaseConnection) -> Self {
        Self::new(pool)
    }
}

pub(super) fn over() -> DbErr {
    DbErr::Custom("the transaction is over".to_owned())
}

macro_rules! forward {
    ($self:ident.$method:ident($($arg:ident),*)) => {
        match &$self.0 {
            Inner::Pool(pool) => pool.$method($($arg),*).await,
            Inner::Transaction(_, open, _) => match open.read().await.as_ref() {
                Some(transaction) => transaction.$method($($arg),*).await,
                None => Err(over()),
            },
        }
    };
}

#[async_trait::async_trait]
impl ConnectionTrait for Db {
    fn get_database_backend(&self) -> DbBackend {
        match &self.0 {
            Inner::Pool(pool) => pool.get_database_backend(),
            Inner::Transaction(backend, ..) => *backend,
        }
    }

    async fn execute_raw(&self, stmt: Statement) -> Result<ExecResult, DbErr> {
        let stmt = self.ready(stmt).await?;
        let _timer = statement(&stmt.sql);
        forward!(self.execute_raw(stmt))
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.prepare(sql).await?;
        self.note(sql);
        let _timer = statement(sql);
        forward!(self.execute_unprepared(sql))
    }

    async fn query_one_raw(&self, stmt: Statement) -> Result<Option<QueryResult>, DbErr> {
        let stmt = self.ready(stmt).await?;
        let _timer = statement(&stmt.sql);
        forward!(self.query_one_raw(stmt))
    }

    async fn query_all_raw(&self, stmt: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let stmt = self.ready(stmt).await?;
        let _timer = statement(&stmt.sql);
        forward!(self.query_all_raw(stmt))
    }
}

/// The database of a context.
pub trait CxDb {
    /// The application's database, or the transaction that is open around this call.
    ///
    /// # Errors
    ///
    /// [`Error::Missing`](rdj_runtime::Error::Missing) if the application has no database.
    fn db(&self) -> Result<Db>;
}

impl CxDb for Cx {
    fn db(&self) -> Result<Db> {
        self.resource::<Db>().cloned()
    }
}
