//! What sessions are signed over, and how it outlives a hash that is written anew.

use rdj_orm::Db;
use rdj_runtime::Result;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    SqliteTransactionMode, TransactionOptions, TransactionTrait, sea_query::OnConflict,
};

use crate::{
    crypto::{digest, same},
    entity::{stamp, user},
};

/// The stamp of a user: the digest of the password's hash, or an older one that still holds.
pub(crate) async fn of(db: &Db, user: &user::Model) -> Result<String> {
    let digest = digest(&user.password);
    let row = stamp::Entity::find_by_id(i64::from(user.id))
        .one(db)
        .await?;
    Ok(match row {
        Some(row) if same(&row.password_digest, &digest) => row.stamp,
        _ => digest,
    })
}

/// Stores a new hash of the same password: sessions live on. Nothing happens if the password was
/// changed meanwhile.
pub(crate) async fn upgrade(db: &Db, user: &user::Model, hash: &str) -> Result {
    let kept = of(db, user).await?;
    let Some(pool) = db.pool() else {
        return write(db, user, hash, kept).await;
    };
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..Default::default()
    };
    let transaction = pool.begin_with_options(options).await?;
    write(&transaction, user, hash, kept).await?;
    transaction.commit().await?;
    Ok(())
}

async fn write(db: &impl ConnectionTrait, user: &user::Model, hash: &str, stamp: String) -> Result {
    let changed = user::Entity::update_many()
        .col_expr(user::Column::Password, hash.into())
        .filter(user::Column::Id.eq(user.id))
        .filter(user::Column::Password.eq(user.password.as_str()))
        .exec(db)
        .await?;
    if changed.rows_affected == 0 {
        return Ok(());
    }
    let row = stamp::ActiveModel {
        user_id: Set(user.id.into()),
        stamp: Set(stamp),
        password_digest: Set(digest(hash)),
    };
    let columns = [stamp::Column::Stamp, stamp::Column::PasswordDigest];
    let replace = OnConflict::column(stamp::Column::UserId)
        .update_columns(columns)
        .to_owned();
    stamp::Entity::insert(row)
        .on_conflict(replace)
        .exec_without_returning(db)
        .await?;
    Ok(())
}
