//! Asking for many rows of a file at once what each of them will ask.

use std::collections::HashSet;

use rdj_runtime::{Cx, Result};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, PrimaryKeyTrait, QueryFilter,
    QuerySelect, QueryTrait,
    sea_query::{Expr, FromValueTuple, IntoValueTuple},
};

use super::{
    chunk::Line,
    insert::any_of,
    known::{Known, Place, Values},
    mapping::Mapping,
    row::take,
};
use crate::{
    db::{CxDb, Db},
    field::Linked,
    model::{CrudModel, key_text},
    ops,
    pipeline::{by_key, is_plain, key_columns, labelled, picked, unique_sets},
    state::{Active, ModelState},
};

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
    let sets = unique_sets::<S::Entity>(true);
    let refers = mapping.fields.iter().map(|(_, field)| field);
    let refers: Vec<_> = refers
        .filter(|field| field.meta.relation.is_some())
        .collect();
    if sets.is_empty() && (refers.is_empty() || !known.keeps_choices()) {
        return Ok(());
    }
    let mut wanted: Vec<Vec<Linked>> = vec![Vec::new(); refers.len()];
    let mut seen: Vec<HashSet<String>> = vec![HashSet::new(); refers.len()];
    let mut unique = vec![Vec::new(); sets.len()];
    for line in lines {
        let Ok(key) = &line.key else { continue };
        let is_there = |key| matches!(known.place(key), Place::There);
        ops::clear_form(state);
        take(state, &line.record, mapping);
        state.core_mut().new_key.clone_from(key);
        let new = ops::guess(state, cx);
        state.core_mut().new_key = None;
        for ((field, wanted), seen) in refers.iter().zip(&mut wanted).zip(&mut seen) {
            for (text, value) in picked(state, field) {
                let is_known = known.has_all(field.meta.name, std::slice::from_ref(&text));
                if !is_known && seen.insert(text.clone()) {
                    wanted.push((text, value));
                }
            }
        }
        // what is wrong with a row is told when it comes to it
        let Some(new) = new.ok().filter(|_| !key.as_ref().is_some_and(is_there)) else {
            continue;
        };
        for (place, set) in sets.iter().enumerate() {
            if let Values::Known(values) = known.unique(place, set, &new) {
                unique[place].push((values, new.clone()));
            }
        }
    }
    ops::clear_form(state);
    if known.keeps_choices() {
        for (field, wanted) in refers.iter().zip(wanted) {
            if !wanted.is_empty() {
                let found = labelled(state, cx, &field.meta, wanted).await?;
                known.found(
                    field.meta.name,
                    found.into_iter().map(|choice| choice.value),
                );
            }
        }
    }
    for (set, rows) in sets.iter().zip(unique) {
        if !rows.is_empty() && are_free::<S>(&db, set, &rows).await? {
            let values = rows.into_iter().map(|(values, _)| values);
            known.facts().free.extend(values);
        }
    }
    Ok(())
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
    type Stored<S> =
        <<<S as ModelState>::Entity as EntityTrait>::PrimaryKey as PrimaryKeyTrait>::ValueType;
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
    set: &[<S::Entity as EntityTrait>::Column],
    rows: &[(super::known::Unique, Active<S>)],
) -> Result<bool> {
    use sea_orm::ActiveModelTrait;
    let value = |row: &Active<S>, column| row.get(column).into_value();
    let any = if let [column] = set {
        let values = rows.iter().filter_map(|(_, row)| value(row, *column));
        Condition::all().add(column.is_in(values))
    } else {
        let rows = rows.iter().map(|(_, row)| {
            set.iter()
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
