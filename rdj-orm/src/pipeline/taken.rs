//! The error of values that another row has already.

use rdj_runtime::{form::FieldErrors, i18n::Text};
use sea_orm::{EntityTrait, IdenStatic};

use crate::{
    model::CrudModel,
    state::{FieldDef, ModelState},
    words,
};

/// Adds the error at the fields of the form, or for the form as a whole if it has none of them.
pub(super) fn taken<S: ModelState>(
    errors: &mut FieldErrors,
    columns: &[<S::Entity as EntityTrait>::Column],
) {
    let key = match columns {
        [_] => "rdj-unique",
        _ => "rdj-unique-together",
    };
    let text = Text::key(key).arg("label", words::label::<S::Entity>());
    at_fields::<S>(errors, columns, &text);
}

/// Adds an error at the fields with these columns; one of no field if there are none.
pub(super) fn at_fields<S: ModelState>(
    errors: &mut FieldErrors,
    columns: &[<S::Entity as EntityTrait>::Column],
    text: &Text,
) {
    let mut found = false;
    for field in fields::<S>(columns) {
        errors.add_to(field.meta.name, text.clone());
        found = true;
    }
    if !found {
        errors.add(text.clone());
    }
}

/// The fields of the form with these columns.
fn fields<S: ModelState>(
    columns: &[<S::Entity as EntityTrait>::Column],
) -> impl Iterator<Item = &'static FieldDef<S>> {
    S::FIELDS.iter().filter(move |field| {
        let own = S::Entity::column(field.meta.name);
        own.is_some_and(|own| columns.iter().any(|column| column.as_str() == own.as_str()))
    })
}
