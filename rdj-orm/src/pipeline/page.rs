//! One page of a query, found by counting rows.

use rdj_runtime::Result;
use sea_orm::{PaginatorTrait, QuerySelect, Select};

use super::rows::{Loaded, Loader};
use crate::model::CrudModel;

/// The most rows of a list without `paginate_by`: a longer one has pages of so many.
const MAX_ROWS: u64 = 10_000;

/// A page of rows.
pub(crate) struct Page<E: CrudModel> {
    pub(crate) loaded: Loaded<E>,
    pub(crate) number: u64,
    pub(crate) count: u64,
    pub(crate) total: u64,
    pub(crate) has_next: bool,
    pub(crate) has_previous: bool,
}

impl<E: CrudModel> Page<E> {
    fn new(loaded: Loaded<E>, number: u64, count: u64, total: u64) -> Self {
        Self {
            loaded,
            number,
            count,
            total,
            has_next: number < count,
            has_previous: number > 1,
        }
    }
}

/// Loads the page `page` of `size` rows, or the last one if there are fewer; all rows for size 0.
///
/// One row more than a page says whether there is a next one. All rows are counted only where there is
/// one and the number of pages is asked for, or where the page stands behind the last one.
pub(crate) async fn fetch<E: CrudModel>(
    loader: &Loader<'_, E>,
    query: Select<E>,
    page: u64,
    size: u64,
) -> Result<Page<E>> {
    let size = if size == 0 { MAX_ROWS } else { size };
    let page = page.max(1);
    let mut loaded = loader.rows(slice(&query, page, size)).await?;
    let before = (page - 1).saturating_mul(size);
    let found = loaded.rows.len() as u64;
    let seen = before.saturating_add(found);
    // a page that is not full is the last one: there is nothing to count
    if found <= size && (found > 0 || page == 1) {
        return Ok(Page::new(loaded, page, page, seen));
    }
    if found > size && !loader.spec.lists.count {
        loaded.truncate(usize::try_from(size).unwrap_or(usize::MAX));
        return Ok(Page::new(loaded, page, page.saturating_add(1), seen));
    }
    let total = PaginatorTrait::count(query.clone(), loader.db).await?;
    let count = total.div_ceil(size).max(1);
    if page > count {
        loaded = loader.rows(slice(&query, count, size)).await?;
    }
    loaded.truncate(usize::try_from(size).unwrap_or(usize::MAX));
    Ok(Page::new(loaded, page.min(count), count, total))
}

/// The rows of a page and one more.
fn slice<E: CrudModel>(query: &Select<E>, page: u64, size: u64) -> Select<E> {
    // a page number of a client can be anything; databases take offsets up to i64::MAX
    let offset = (page - 1).saturating_mul(size).min(i64::MAX as u64);
    query.clone().offset(offset).limit(size.saturating_add(1))
}
