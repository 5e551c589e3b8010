//! Names of related rows: choices of a form, and labels in a list.

use std::collections::BTreeMap;

use rdj_runtime::{Cx, Result, component::Choice, form::FieldErrors, i18n::Text};
use sea_orm::{ActiveModelBehavior, ActiveModelTrait, ModelTrait, Value};

use crate::{
    db::{CxDb, Db},
    model::CrudModel,
    state::{Active, FieldDef, ListColumn, ModelState},
};

/// Loads the choices of all foreign keys of the form, one query each.
pub(crate) async fn load_choices<S: ModelState>(state: &mut S, cx: &Cx) -> Result {
    state.core_mut().posted = None;
    for field in S::FIELDS {
        if field.meta.relation.is_some() {
            let choices = (S::hooks().get_choices)(state, cx, &field.meta).await?;
            let all = &mut state.core_mut().choices;
            all.insert(field.meta.name, choices.into());
        }
    }
    Ok(())
}

/// Refuses a foreign key that is none of the choices now; then the form gets those of now.
pub(super) async fn check_choices<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    errors: &mut FieldErrors,
) -> Result {
    let mut refused = false;
    for field in S::FIELDS {
        let name = field.meta.name;
        let text = field.text(state);
        if field.meta.relation.is_none() || text.is_empty() || errors.get(name).is_some() {
            continue;
        }
        if let Some(choice) = choice(state, cx, field, &text).await? {
            offer(state, name, choice);
        } else {
            errors.add_to(name, Text::key("rdj-choose-one"));
            refused = true;
        }
    }
    if refused {
        load_choices(state, cx).await?;
    }
    Ok(())
}

/// The choice with the value of a field, by a query for that value.
async fn choice<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    field: &FieldDef<S>,
    text: &str,
) -> Result<Option<Choice>> {
    state.core_mut().posted = value(state, field).map(|value| (field.meta.name, value));
    let choices = (S::hooks().get_choices)(state, cx, &field.meta).await;
    state.core_mut().posted = None;
    Ok(choices?.into_iter().find(|choice| choice.value == text))
}

/// What would be written for a field.
fn value<S: ModelState>(state: &S, field: &FieldDef<S>) -> Option<Value> {
    let column = S::Entity::column(field.meta.name)?;
    let mut row = <Active<S> as ActiveModelBehavior>::new();
    field.store(state, &mut row);
    row.get(column).into_value()
}

/// Adds a choice that the form does not have yet.
fn offer<S: ModelState>(state: &mut S, name: &'static str, choice: Choice) {
    let offered = state.core_mut().choices.entry(name).or_default();
    if offered.iter().all(|other| other.value != choice.value) {
        *offered = offered.iter().cloned().chain([choice]).collect();
    }
}

/// Loads the labels of the related rows of the page, one query for each foreign key shown.
pub(crate) async fn load_labels<S: ModelState>(state: &mut S, cx: &Cx) -> Result {
    let db = cx.db()?;
    for column in S::SPEC.list_display {
        if let Some(relation) = column.meta.relation {
            let values = distinct::<S>(state, column);
            let labels = labels(&db, relation, values).await?;
            state.core_mut().labels.insert(column.meta.name, labels);
        }
    }
    Ok(())
}

async fn labels(
    db: &Db,
    relation: crate::field::RelationMeta,
    values: BTreeMap<String, Value>,
) -> Result<BTreeMap<String, String>> {
    relation.labels(db, values.into_values().collect()).await
}

/// The values of a column on this page by their text, each once, without NULL.
fn distinct<S: ModelState>(state: &S, column: &ListColumn<S::Entity>) -> BTreeMap<String, Value> {
    let rows = state.core().data.iter();
    let values = rows.map(|row| ((column.text)(row), row.get(column.column)));
    values.filter(|(text, _)| !text.is_empty()).collect()
}
