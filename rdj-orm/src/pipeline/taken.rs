//! The error of values that another row has already.

use rdj_runtime::{form::FieldErrors, i18n::Text};

use crate::{model::CrudModel, state::ModelState, words};

/// Adds the error at the fields of the form, or for the form as a whole if it has none of them.
pub(super) fn taken<S: ModelState>(errors: &mut FieldErrors, names: &[&str]) {
    let key = match names {
        [_] => "rdj-unique",
        _ => "rdj-unique-together",
    };
    let text = Text::key(key).arg("label", words::label::<S::Entity>());
    at_fields(errors, &form::<S>(), names, &text);
}

/// The names of the form's columns.
pub(super) fn form<S: ModelState>() -> Vec<&'static str> {
    let mut names = Vec::with_capacity(S::FIELDS.len());
    for field in S::FIELDS {
        if S::Entity::column(field.meta.name).is_some() {
            names.push(field.meta.name);
        }
    }
    names
}

/// Adds an error at the fields of the form with these names; one of no field if there are none.
pub(super) fn at_fields(
    errors: &mut FieldErrors,
    form: &[&'static str],
    names: &[&str],
    text: &Text,
) {
    let mut found = false;
    for name in form.iter().filter(|name| names.contains(name)) {
        errors.add_to(name, text.clone());
        found = true;
    }
    if !found {
        errors.add(text.clone());
    }
}
