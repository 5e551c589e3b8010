//! Columns that not everybody may set who may save the row.

use rdj_runtime::{
    CurrentUser, Cx,
    form::{FieldError, FieldErrors},
};
use sea_orm::ActiveModelTrait;

use crate::{
    field::FieldMeta,
    model::CrudModel,
    state::{Active, ModelState},
};

/// Whether the user may set a column.
pub(crate) fn may_set(meta: &FieldMeta, user: Option<&CurrentUser>) -> bool {
    meta.guard.check(user).is_ok()
}

/// The errors of the guarded fields that the form would change and the user may not: `before` is the
/// row as it is, or as an empty form would make it.
pub(crate) fn forbidden<S: ModelState>(
    cx: &Cx,
    before: &Active<S>,
    after: &Active<S>,
) -> FieldErrors {
    let mut errors = FieldErrors::default();
    let user = cx.user();
    let guarded = S::FIELDS.iter().map(|field| &field.meta);
    for meta in guarded.filter(|meta| !may_set(meta, user.as_ref())) {
        let Some(column) = S::Entity::column(meta.name) else {
            continue;
        };
        if before.get(column).into_value() != after.get(column).into_value() {
            errors.add_to(meta.name, FieldError::key("rdj-may-not-change"));
        }
    }
    errors
}
