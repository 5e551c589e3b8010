//! One page of a query, found by the row beside it: as fast at the end of a table as at its beginning.

use rdj_runtime::{Cx, Result, dispatch::BoxFuture};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, IdenStatic, ModelTrait, PaginatorTrait, QueryFilter,
    QuerySelect, Select, Value,
    sea_query::{Condition, Expr},
};

use super::{
    order::{self, Columns},
    page::Page,
    rows::{Loaded, Loader},
    scope::scope,
};
use crate::{
    backend::{self, CrudBackend as _},
    model::{CrudModel, has_key},
    state::{Core, Cursor, ModelState, Place},
};

/// Loads the page where the cursor is.
pub(super) async fn fetch_beside<E: CrudModel>(
    core: &Core<E>,
    source: &Loader<'_, E>,
    mut query: Select<E>,
    mut cursor: Cursor<E>,
) -> Result<Page<E>> {
    // both directions are needed
    QuerySelect::query(&mut query).clear_order_by();
    let size = core.page_size.max(1);
    let total = if source.spec.lists.count {
        PaginatorTrait::count(query.clone(), source.db).await?
    } else {
        0
    };
    let pages = Pages {
        loader: source,
        query,
        columns: order::columns(source.spec, &core.ordering),
        size,
    };
    let (mut loaded, mut more) = pages.load(&cursor).await?;
    // nothing behind or too little before: the page at that end
    let end = match &cursor {
        Cursor::After(_) if loaded.rows.is_empty() => Some(Cursor::Last),
        Cursor::Before(_) if !more => Some(Cursor::First),
        _ => None,
    };
    if let Some(end) = end {
        (loaded, more) = pages.load(&end).await?;
        cursor = end;
    }
    let (has_previous, has_next) = match &cursor {
        Cursor::First => (false, more),
        Cursor::Last => (more, false),
        Cursor::After(_) => (true, more),
        Cursor::Before(_) => (more, true),
    };
    let number = if has_previous { core.page.max(2) } else { 1 };
    let count = if source.spec.lists.count {
        total.div_ceil(size).max(1)
    } else {
        number + u64::from(has_next)
    };
    Ok(Page {
        has_next,
        has_previous,
        cursor: Some(if has_previous { cursor } else { Cursor::First }),
        ..Page::of(loaded, number, count, total)
    })
}

/// The cursor with the row that an address names; the first page where it does not exist for the user.
pub(crate) fn resolve<'a, S: ModelState>(
    state: &'a S,
    cx: &'a Cx,
) -> BoxFuture<'a, Result<Cursor<S::Entity>>> {
    Box::pin(look_up(state, cx))
}

async fn look_up<S: ModelState>(state: &S, cx: &Cx) -> Result<Cursor<S::Entity>> {
    let cursor = state.core().listing.cursor.clone();
    let (key, after) = match &cursor {
        Cursor::After(Place::Key(key)) => (key, true),
        Cursor::Before(Place::Key(key)) => (key, false),
        _ => return Ok(cursor),
    };
    let query = scope(state, cx).await?.filter(has_key::<S::Entity>(key));
    let row = backend::of::<S>().retrieve(cx, query).await?;
    Ok(match row.map(|row| Place::Row(Box::new(row))) {
        Some(place) if after => Cursor::After(place),
        Some(place) => Cursor::Before(place),
        None => Cursor::First,
    })
}

/// A query whose pages are found by the rows beside them.
struct Pages<'a, E: CrudModel> {
    loader: &'a Loader<'a, E>,
    query: Select<E>,
    columns: Columns<E>,
    size: u64,
}

impl<E: CrudModel> Pages<'_, E> {
    /// The rows at the cursor, and whether there are more in its direction.
    async fn load(&self, cursor: &Cursor<E>) -> Result<(Loaded<E>, bool)> {
        let backwards = matches!(cursor, Cursor::Last | Cursor::Before(_));
        let turned = |(column, descending): &(E::Column, bool)| (*column, *descending != backwards);
        let columns: Columns<E> = self.columns.iter().map(turned).collect();
        let mut query = self.query.clone();
        if let Cursor::After(Place::Row(row)) | Cursor::Before(Place::Row(row)) = cursor {
            let backend = self.loader.db.get_database_backend();
            query = query.filter(behind::<E>(backend, &columns, row));
        }
        let query = order::by(columns, query).limit(self.size.saturating_add(1));
        let mut loaded = self.loader.rows(query).await?;
        let size = usize::try_from(self.size).unwrap_or(usize::MAX);
        let more = loaded.rows.len() > size;
        loaded.truncate(size);
        if backwards {
            loaded.reverse();
        }
        Ok((loaded, more))
    }
}

/// Rows that stand behind a row in an order.
pub(crate) fn behind<E: CrudModel>(
    backend: DbBackend,
    columns: &[(E::Column, bool)],
    row: &E::Model,
) -> Condition {
    let mut behind = Condition::any();
    let mut same = Condition::all();
    for (column, descending) in columns {
        let value = row.get(*column);
        let next = after::<E>(backend, *column, *descending, &value);
        behind = next.map_or(behind.clone(), |next| behind.add(same.clone().add(next)));
        same = same.add(equal::<E>(*column, &value));
    }
    behind
}

fn equal<E: CrudModel>(column: E::Column, value: &Value) -> Expr {
    if is_null(value) {
        column.is_null()
    } else {
        column.eq(value.clone())
    }
}

/// Values of a column that come after a value; none where that is the last one.
///
/// NULL stands behind all values in PostgreSQL's ascending order, before them in the others'.
fn after<E: CrudModel>(
    backend: DbBackend,
    column: E::Column,
    descending: bool,
    value: &Value,
) -> Option<Condition> {
    let null_last = (backend == DbBackend::Postgres) != descending;
    if is_null(value) {
        return (!null_last).then(|| Condition::all().add(column.is_not_null()));
    }
    let value = value.clone();
    let beyond = if descending {
        column.lt(value)
    } else {
        column.gt(value)
    };
    let any = Condition::any().add(beyond);
    let named = |name| E::column(name).is_some_and(|c| c.as_str() == column.as_str());
    let nullable = E::FIELDS
        .iter()
        .any(|meta| meta.nullable && named(meta.name));
    Some(if null_last && nullable {
        any.add(column.is_null())
    } else {
        any
    })
}

fn is_null(value: &Value) -> bool {
    *value == value.as_null()
}
