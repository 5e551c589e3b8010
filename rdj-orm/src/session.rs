//! Sessions in the application's database.

mod entity;

use rdj_runtime::{
    Result as RdjResult,
    session::{ClearExpired, gone},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter, prelude::async_trait,
    sea_query::OnConflict,
};
use time::OffsetDateTime;
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store::{Error, Result},
};

pub use self::entity::{ActiveModel, Column, Entity, Model};
use crate::db::{Db, Tables};

/// How often a new id is tried when a random one is taken; it never is.
const TRIES: usize = 4;

/// A session store over the table `rdj_session`.
///
/// The session layer names a session by a hash of its key, so nobody who reads the table can take over
/// a session. A session that was deleted, by a logout, stays deleted: a request that was under way at
/// that time cannot bring it back. Expired sessions are not found; the session layer removes them now
/// and then.
///
/// ```ignore
/// let sessions = DbSessions::new(db);
/// sessions.create_table().await?;
/// app.sessions(rdj::session::layer(sessions))
/// ```
#[derive(Clone, Debug)]
pub struct DbSessions(Db);

impl DbSessions {
    /// Sessions in this database.
    #[must_use]
    pub fn new(db: Db) -> Self {
        Self(db)
    }

    /// Makes the table if it does not exist.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn create_table(&self) -> RdjResult {
        Tables::new().add(Entity).create(&self.0).await
    }

    /// Removes sessions whose time is over and returns how many there were.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn delete_expired(&self) -> RdjResult<u64> {
        let expired = Column::ExpiresAt.lte(now());
        Ok(Entity::delete_many()
            .filter(expired)
            .exec(&self.0)
            .await?
            .rows_affected)
    }
}

fn now() -> i64 {
    OffsetDateTime::now_utc().unix_timestamp()
}

fn backend(error: &DbErr) -> Error {
    Error::Backend(error.to_string())
}

fn data(record: &Record) -> Result<String> {
    serde_json::to_string(&record.data).map_err(|error| Error::Encode(error.to_string()))
}

fn record(id: Id, row: &Model) -> Result<Record> {
    let decode = |error: String| Error::Decode(error);
    Ok(Record {
        id,
        data: serde_json::from_str(&row.data).map_err(|error| decode(error.to_string()))?,
        expiry_date: OffsetDateTime::from_unix_timestamp(row.expires_at)
            .map_err(|error| decode(error.to_string()))?,
    })
}

#[async_trait::async_trait]
impl SessionStore for DbSessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        for _ in 0..TRIES {
            let row = ActiveModel {
                id: Set(record.id.to_string()),
                data: Set(data(record)?),
                expires_at: Set(record.expiry_date.unix_timestamp()),
            };
            // an id that is taken belongs to somebody else: it is replaced, never overwritten
            let free = OnConflict::column(Column::Id).do_nothing().to_owned();
            let insert = Entity::insert(row).on_conflict(free);
            match insert.exec_without_returning(&self.0).await {
                Ok(0) | Err(DbErr::RecordNotInserted) => record.id = Id::default(),
                Ok(_) => return Ok(()),
                Err(error) => return Err(backend(&error)),
            }
        }
        Err(Error::Backend("no free session id".to_owned()))
    }

    /// Writes a session that exists; one that was deleted meanwhile stays deleted.
    async fn save(&self, record: &Record) -> Result<()> {
        let written = Entity::update_many()
            .col_expr(Column::Data, data(record)?.into())
            .col_expr(
                Column::ExpiresAt,
                record.expiry_date.unix_timestamp().into(),
            )
            .filter(Column::Id.eq(record.id.to_string()))
            .exec(&self.0)
            .await
            .map_err(|error| backend(&error))?;
        match written.rows_affected {
            0 => Err(gone()),
            _ => Ok(()),
        }
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let found = Entity::find_by_id(id.to_string())
            .filter(Column::ExpiresAt.gt(now()))
            .one(&self.0)
            .await
            .map_err(|error| backend(&error))?;
        found.map(|row| record(*id, &row)).transpose()
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let delete = Entity::delete_by_id(id.to_string());
        delete
            .exec(&self.0)
            .await
            .map_err(|error| backend(&error))?;
        Ok(())
    }
}

#[async_trait::async_trait]
impl ClearExpired for DbSessions {
    async fn clear_expired(&self) -> Result<u64> {
        let count = self.delete_expired().await;
        count.map_err(|error| Error::Backend(error.to_string()))
    }
}
