//! Rows one by one, as the database sends them.

use futures_util::{Stream, StreamExt as _};
use rdj_runtime::{Error, Result};
use sea_orm::{ConnectionTrait as _, EntityTrait, FromQueryResult as _, QueryTrait as _, Select};

use crate::db::Db;

/// Runs a query whose rows are not collected: memory is needed for one at a time.
///
/// One statement is one look at the table: what others write meanwhile is not in it. The stream has a
/// connection of the pool for as long as it is open.
///
/// # Errors
///
/// The database fails, or this is the inside of a transaction, which has but one connection.
pub async fn stream_rows<E: EntityTrait>(
    query: Select<E>,
    db: &Db,
) -> Result<impl Stream<Item = Result<E::Model>> + Send + use<E>> {
    let statement = query.build(db.get_database_backend());
    let rows = db.stream_raw(statement).await?;
    Ok(rows.map(|row| E::Model::from_query_result(&row?, "").map_err(Error::from)))
}
