//! One page of a query.

use std::fmt;

use rdj_runtime::Result;
use sea_orm::{PaginatorTrait, QuerySelect, Select};

use crate::{db::Db, model::CrudModel, state::Core};

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

/// The rows of a list as the hooks found them, and the page of them that is asked for.
pub struct ListQuery<'a, E: CrudModel> {
    pub(crate) db: Db,
    pub(crate) query: Select<E>,
    pub(crate) core: &'a Core<E>,
}

impl<E: CrudModel> ListQuery<'_, E> {
    /// The rows of all pages, in their order.
    #[must_use]
    pub fn query(&self) -> &Select<E> {
        &self.query
    }

    /// Reads them from another database.
    #[must_use]
    pub fn from(self, db: Db) -> Self {
        Self { db, ..self }
    }

    /// Loads the page that the state is at, or the last one if there are fewer.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn load(self) -> Result<Page<E>> {
        fetch(&self.db, self.query, self.core.page, self.core.page_size).await
    }
}

impl<E: CrudModel> fmt::Debug for ListQuery<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ListQuery(page {})", self.core.page)
    }
}

/// Loads the page `page` of `size` rows, or the last one if there are fewer; all rows for size 0.
async fn fetch<E: CrudModel>(db: &Db, query: Select<E>, page: u64, size: u64) -> Result<Page<E>> {
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
