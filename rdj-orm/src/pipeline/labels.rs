//! Names of related rows in a list.

use std::{collections::BTreeMap, mem};

use rdj_runtime::{Cx, Result, component::Choice, dispatch::BoxFuture};
use sea_orm::{ModelTrait, Value};

use super::choices::labelled;
use crate::{
    db::CxDb,
    field::{FieldMeta, Linked, LoadLinks},
    model::{CrudModel, key_text},
    state::{Facts as _, ListColumn, ModelState, Offer, Row, nothing},
};

/// Loads the labels of the related rows of the page: one query for each foreign key shown, two for each
/// many-to-many relation.
///
/// After a write of one's own, which changes no related rows, only labels that are not `known` from the
/// rows of before or from the form are looked up.
pub(crate) fn load_labels<'a, S: ModelState>(
    state: &'a mut S,
    cx: &'a Cx,
    known: bool,
) -> BoxFuture<'a, Result> {
    if S::LISTS_RELATED {
        Box::pin(load_columns(state, cx, known))
    } else {
        nothing()
    }
}

async fn load_columns<S: ModelState>(state: &mut S, cx: &Cx, known: bool) -> Result {
    for column in S::SPEC.list_display {
        if column.meta.relation.is_none() {
            continue;
        }
        let labels = match column.linked {
            Some(load) if S::LISTS_LINKED => many_labels(state, cx, column, load).await?,
            _ => one_labels(state, cx, column, known).await?,
        };
        state.core_mut().labels.insert(column.meta.name, labels);
    }
    Ok(())
}

/// The labels of what a foreign key of the rows refers to.
async fn one_labels<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    column: &ListColumn<S::Entity>,
    known: bool,
) -> Result<BTreeMap<String, String>> {
    let (mut missing, core) = (distinct::<S>(state, column), state.core());
    let mut labels = BTreeMap::new();
    if known {
        let before = core.labels.get(column.meta.name);
        let offer = core.choices.get(column.meta.name);
        labels = take_known(&mut missing, before, offer);
    }
    labels.extend(self::labels(state, cx, &column.meta, missing).await?);
    Ok(labels)
}

/// Takes the values away whose labels stood in the list before or stand in the form, and gives these.
fn take_known(
    missing: &mut BTreeMap<String, Value>,
    before: Option<&BTreeMap<String, String>>,
    offer: Option<&Offer>,
) -> BTreeMap<String, String> {
    let mut labels = BTreeMap::new();
    missing.retain(|text, _| {
        let listed = before.and_then(|labels| labels.get(text));
        let mut offered = offer.iter().flat_map(|offer| offer.choices.iter());
        let label = listed.or_else(|| {
            let choice = offered.find(|choice| choice.value == *text);
            choice.map(|choice| &choice.label)
        });
        if let Some(label) = label {
            labels.insert(text.clone(), label.clone());
        }
        label.is_none()
    });
    labels
}

/// The labels of these values by their text.
async fn labels<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    meta: &FieldMeta,
    values: BTreeMap<String, Value>,
) -> Result<BTreeMap<String, String>> {
    if values.is_empty() {
        return Ok(BTreeMap::new());
    }
    let found = labelled(state, cx, meta, values.into_iter().collect()).await?;
    Ok(by_value(found))
}

/// The labels of choices by their values.
pub(crate) fn by_value(choices: Vec<Choice>) -> BTreeMap<String, String> {
    let labels = choices
        .into_iter()
        .map(|choice| (choice.value, choice.label));
    labels.collect()
}

/// The labels of what each row is linked to, by the row's key.
fn many_labels<'a, S: ModelState>(
    state: &'a mut S,
    cx: &'a Cx,
    column: &'a ListColumn<S::Entity>,
    load: LoadLinks<Row<S>>,
) -> BoxFuture<'a, Result<BTreeMap<String, String>>> {
    Box::pin(load_many(state, cx, column, load))
}

async fn load_many<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    column: &ListColumn<S::Entity>,
    load: LoadLinks<Row<S>>,
) -> Result<BTreeMap<String, String>> {
    let db = cx.db()?;
    let rows = mem::take(&mut state.core_mut().data);
    let linked = load(&db, &rows).await;
    let mut keys = Vec::with_capacity(rows.len());
    for row in &rows {
        keys.push(key_text(&S::Entity::key(row)));
    }
    state.core_mut().data = rows;
    let linked = linked?;
    let labels = labels(state, cx, &column.meta, each_once(&linked)).await?;
    Ok(joined(keys, &linked, &labels))
}

fn each_once(linked: &[Vec<Linked>]) -> BTreeMap<String, Value> {
    linked.iter().flatten().cloned().collect()
}

/// The labels of each row in one text, by the row's key.
fn joined(
    keys: Vec<String>,
    linked: &[Vec<Linked>],
    labels: &BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let joined = linked.iter().map(|links| {
        let names = links.iter().filter_map(|(text, _)| labels.get(text));
        names.map(String::as_str).collect::<Vec<_>>().join(", ")
    });
    keys.into_iter().zip(joined).collect()
}

/// The values of a column on this page by their text, each once, without NULL.
fn distinct<S: ModelState>(state: &S, column: &ListColumn<S::Entity>) -> BTreeMap<String, Value> {
    let mut values = BTreeMap::new();
    for row in &state.core().data {
        let text = (column.text)(row);
        if !text.is_empty() {
            values.insert(text, row.get(column.column));
        }
    }
    values
}
