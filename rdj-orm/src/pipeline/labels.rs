//! Names of related rows: choices of a form, and labels in a list.

use std::collections::BTreeMap;

use rdj_runtime::{Cx, Result, form::FieldErrors};
use sea_orm::{ModelTrait, Value};

use crate::{
    db::{CxDb, Db},
    field::MAX_CHOICES,
    state::{ListColumn, ModelState},
};

/// Loads the choices of all foreign keys of the form, one query each.
pub(crate) async fn load_choices<S: ModelState>(state: &mut S, cx: &Cx) -> Result {
    for field in S::FIELDS {
        if field.meta.relation.is_some() {
            let choices = (S::hooks().get_choices)(state, cx, &field.meta).await?;
            state
                .core_mut()
                .choices
                .insert(field.meta.name, choices.into());
        }
    }
    Ok(())
}

/// Refuses a foreign key that is none of the choices, as far as all of them are known.
pub(super) async fn check_choices<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    errors: &mut FieldErrors,
) -> Result {
    for field in S::FIELDS {
        let name = field.meta.name;
        let text = field.text(state);
        if field.meta.relation.is_none() || text.is_empty() || errors.get(name).is_some() {
            continue;
        }
        let known = |state: &S| {
            let choices = state.core().choices.get(name);
            choices.is_some_and(|all| all.iter().any(|choice| choice.value == text))
        };
        if known(state) {
            continue;
        }
        let choices = (S::hooks().get_choices)(state, cx, &field.meta).await?;
        let all = (choices.len() as u64) < MAX_CHOICES;
        state.core_mut().choices.insert(name, choices.into());
        if all && !known(state) {
            errors.add_to(name, "Choose one of the choices.");
        }
    }
    Ok(())
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
