//! Pages without a socket, in the application's database.

mod entity;

use std::time::Duration;

use rdj_runtime::{Result, page_store::PageStore};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, prelude::async_trait,
    sea_query::OnConflict,
};
use time::OffsetDateTime;
use uuid::Uuid;

pub use self::entity::{ActiveModel, Column, Entity, Model};
use crate::db::{Db, Tables};

/// A page store over the table `rdj_page`.
///
/// ```ignore
/// let pages = DbPages::new(db);
/// pages.create_table().await?;
/// app.page_store(pages)
/// ```
#[derive(Clone, Debug)]
pub struct DbPages(Db);

impl DbPages {
    /// Pages in this database.
    #[must_use]
    pub fn new(db: Db) -> Self {
        Self(db)
    }

    /// Makes the table if it does not exist.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn create_table(&self) -> Result {
        Tables::new().add(Entity).create(&self.0).await
    }
}

/// Milliseconds since 1970.
fn now() -> i64 {
    let now = OffsetDateTime::now_utc().unix_timestamp_nanos() / 1_000_000;
    i64::try_from(now).unwrap_or(i64::MAX)
}

#[async_trait::async_trait]
impl PageStore for DbPages {
    async fn put(&self, name: &str, bytes: Vec<u8>, time: Duration) -> Result {
        let time = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
        let row = ActiveModel {
            name: Set(name.to_owned()),
            stamp: Set(Uuid::new_v4().simple().to_string()),
            data: Set(bytes),
            expires_at: Set(now().saturating_add(time)),
        };
        let newer = OnConflict::column(Column::Name)
            .update_columns([Column::Stamp, Column::Data, Column::ExpiresAt])
            .to_owned();
        let insert = Entity::insert(row).on_conflict(newer);
        insert.exec_without_returning(&self.0).await?;
        Ok(())
    }

    /// Whoever deletes the row has it. It is named by its stamp too: another one may stand under the name
    /// by then.
    async fn take(&self, name: &str) -> Result<Option<Vec<u8>>> {
        let Some(row) = Entity::find_by_id(name).one(&self.0).await? else {
            return Ok(None);
        };
        let delete = Entity::delete_by_id(name).filter(Column::Stamp.eq(&row.stamp));
        let is_mine = delete.exec(&self.0).await?.rows_affected == 1;
        Ok((is_mine && row.expires_at > now()).then_some(row.data))
    }

    async fn sweep(&self) -> Result<u64> {
        let expired = Column::ExpiresAt.lte(now());
        let delete = Entity::delete_many().filter(expired);
        Ok(delete.exec(&self.0).await?.rows_affected)
    }
}
