//! The rows of a list with what they refer to: as few queries as there are relations to many.

use rdj_runtime::Result;
use sea_orm::{
    ConnectionTrait, EntityTrait, FromQueryResult, QuerySelect, QueryTrait, Select,
    sea_query::{DynIden, IntoIden},
};

use super::page::Page;
use crate::{db::Db, model::CrudModel, state::Spec};

/// Rows that were loaded.
pub(crate) struct Loaded<E: EntityTrait> {
    pub(crate) rows: Vec<E::Model>,
    /// The same rows with what `select_related` and `prefetch_related` name; empty without both.
    pub(crate) related: Vec<E::ModelEx>,
}

impl<E: CrudModel> Loaded<E> {
    /// Leaves the first rows.
    pub(super) fn truncate(&mut self, most: usize) {
        self.rows.truncate(most);
        self.related.truncate(most);
    }

    pub(super) fn reverse(&mut self) {
        self.rows.reverse();
        self.related.reverse();
    }
}

/// Loads rows as a state declares.
pub(crate) struct Loader<'a, E: CrudModel> {
    pub(crate) db: &'a Db,
    pub(crate) spec: &'a Spec<E>,
}

impl<E: CrudModel> Loader<'_, E> {
    /// The rows of a query, with those of `select_related` in the same query.
    pub(super) async fn rows(&self, query: Select<E>) -> Result<Loaded<E>> {
        let mut loaded = Loaded {
            rows: Vec::new(),
            related: Vec::new(),
        };
        let Some((first, _)) = self.spec.lists.select_related.split_first() else {
            loaded.rows = query.all(self.db).await?;
            return Ok(loaded);
        };
        let statement = self.joined(query).build(self.db.get_database_backend());
        for found in self.db.query_all_raw(statement).await? {
            let row = E::Model::from_query_result(&found, "")?;
            let mut whole = first.whole(row.clone());
            for (place, fetch) in self.spec.lists.select_related.iter().enumerate() {
                fetch.read(&found, &related_name(place), &mut whole)?;
            }
            loaded.related.push(whole);
            loaded.rows.push(row);
        }
        Ok(loaded)
    }

    /// Loads what refers to the rows, one query for each relation.
    pub(crate) async fn prefetch(&self, page: &mut Page<E>) -> Result {
        for prefetch in self.spec.lists.prefetch_related {
            if page.related.is_empty() {
                let rows = page.rows.iter().cloned();
                page.related = rows.map(|row| prefetch.whole(row)).collect();
            }
            let (rows, into) = (&page.rows, &mut page.related);
            if !rows.is_empty() {
                prefetch.load(self.db, rows, into).await?;
            }
        }
        Ok(())
    }

    fn joined(&self, mut query: Select<E>) -> Select<E> {
        let table: DynIden = E::default().into_iden();
        let select = QuerySelect::query(&mut query);
        for (place, fetch) in self.spec.lists.select_related.iter().enumerate() {
            fetch.join(select, &table, &related_name(place));
        }
        query
    }
}

fn related_name(place: usize) -> String {
    format!("rdj_r{place}")
}
