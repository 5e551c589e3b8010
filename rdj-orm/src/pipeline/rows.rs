//! The rows of a list with what they refer to: as few queries as there are rows to many.

use std::collections::BTreeMap;

use rdj_runtime::Result;
use sea_orm::{
    ConnectionTrait, EntityTrait, FromQueryResult, QueryResult, QuerySelect, QueryTrait, Select,
    sea_query::{DynIden, IntoIden},
};

use super::page::Page;
use crate::{
    db::Db,
    model::CrudModel,
    state::{ListColumn, Spec},
};

/// What the user reads for the rows that a column refers to, by the text of the column.
pub(crate) type Labels = BTreeMap<&'static str, BTreeMap<String, String>>;

/// Rows that were loaded.
pub(crate) struct Loaded<E: EntityTrait> {
    pub(crate) rows: Vec<E::Model>,
    /// The same rows with what `select_related` and `prefetch_related` name; empty without both.
    pub(crate) related: Vec<E::ModelEx>,
    pub(crate) labels: Labels,
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
    /// The rows of a query, with the rows that they refer to and their labels in the same query.
    pub(super) async fn rows(&self, query: Select<E>) -> Result<Loaded<E>> {
        let mut loaded = Loaded {
            rows: Vec::new(),
            related: Vec::new(),
            labels: self
                .shown()
                .map(|(_, c)| (c.meta.name, BTreeMap::new()))
                .collect(),
        };
        if self.spec.lists.select_related.is_empty() && loaded.labels.is_empty() {
            loaded.rows = query.all(self.db).await?;
            return Ok(loaded);
        }
        let statement = self.joined(query).build(self.db.get_database_backend());
        for found in self.db.query_all_raw(statement).await? {
            self.read(&found, &mut loaded)?;
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

    /// The columns of the table that show what the user calls another row.
    fn shown(&self) -> impl Iterator<Item = (usize, &'static ListColumn<E>)> {
        let columns = self.spec.list_display.iter().enumerate();
        columns.filter(|(_, column)| column.meta.relation.is_some())
    }

    fn joined(&self, mut query: Select<E>) -> Select<E> {
        let table: DynIden = E::default().into_iden();
        let select = QuerySelect::query(&mut query);
        for (place, column) in self.shown() {
            if let Some(relation) = column.meta.relation {
                let from = (table.clone(), column.column.into_iden());
                relation.join(select, from, &label_name(place));
            }
        }
        for (place, fetch) in self.spec.lists.select_related.iter().enumerate() {
            fetch.join(select, &table, &related_name(place));
        }
        query
    }

    fn read(&self, found: &QueryResult, loaded: &mut Loaded<E>) -> Result {
        let row = E::Model::from_query_result(found, "")?;
        for (place, column) in self.shown() {
            let relation = column.meta.relation;
            let label = relation.map(|relation| relation.label_of(found, &label_name(place)));
            if let Some(label) = label.transpose()?.flatten() {
                let labels = loaded.labels.entry(column.meta.name).or_default();
                labels.insert((column.text)(&row), label);
            }
        }
        if let Some(first) = self.spec.lists.select_related.first() {
            let mut whole = first.whole(row.clone());
            for (place, fetch) in self.spec.lists.select_related.iter().enumerate() {
                fetch.read(found, &related_name(place), &mut whole)?;
            }
            loaded.related.push(whole);
        }
        loaded.rows.push(row);
        Ok(())
    }
}

fn label_name(place: usize) -> String {
    format!("rdj_l{place}")
}

fn related_name(place: usize) -> String {
    format!("rdj_r{place}")
}
