//! Giving a row another key.

use rdj_runtime::{Error, Result};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Iterable, PrimaryKeyToColumn, QueryFilter, sea_query::Condition,
};

use crate::{
    db::Db,
    model::{CrudModel, has_key},
};

/// Updates the row that has the key `before`, whose own columns of the key may be others now.
pub(crate) async fn rekey<E: CrudModel>(
    db: &Db,
    before: &E::Key,
    row: E::ActiveModel,
) -> Result<E::Model> {
    let keys = E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column);
    let now = keys.fold(Condition::all(), |all, column| {
        match row.get(column).into_value() {
            Some(value) => all.add(column.eq(value)),
            None => all,
        }
    });
    let update = E::update_many().set(row).filter(has_key::<E>(before));
    if update.exec(db).await?.rows_affected == 0 {
        return Err(Error::NotFound);
    }
    E::find().filter(now).one(db).await?.ok_or(Error::NotFound)
}
