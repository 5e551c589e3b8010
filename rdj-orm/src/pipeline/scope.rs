//! Which rows exist for this user.

use rdj_runtime::{Cx, Error, Result};
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect,
    QueryTrait,
    sea_query::{Condition, Expr, ExprTrait},
};

use super::{
    authorize::authorize_row,
    filter::filter,
    order::{by as by_key, key_columns},
};
use crate::{
    db::CxDb,
    hooks::{Action, Query},
    model::has_key,
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

/// Narrows a query to the rows of the user. It comes last: a hook that returns a query of its own
/// making cannot lose it.
fn owned<S: ModelState>(cx: &Cx, query: Query<S>) -> Result<Query<S>> {
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
    let backend = db.get_database_backend();
    let locks = !matches!(action, Action::Edit | Action::List) && db.pool().is_none();
    // a scope can be anything, and PostgreSQL locks no rows of a query with DISTINCT or an outer join
    if locks && backend == DbBackend::Postgres {
        let row = S::Entity::find().filter(has_key::<S::Entity>(key));
        let row = row.select_only().expr(Expr::val(1)).lock_exclusive();
        db.query_one_raw(row.build(backend)).await?;
    }
    let mut query = scope(state, cx).await?.filter(has_key::<S::Entity>(key));
    // without the lock MariaDB would read the row as it was when the transaction read something first
    if locks && backend == DbBackend::MySql {
        query = query.lock_exclusive();
    }
    let row = query.one(&db).await?.ok_or(Error::NotFound)?;
    authorize_row(state, cx, action, &row).await?;
    Ok(row)
}

/// The rows of a query with these keys. Until the commit they stay as they are, as with [`find`]: a row
/// that goes to another owner in between is not among them.
pub(crate) async fn locked<S: ModelState>(
    cx: &Cx,
    query: Query<S>,
    keys: &[Key<S>],
) -> Result<Vec<Row<S>>> {
    let db = cx.db()?;
    let backend = db.get_database_backend();
    let any = || {
        let all = keys.iter().map(has_key::<S::Entity>);
        all.fold(Condition::any(), Condition::add)
    };
    if backend == DbBackend::Postgres {
        // in the order of their keys, so that two users do not wait for each other
        let rows = by_key(key_columns::<S::Entity>(), S::Entity::find().filter(any()));
        let rows = rows.select_only().expr(Expr::val(1)).lock_exclusive();
        db.query_all_raw(rows.build(backend)).await?;
    }
    let mut query = query.filter(any());
    if backend == DbBackend::MySql {
        query = query.lock_exclusive();
    }
    Ok(query.all(&db).await?)
}

/// Makes the signed-in user the owner of a new row.
pub(crate) fn own<S: ModelState>(cx: &Cx, new: &mut Active<S>) -> Result {
    let Some(owner) = S::SPEC.owner else {
        return Ok(());
    };
    let value = (owner.value)(cx.require_user()?.id()).ok_or(Error::Denied)?;
    Ok(new.try_set(owner.column, value)?)
}
