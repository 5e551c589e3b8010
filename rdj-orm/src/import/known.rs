//! What is found out for many rows of a file at once, for as long as nobody else writes.

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use rdj_runtime::{Cx, Result};
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DbBackend, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{FromValueTuple, SelectStatement},
};

use super::{
    fold::{fold, fold_text},
    insert::any_of,
};
use crate::{
    db::CxDb,
    field::RelationMeta,
    live::table_name,
    model::{CrudModel, has_key, key_text},
    pipeline::{locked, unique_sets},
};

/// More values of one field than this are not remembered.
const MAX_CHOICES: usize = 50_000;

/// What is known of the rows of a table and of what they refer to.
///
/// Nothing is guessed: what is not known is asked row by row. A statement of a hook that may have written
/// ends all of it.
pub(crate) struct Known<E: CrudModel> {
    backend: DbBackend,
    writes: Arc<AtomicU64>,
    keeps_choices: bool,
    facts: Mutex<Facts<E>>,
}

/// A set of columns that is unique, by its place, with values.
pub(super) type Unique = (usize, Vec<String>);

pub(super) struct Facts<E: CrudModel> {
    /// The count of writes for which this is so.
    writes: u64,
    /// Keys that no row has.
    pub(super) absent: HashSet<String>,
    /// Keys that rows have, in the user's scope or not.
    pub(super) there: HashMap<String, E::Key>,
    /// What the rows below were loaded by.
    scope: Option<SelectStatement>,
    rows: HashMap<String, E::Model>,
    /// Unique values that no row has.
    pub(super) free: HashSet<Unique>,
    /// What fields can refer to.
    choices: HashMap<&'static str, HashSet<String>>,
}

impl<E: CrudModel> Default for Facts<E> {
    fn default() -> Self {
        Self {
            writes: 0,
            absent: HashSet::new(),
            there: HashMap::new(),
            scope: None,
            rows: HashMap::new(),
            free: HashSet::new(),
            choices: HashMap::new(),
        }
    }
}

/// Whether a row with a key is there.
pub(super) enum Place {
    Unknown,
    Absent,
    There,
}

impl<E: CrudModel> Known<E> {
    pub(super) fn new(cx: &Cx, writes: Arc<AtomicU64>, keeps_choices: bool) -> Result<Self> {
        Ok(Self {
            backend: cx.db()?.get_database_backend(),
            writes,
            keeps_choices,
            facts: Mutex::default(),
        })
    }

    /// How many statements may have written so far.
    pub(super) fn writes(&self) -> u64 {
        self.writes.load(Relaxed)
    }

    /// What is still so.
    pub(super) fn facts(&self) -> MutexGuard<'_, Facts<E>> {
        let mut facts = self.facts.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.writes();
        if facts.writes != now {
            *facts = Facts {
                writes: now,
                ..Facts::default()
            };
        }
        facts
    }

    /// Forgets the rows of the last chunk.
    pub(super) fn forget(&self) {
        let mut facts = self.facts();
        let choices = std::mem::take(&mut facts.choices);
        *facts = Facts {
            writes: facts.writes,
            choices,
            ..Facts::default()
        };
    }

    /// The text of a key among those that are absent.
    pub(super) fn key(&self, key: &E::Key) -> Option<String> {
        fold_text(self.backend, &key_text(key))
    }

    pub(super) fn place(&self, key: &E::Key) -> Place {
        let facts = self.facts();
        if facts.there.contains_key(&key_text(key)) {
            return Place::There;
        }
        let text = self.key(key);
        if text.is_some_and(|text| facts.absent.contains(&text)) {
            Place::Absent
        } else {
            Place::Unknown
        }
    }

    /// The row with a key that is there, if the query finds it. The rows of all such keys are loaded at once.
    pub(super) async fn row(
        &self,
        cx: &Cx,
        key: &E::Key,
        query: Select<E>,
    ) -> Result<Option<E::Model>> {
        let keys: Vec<E::Key> = {
            let facts = self.facts();
            match &facts.scope {
                Some(scope) if scope == QueryTrait::as_query(&query) => {
                    return Ok(facts.rows.get(&key_text(key)).cloned());
                }
                // a scope that depends on the row is asked for each
                Some(_) => Vec::new(),
                None => facts.there.values().cloned().collect(),
            }
        };
        let db = cx.db()?;
        if keys.is_empty() {
            let query = locked(&db, query, has_key::<E>(key)).await?;
            return Ok(query.one(&db).await?);
        }
        let scope = QueryTrait::as_query(&query).clone();
        // PostgreSQL locked them when it was asked which there are
        let query = query.filter(any_of::<E>(&keys));
        let query = match self.backend {
            DbBackend::MySql => query.lock_exclusive(),
            _ => query,
        };
        let rows = query.all(&db).await?;
        let texts = rows.iter().map(|row| key_text(&E::key(row)));
        let rows: HashMap<_, _> = texts.zip(rows.iter().cloned()).collect();
        let found = rows.get(&key_text(key)).cloned();
        let mut facts = self.facts();
        facts.scope = Some(scope);
        facts.rows = rows;
        Ok(found)
    }

    /// Takes note of a row that waits to be inserted.
    pub(super) fn waits(&self, row: &E::ActiveModel) {
        let key = row.get_primary_key_value().map(E::Key::from_value_tuple);
        let key = key.and_then(|key| self.key(&key));
        let mut facts = self.facts();
        match key {
            Some(key) => _ = facts.absent.remove(&key),
            // the number that the database gives it may be one of them
            None => facts.absent.clear(),
        }
        for (place, set) in unique_sets::<E>(true).iter().enumerate() {
            match self.unique(place, set, row) {
                Values::Known(unique) => _ = facts.free.remove(&unique),
                Values::Null => {}
                Values::Odd => facts.free.retain(|(other, _)| *other != place),
            }
        }
    }

    /// Takes note of a row that was updated by one statement, the only one that wrote since `before`.
    pub(super) fn updated(&self, before: u64, key: &E::Key, now: &E::Key) {
        let mut facts = self.facts.lock().unwrap_or_else(PoisonError::into_inner);
        let is_all = self.writes() == before + 1 && facts.writes == before;
        if !is_all || key != now {
            return;
        }
        let text = key_text(key);
        facts.writes = before + 1;
        facts.there.remove(&text);
        facts.rows.remove(&text);
        facts.free.clear();
        for field in E::FIELDS {
            let own = |relation: RelationMeta| relation.table() == table_name::<E>();
            if field.relation.is_some_and(own) {
                facts.choices.remove(field.name);
            }
        }
    }

    /// The values of a unique set of columns.
    pub(super) fn unique(&self, place: usize, set: &[&str], row: &E::ActiveModel) -> Values {
        let mut texts = Vec::with_capacity(set.len());
        for column in set.iter().filter_map(|name| E::column(name)) {
            match row.get(column).into_value() {
                Some(value) if value != value.as_null() => match fold(self.backend, &value) {
                    Some(text) => texts.push(text),
                    None => return Values::Odd,
                },
                _ => return Values::Null,
            }
        }
        Values::Known((place, texts))
    }

    /// Whether it is known that no row has these unique values.
    pub(crate) fn is_free(&self, place: usize, set: &[&str], row: &E::ActiveModel) -> bool {
        match self.unique(place, set, row) {
            Values::Known(unique) => self.facts().free.contains(&unique),
            Values::Null | Values::Odd => false,
        }
    }

    /// Whether it is known that a field can refer to all of these.
    pub(crate) fn has_all(&self, field: &'static str, texts: &[String]) -> bool {
        let facts = self.facts();
        let known = facts.choices.get(field);
        known.is_some_and(|known| texts.iter().all(|text| known.contains(text)))
    }

    /// Remembers what a field can refer to.
    pub(crate) fn found(&self, field: &'static str, texts: impl IntoIterator<Item = String>) {
        if !self.keeps_choices {
            return;
        }
        let mut facts = self.facts();
        let known = facts.choices.entry(field).or_default();
        if known.len() > MAX_CHOICES {
            known.clear();
        }
        known.extend(texts);
    }

    /// Whether what fields can refer to is remembered at all.
    pub(super) fn keeps_choices(&self) -> bool {
        self.keeps_choices
    }
}

/// The values of a unique set.
pub(super) enum Values {
    Known(Unique),
    /// One of them is NULL, or the database sets it.
    Null,
    /// One of them cannot be compared here.
    Odd,
}
