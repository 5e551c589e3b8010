//! Filling and emptying the form.

use rdj_runtime::{Cx, Result};

use crate::{
    hooks::Action,
    model::CrudModel,
    pipeline::{authorize, find, offer_all_picked},
    state::{Key, ModelState},
};

/// Fills the form with a row.
pub(crate) async fn start_edit<S: ModelState>(state: &mut S, cx: &Cx, key: &Key<S>) -> Result {
    let hooks = S::hooks();
    authorize(state, cx, Action::Edit).await?;
    let row = find(state, cx, key).await?;
    (hooks.populate_edit_state)(state, cx, &row).await?;
    offer_all_picked(state, cx).await?;
    let core = state.core_mut();
    core.editing_id = Some(S::Entity::key(&row));
    core.unopened = None;
    core.field_errors.clear();
    core.form_reset_key += 1;
    Ok(())
}

/// Empties the form: it is for a new row then.
pub(crate) fn clear_form<S: ModelState>(state: &mut S) {
    for field in S::FIELDS {
        field.reset(state);
    }
    let core = state.core_mut();
    core.editing_id = None;
    core.unopened = None;
    core.field_errors.clear();
    core.form_reset_key += 1;
}
