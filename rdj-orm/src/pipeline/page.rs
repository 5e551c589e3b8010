//! One page of a query, found by counting rows.

use std::fmt;

use rdj_runtime::Result;
use sea_orm::{PaginatorTrait, QuerySelect, Select};

use super::rows::{Loaded, Loader};
use crate::{model::CrudModel, state::Cursor};

/// The most rows of a list without `paginate_by`: a longer one has pages of so many.
const MAX_ROWS: u64 = 10_000;

/// A page of rows: what the hook `paginate_queryset` gives.
pub struct Page<E: CrudModel> {
    /// The rows of the page.
    pub rows: Vec<E::Model>,
    /// The page, from 1.
    pub number: u64,
    /// How many pages there are, at least 1.
    pub count: u64,
    /// How many rows there are on all pages.
    pub total: u64,
    /// Whether there is a page after this one.
    pub has_next: bool,
    /// Whether there is a page before this one.
    pub has_previous: bool,
    /// The same rows with what `select_related` and `prefetch_related` load.
    pub related: Vec<E::ModelEx>,
    pub(crate) cursor: Option<Cursor<E>>,
}

impl<E: CrudModel> Page<E> {
    /// The page `number` of `count` with these rows, of `total` on all pages.
    #[must_use]
    pub fn new(rows: Vec<E::Model>, number: u64, count: u64, total: u64) -> Self {
        let loaded = Loaded {
            rows,
            related: Vec::new(),
        };
        Self::of(loaded, number, count, total)
    }

    pub(super) fn of(loaded: Loaded<E>, number: u64, count: u64, total: u64) -> Self {
        Self {
            rows: loaded.rows,
            number,
            count,
            total,
            has_next: number < count,
            has_previous: number > 1,
            related: loaded.related,
            cursor: None,
        }
    }
}

impl<E: CrudModel> fmt::Debug for Page<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Page({} of {}, {} rows)",
            self.number,
            self.count,
            self.rows.len()
        )
    }
}

/// Loads the page `page` of `size` rows, or the last one if there are fewer; all rows for size 0.
///
/// One row more than a page says whether there is a next one. All rows are counted only where there is
/// one and the number of pages is asked for, or where the page stands behind the last one.
pub(crate) async fn fetch<E: CrudModel>(
    source: &Loader<'_, E>,
    query: Select<E>,
    page: u64,
    size: u64,
) -> Result<Page<E>> {
    let size = if size == 0 { MAX_ROWS } else { size };
    let page = page.max(1);
    let mut loaded = source.rows(slice(&query, page, size)).await?;
    let before = (page - 1).saturating_mul(size);
    let found = loaded.rows.len() as u64;
    let seen = before.saturating_add(found);
    // a page that is not full is the last one: there is nothing to count
    if found <= size && (found > 0 || page == 1) {
        return Ok(Page::of(loaded, page, page, seen));
    }
    if found > size && !source.spec.lists.count {
        loaded.truncate(usize::try_from(size).unwrap_or(usize::MAX));
        return Ok(Page::of(loaded, page, page.saturating_add(1), seen));
    }
    let total = PaginatorTrait::count(query.clone(), source.db).await?;
    let count = total.div_ceil(size).max(1);
    if page > count {
        loaded = source.rows(slice(&query, count, size)).await?;
    }
    loaded.truncate(usize::try_from(size).unwrap_or(usize::MAX));
    Ok(Page::of(loaded, page.min(count), count, total))
}

/// The rows of a page and one more.
fn slice<E: CrudModel>(query: &Select<E>, page: u64, size: u64) -> Select<E> {
    // a page number of a client can be anything; databases take offsets up to i64::MAX
    let offset = (page - 1).saturating_mul(size).min(i64::MAX as u64);
    query.clone().offset(offset).limit(size.saturating_add(1))
}
