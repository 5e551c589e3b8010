//! From what was typed to values that can be written.

use rdj_runtime::{Cx, Result, form::FieldErrors};

use super::labels::check_choices;
use crate::state::ModelState;

/// Parses, cleans and checks the form; the errors are for the user.
pub(crate) async fn validate<S: ModelState>(state: &mut S, cx: &Cx) -> Result<FieldErrors> {
    let mut errors = FieldErrors::default();
    trim(state);
    for field in S::FIELDS {
        if let Some(error) = field.draft_error(state) {
            errors.add_to(field.meta.name, error);
        }
    }
    state.clean(&mut errors);
    for field in S::FIELDS {
        if let Some(error) = field.check(state) {
            errors.add_to(field.meta.name, error);
        }
    }
    check_choices(state, cx, &mut errors).await?;
    for check in S::VALIDATORS {
        check(state, &mut errors);
    }
    (S::hooks().validate_state)(state, cx, &mut errors).await?;
    Ok(errors)
}

/// Takes away the blanks around what was typed, where the model says so.
pub(crate) fn trim<S: ModelState>(state: &mut S) {
    for field in S::FIELDS.iter().filter(|field| field.meta.trim) {
        let text = field.shown(state);
        if text.trim() != text {
            field.take(state, text.trim());
        }
    }
}

/// Shows errors of the form.
pub(crate) async fn invalid<S: ModelState>(state: &mut S, cx: &Cx, errors: &FieldErrors) -> Result {
    (S::hooks().on_state_invalid)(state, cx, errors).await
}

/// Puts the form back to what was typed, after hooks may have changed it.
pub(crate) fn restore<S: ModelState>(state: &mut S, typed: &[String]) {
    for (field, typed) in S::FIELDS.iter().zip(typed) {
        if field.is_file() {
            field.put_back_file(state, typed);
        } else if field.shown(state) != *typed {
            field.take(state, typed);
        }
    }
}
