//! The list of a state as a value: which rows, and which page of them.

use std::fmt;

use rdj_runtime::Result;
use sea_orm::Select;

use super::{
    keyset::fetch_beside,
    page::{Page, fetch},
    rows::Loader,
};
use crate::{
    db::Db,
    model::CrudModel,
    state::{Core, Cursor, Spec},
};

/// The rows of a list as the hooks found them, and the page of them that is asked for: what a
/// [`CrudBackend`](crate::CrudBackend) loads.
pub struct ListQuery<'a, E: CrudModel> {
    pub(crate) db: Db,
    pub(crate) query: Select<E>,
    pub(crate) core: &'a Core<E>,
    pub(crate) spec: &'a Spec<E>,
    /// Where a page begins that is found by the row beside it.
    pub(crate) cursor: Option<Cursor<E>>,
}

impl<E: CrudModel> ListQuery<'_, E> {
    /// The rows of all pages, in their order.
    #[must_use]
    pub fn query(&self) -> &Select<E> {
        &self.query
    }

    /// Reads them from another database.
    #[must_use]
    pub fn with_database(self, db: Db) -> Self {
        Self { db, ..self }
    }

    /// Loads the page that the state is at, or the last one if there are fewer, with the rows that come
    /// along.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn load(self) -> Result<Page<E>> {
        let loader = Loader {
            db: &self.db,
            spec: self.spec,
        };
        let mut page = match self.cursor {
            Some(cursor) => fetch_beside(self.core, &loader, self.query, cursor).await?,
            None => fetch(&loader, self.query, self.core.page, self.core.page_size).await?,
        };
        loader.prefetch(&mut page).await?;
        Ok(page)
    }
}

impl<E: CrudModel> fmt::Debug for ListQuery<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ListQuery(page {})", self.core.page)
    }
}
