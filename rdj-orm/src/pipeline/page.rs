//! One page of a query.

use rdj_runtime::Result;
use sea_orm::{PaginatorTrait, QuerySelect, Select};

use crate::{db::Db, model::CrudModel};

/// A page of rows: what the hook `paginate_queryset` gives.
#[derive(Debug)]
pub struct Page<E: CrudModel> {
    /// The rows of the page.
    pub rows: Vec<E::Model>,
    /// The page, from 1.
    pub number: u64,
    /// How many pages there are, at least 1.
    pub count: u64,
    /// How many rows there are on all pages.
    pub total: u64,
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
    let rows = slice(&query, page, size).all(db).await?;
    let before = (page - 1).saturating_mul(size);
    let seen = before.saturating_add(rows.len() as u64);
    // a page that is not full is the last one: there is nothing to count
    if (rows.len() as u64) < size && (!rows.is_empty() || page == 1) {
        return Ok(Page {
            rows,
            number: page,
            count: page,
            total: seen,
        });
    }
    let total = PaginatorTrait::count(query.clone(), db).await?;
    let count = total.div_ceil(size).max(1);
    if page <= count {
        return Ok(Page {
            rows,
            number: page,
            count,
            total,
        });
    }
    let rows = slice(&query, count, size).all(db).await?;
    Ok(Page {
        rows,
        number: count,
        count,
        total,
    })
}

fn slice<E: CrudModel>(query: &Select<E>, page: u64, size: u64) -> Select<E> {
    // a page number of a client can be anything; databases take offsets up to i64::MAX
    let offset = (page - 1).saturating_mul(size).min(i64::MAX as u64);
    query.clone().offset(offset).limit(size)
}
