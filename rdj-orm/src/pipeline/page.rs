//! One page of a query.

use rdj_runtime::Result;
use sea_orm::{
    DbErr, EntityTrait, FromQueryResult, PaginatorTrait, QueryResult, QuerySelect, QueryTrait,
    Select,
    sea_query::{Asterisk, Expr, Func, Query, SimpleExpr},
};

use crate::{db::Db, model::CrudModel};

/// A page of rows.
pub(crate) struct Page<E: CrudModel> {
    pub(crate) rows: Vec<E::Model>,
    pub(crate) number: u64,
    pub(crate) count: u64,
    pub(crate) total: u64,
}

/// Loads the page `page` of `size` rows, or the last one if there are fewer; all rows for size 0.
pub(crate) async fn fetch<E: CrudModel>(
    db: &Db,
    query: Select<E>,
    page: u64,
    size: u64,
) -> Result<Page<E>> {
    if size == 0 {
        let rows = query.all(db).await?;
        let total = rows.len() as u64;
        return Ok(Page {
            rows,
            number: 1,
            count: 1,
            total,
        });
    }
    let page = page.max(1);
    // one query for the rows and their number: a trip to the database costs more than either
    let found = slice(&query, page, size)
        .column_as(total_of(&query), TOTAL)
        .into_model::<Counted<E::Model>>();
    let found = found.all(db).await?;
    if let Some(first) = found.first() {
        let total = u64::try_from(first.total).unwrap_or(0);
        return Ok(Page {
            count: total.div_ceil(size).max(page),
            total,
            number: page,
            rows: found.into_iter().map(|found| found.row).collect(),
        });
    }
    if page == 1 {
        return Ok(Page {
            rows: Vec::new(),
            number: 1,
            count: 1,
            total: 0,
        });
    }
    // behind the last page
    let total = PaginatorTrait::count(query.clone(), db).await?;
    let count = total.div_ceil(size).max(1);
    let rows = slice(&query, count, size).all(db).await?;
    Ok(Page {
        rows,
        number: count,
        count,
        total,
    })
}

/// The column with the number of all rows.
const TOTAL: &str = "rdj_total";

/// A row, and how many there are on all pages.
struct Counted<M> {
    row: M,
    total: i64,
}

impl<M: FromQueryResult> FromQueryResult for Counted<M> {
    fn from_query_result(result: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            row: M::from_query_result(result, prefix)?,
            total: result.try_get("", TOTAL)?,
        })
    }
}

/// How many rows the query finds, as a value in another query.
fn total_of<E: EntityTrait>(query: &Select<E>) -> SimpleExpr {
    let mut rows = query.clone().into_query();
    rows.clear_order_by();
    let mut total = Query::select();
    total
        .expr(Func::count(Expr::col(Asterisk)))
        .from_subquery(rows, "rows");
    SimpleExpr::SubQuery(None, Box::new(total.into()))
}

fn slice<E: CrudModel>(query: &Select<E>, page: u64, size: u64) -> Select<E> {
    // a page number of a client can be anything; databases take offsets up to i64::MAX
    let offset = (page - 1).saturating_mul(size).min(i64::MAX as u64);
    query.clone().offset(offset).limit(size)
}
