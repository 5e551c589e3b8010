//! Which rows exist for this user.

use rdj_runtime::{Cx, Error, Result};
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DbBackend, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Condition, Expr, ExprTrait},
};

use super::{
    authorize::authorize_row,
    filter::filter,
    order::{by, key_columns},
};
use crate::{
    backend::{self, CrudBackend as _},
    db::{CxDb, Db},
    hooks::{Action, Query},
    model::{CrudModel, has_key},
    state::{Active, Key, ModelState, Row},
};

/// All rows that exist for this user.
pub(crate) async fn scope<S: ModelState>(state: &S, cx: &Cx) -> Result<Query<S>> {
    let query = visible(state, cx).await?;
    owned::<S>(cx, query)
}

/// The rows of the list in its order, of all pages.
pub(crate) async fn listed<S: ModelState>(state: &S, cx: &Cx) -> Result<Query<S>> {
    let hooks = S::hooks();
    let query = visible(state, cx).await?;
    let query = (hooks.apply_search)(state, cx, query);
    let backend = cx.db()?.get_database_backend();
    let query = filter(backend, S::SPEC.lists.filters, state.core(), query);
    let query = (hooks.get_ordering)(state, cx, query);
    owned::<S>(cx, query)
}

async fn visible<S: ModelState>(state: &S, cx: &Cx) -> Result<Query<S>> {
    let hooks = S::hooks();
    let query = (hooks.get_queryset)(state, cx).await?;
    Ok((hooks.filter_queryset)(state, cx, query))
}

/// Narrows a query to the rows of the user and of the backend. It comes last: a hook that returns a query
/// of its own making cannot lose it.
fn owned<S: ModelState>(cx: &Cx, query: Query<S>) -> Result<Query<S>> {
    let query = backend::of::<S>().scope(cx, query)?;
    let Some(owner) = S::SPEC.owner else {
        return Ok(query);
    };
    let user = cx.require_user()?;
    if owner.is_bypassed_by(&user) {
        return Ok(query);
    }
    let value = (owner.value)(user.id()).ok_or(Error::Denied)?;
    let column = Expr::col((<S::Entity as Default>::default(), owner.column));
    Ok(query.filter(column.eq(Expr::val(value))))
}

/// The row with this key, if it is in the scope and the user may do this with it: the one gate to
/// every row that is edited, updated or deleted.
///
/// In a transaction that writes the row it stays as it is until the commit: SQLite lets one
/// transaction write at a time, on the others the row is locked.
pub(crate) async fn find<S: ModelState>(
    state: &S,
    cx: &Cx,
    action: Action,
    key: &Key<S>,
) -> Result<Row<S>> {
    let db = cx.db()?;
    let locks = !matches!(action, Action::Edit | Action::List) && db.pool().is_none();
    let (query, key) = (scope(state, cx).await?, has_key::<S::Entity>(key));
    let query = if locks {
        locked(&db, query, key).await?
    } else {
        query.filter(key)
    };
    let row = backend::of::<S>().retrieve(cx, query).await?;
    let row = row.ok_or(Error::NotFound)?;
    authorize_row(state, cx, action, &row).await?;
    Ok(row)
}

/// The rows of a query with these keys, locked until the commit.
pub(crate) async fn locked<E: CrudModel>(
    db: &Db,
    query: Select<E>,
    keys: Condition,
) -> Result<Select<E>> {
    let backend = db.get_database_backend();
    // a scope can be anything, and PostgreSQL locks no rows of a query with DISTINCT or an outer join
    if backend == DbBackend::Postgres {
        let rows = by(key_columns::<E>(), E::find().filter(keys.clone()));
        let rows = rows.select_only().expr(Expr::val(1)).lock_exclusive();
        db.query_all_raw(rows.build(backend)).await?;
    }
    let query = query.filter(keys);
    // without the lock MariaDB would read the rows as they were when the transaction read something first
    Ok(match backend {
        DbBackend::MySql => query.lock_exclusive(),
        _ => query,
    })
}

/// Makes the signed-in user the owner of a new row.
pub(crate) fn own<S: ModelState>(cx: &Cx, new: &mut Active<S>) -> Result {
    let Some(owner) = S::SPEC.owner else {
        return Ok(());
    };
    let value = (owner.value)(cx.require_user()?.id()).ok_or(Error::Denied)?;
    Ok(new.try_set(owner.column, value)?)
}
