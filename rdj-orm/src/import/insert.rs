//! Inserting rows, many with one statement, and reading them back.

use std::collections::HashMap;

use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, Condition, ConnectionTrait, DbErr, Iterable,
    PrimaryKeyToColumn, PrimaryKeyTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, FromValueTuple, IntoValueTuple},
};

use crate::{
    db::Db,
    model::{CrudModel, has_key, key_text},
};

/// Inserts one row.
pub(super) async fn one<E: CrudModel>(db: &Db, row: E::ActiveModel) -> Result<E::Model, DbErr> {
    E::insert(row).exec_with_returning(db).await
}

/// Inserts rows that set the same columns; they come back in the same order.
pub(super) async fn many<E: CrudModel>(
    db: &Db,
    rows: &[E::ActiveModel],
) -> Result<Vec<E::Model>, DbErr> {
    let insert = E::insert_many(rows.iter().cloned());
    let written = if db.support_returning() {
        insert.exec_with_returning(db).await?
    } else {
        let statement = insert.build(db.get_database_backend());
        let first = db.execute_raw(statement).await?.last_insert_id();
        read_back::<E>(db, rows, first).await?
    };
    if written.len() == rows.len() {
        Ok(written)
    } else {
        Err(DbErr::RecordNotInserted)
    }
}

/// Whether rows can be inserted together: a column that one of them does not set would be NULL in it.
pub(super) fn are_alike<E: CrudModel>(a: &E::ActiveModel, b: &E::ActiveModel) -> bool {
    let mut columns = E::Column::iter().map(|column| {
        let is_set = |row: &E::ActiveModel| !matches!(row.get(column), ActiveValue::NotSet);
        (is_set(a), is_set(b))
    });
    columns.all(|(a, b)| a == b)
}

/// Whether the database could say which rows it made of some: by their keys, or by the number of the first.
pub(super) fn come_back<E: CrudModel>(db: &Db, row: &E::ActiveModel) -> bool {
    let keys = E::PrimaryKey::iter().count();
    let counts = keys == 1 && E::PrimaryKey::auto_increment();
    db.support_returning() || row.get_primary_key_value().is_some() || counts
}

async fn read_back<E: CrudModel>(
    db: &Db,
    rows: &[E::ActiveModel],
    first: u64,
) -> Result<Vec<E::Model>, DbErr> {
    let keys = rows.iter().map(|row| {
        let values = row.get_primary_key_value()?;
        Some(E::Key::from_value_tuple(values))
    });
    let keys: Option<Vec<E::Key>> = keys.collect();
    let Some(keys) = keys else {
        return numbered::<E>(db, rows.len(), first).await;
    };
    let any = any_of::<E>(&keys);
    let found = E::find().filter(any).all(db).await?;
    let texts = found.iter().map(|row| key_text(&E::key(row)));
    let mut found: HashMap<String, E::Model> = texts.zip(found.iter().cloned()).collect();
    let written = keys.iter().filter_map(|key| found.remove(&key_text(key)));
    Ok(written.collect())
}

/// The rows that one statement numbered: the numbers follow each other at the step of the server.
async fn numbered<E: CrudModel>(db: &Db, count: usize, first: u64) -> Result<Vec<E::Model>, DbErr> {
    let Some(key) = E::PrimaryKey::iter()
        .next()
        .map(PrimaryKeyToColumn::into_column)
    else {
        return Ok(Vec::new());
    };
    let step = Expr::cust_with_exprs(
        "(? - ?) % @@auto_increment_increment = 0",
        [Expr::col(key), Expr::val(first)],
    );
    let query = E::find().filter(key.gte(first)).filter(step);
    let query = query.order_by_asc(key).limit(count as u64);
    query.all(db).await
}

/// The condition that a row has one of these keys.
pub(super) fn any_of<E: CrudModel>(keys: &[E::Key]) -> Condition {
    let mut columns = E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column);
    if let (Some(column), None) = (columns.next(), columns.next()) {
        let values = keys.iter().flat_map(|key| key.clone().into_value_tuple());
        let column = Expr::col((E::default(), column));
        return Condition::all().add(column.is_in(values));
    }
    let keys = keys.iter().map(has_key::<E>);
    keys.fold(Condition::any(), Condition::add)
}
