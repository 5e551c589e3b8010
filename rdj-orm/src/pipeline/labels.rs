//! Names of related rows as choices of a form.

use rdj_runtime::{Cx, Result, component::Choice, form::FieldErrors, i18n::Text};
use sea_orm::{ActiveModelBehavior, ActiveModelTrait, Value};

use crate::{
    model::CrudModel,
    state::{Active, FieldDef, ModelState},
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
        // a row refers to it already
        if state.core().kept.get(name) == Some(&text) {
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
