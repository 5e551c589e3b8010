//! Asking for many rows of a file at once what each of them will ask.

use std::collections::HashSet;

use rdj_runtime::{Cx, Result};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait,
    PrimaryKeyTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, FromValueTuple, IntoValueTuple},
};

use super::{
    chunk::Line,
    insert::any_of,
    known::{Known, Place, Unique, Values},
    mapping::Mapping,
    row::take,
};
use crate::{
    db::{CxDb, Db},
    field::Linked,
    model::{CrudModel, key_text},
    ops,
    pipeline::{by_key, is_plain, key_columns, labelled, picked, unique_sets},
    state::{Active, FieldDef, ModelState},
};

/// The most values that one statement asks for.
const MOST_LINKS: usize = 5_000;

/// The key of a stored row, as SeaORM reads it.
type Stored<S> =
    <<<S as ModelState>::Entity as EntityTrait>::PrimaryKey as PrimaryKeyTrait>::ValueType;
/// The fields of a set whose values are in one row only.
type Set = Vec<&'static str>;
/// Rows with their values in a set.
type Rows<S> = Vec<(Unique, Active<S>)>;

/// Finds out what the rows of a chunk will ask. `cx` is the transaction in which no row waits.
pub(super) async fn prepare<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    known: &Known<S::Entity>,
    lines: &[Line<S>],
    mapping: &Mapping<S>,
) -> Result {
    known.forget();
    let db = cx.db()?;
    // a backend of its own may find rows elsewhere
    if is_plain::<S>() {
        keys(&db, known, lines).await?;
    }
    let mut guesses = Guesses::<S>::new(known, mapping);
    if guesses.sets.is_empty() && guesses.links.is_empty() {
        return Ok(());
    }
    for line in lines {
        let Ok(key) = &line.key else { continue };
        ops::clear_form(state);
        take(state, &line.record, mapping);
        state.core_mut().new_key.clone_from(key);
        let new = ops::guess(state, cx);
        state.core_mut().new_key = None;
        guesses.add_links(state, known);
        let is_there = |key| matches!(known.place(key), Place::There);
        // what is wrong with a row is told when it comes to it
        if let Ok(new) = new
            && !key.as_ref().is_some_and(is_there)
        {
            guesses.add_new(known, &new);
        }
    }
    ops::clear_form(state);
    guesses.ask(state, cx, known).await
}

/// What the rows of a chunk will most likely be.
struct Guesses<S: ModelState> {
    links: Vec<Links<S>>,
    sets: Vec<(Set, Rows<S>)>,
}

/// What a field refers to, each row once.
struct Links<S: ModelState> {
    field: &'static FieldDef<S>,
    seen: HashSet<String>,
    wanted: Vec<Linked>,
}

impl<S: ModelState> Guesses<S> {
    fn new(known: &Known<S::Entity>, mapping: &Mapping<S>) -> Self {
        let fields = mapping.fields.iter().map(|(_, field)| *field);
        let fields = fields.filter(|field| field.meta.relation.is_some() && known.keeps_choices());
        let links = fields.map(|field| Links {
            field,
            seen: HashSet::new(),
            wanted: Vec::new(),
        });
        let sets = unique_sets::<S::Entity>(true).into_iter();
        Self {
            links: links.collect(),
            sets: sets.map(|set| (set, Vec::new())).collect(),
        }
    }

    fn add_links(&mut self, state: &S, known: &Known<S::Entity>) {
        for links in &mut self.links {
            for (text, value) in picked(state, links.field) {
                let name = links.field.meta.name;
                let is_known = known.has_all(name, std::slice::from_ref(&text));
                let fits = links.wanted.len() < MOST_LINKS;
                if fits && !is_known && links.seen.insert(text.clone()) {
                    links.wanted.push((text, value));
                }
            }
        }
    }

    fn add_new(&mut self, known: &Known<S::Entity>, new: &Active<S>) {
        for (place, (set, rows)) in self.sets.iter_mut().enumerate() {
            if let Values::Known(values) = known.unique(place, set, new) {
                rows.push((values, new.clone()));
            }
        }
    }

    async fn ask(self, state: &mut S, cx: &Cx, known: &Known<S::Entity>) -> Result {
        for Links { field, wanted, .. } in self.links {
            if wanted.is_empty() {
                continue;
            }
            match labelled(state, cx, &field.meta, wanted).await {
                Ok(found) => {
                    let texts = found.into_iter().map(|choice| choice.value);
                    known.found(field.meta.name, texts);
                }
                Err(error) if error.is_internal() => return Err(error),
                // each row is told by itself
                Err(_) => {}
            }
        }
        let db = cx.db()?;
        for (set, rows) in self.sets {
            if !rows.is_empty() && are_free::<S>(&db, &set, &rows).await? {
                let values = rows.into_iter().map(|(values, _)| values);
                known.facts().free.extend(values);
            }
        }
        Ok(())
    }
}

/// Which of the keys are there, locked until the commit as the row of an update is.
async fn keys<S: ModelState>(db: &Db, known: &Known<S::Entity>, lines: &[Line<S>]) -> Result {
    let keys = lines
        .iter()
        .filter_map(|line| line.key.as_ref().ok()?.clone());
    let keys: Vec<_> = keys.collect();
    if keys.is_empty() {
        return Ok(());
    }
    let query = S::Entity::find().filter(any_of::<S::Entity>(&keys));
    let query = by_key(key_columns::<S::Entity>(), query).select_only();
    let columns = key_columns::<S::Entity>()
        .into_iter()
        .map(|(column, _)| column);
    let query = query.columns(columns);
    let query = match db.get_database_backend() {
        DbBackend::Sqlite => query,
        _ => query.lock_exclusive(),
    };
    let there = query.into_tuple::<Stored<S>>().all(db).await?;
    let there = there.into_iter().map(|key| {
        let key = <S::Entity as CrudModel>::Key::from_value_tuple(key.into_value_tuple());
        (key_text(&key), key)
    });
    let there: Vec<_> = there.collect();
    let asked: HashSet<String> = keys.iter().map(key_text).collect();
    // the database takes a key of the file for another one
    if there.iter().any(|(text, _)| !asked.contains(text)) {
        return Ok(());
    }
    let mut facts = known.facts();
    facts.absent = keys.iter().filter_map(|key| known.key(key)).collect();
    for (text, key) in there {
        if let Some(folded) = known.key(&key) {
            facts.absent.remove(&folded);
        }
        facts.there.insert(text, key);
    }
    Ok(())
}

/// Whether no row has any of these values in a unique set of columns.
async fn are_free<S: ModelState>(
    db: &Db,
    set: &[&str],
    rows: &[(Unique, Active<S>)],
) -> Result<bool> {
    let columns = set.iter().filter_map(|name| S::Entity::column(name));
    let columns: Vec<_> = columns.collect();
    let value = |row: &Active<S>, column| row.get(column).into_value();
    let any = if let [column] = columns.as_slice() {
        let values = rows.iter().filter_map(|(_, row)| value(row, *column));
        Condition::all().add(column.is_in(values))
    } else {
        let rows = rows.iter().map(|(_, row)| {
            columns
                .iter()
                .fold(Condition::all(), |all, column| match value(row, *column) {
                    Some(value) => all.add(column.eq(value)),
                    None => all,
                })
        });
        rows.fold(Condition::any(), Condition::add)
    };
    let query = S::Entity::find().filter(any);
    let query = query.select_only().expr(Expr::val(1)).limit(1);
    let found = db
        .query_one_raw(query.build(db.get_database_backend()))
        .await?;
    Ok(found.is_none())
}
