//! Filling and emptying the form.

use rdj_runtime::{Cx, Error, Result};

use super::action::{begin, end};
use crate::{
    backend::enter,
    hooks::Action,
    model::CrudModel,
    pipeline::{authorize, find, merge, offer_all_picked},
    state::{Key, ModelState},
};

/// Fills the form with a row.
pub(crate) async fn start_edit<S: ModelState>(state: &mut S, cx: &Cx, key: &Key<S>) -> Result {
    let cx = &*enter::<S>(cx)?;
    let done = match begin(state, cx, Action::Edit).await {
        Ok(()) => fill(state, cx, key).await,
        Err(error) => Err(error),
    };
    end(state, cx, Action::Edit, done).await.map(drop)
}

async fn fill<S: ModelState>(state: &mut S, cx: &Cx, key: &Key<S>) -> Result {
    authorize(state, cx, Action::Edit).await?;
    let row = find(state, cx, Action::Edit, key).await?;
    (S::hooks().populate_edit_state)(state, cx, &row).await?;
    offer_all_picked(state, cx).await?;
    for inline in S::INLINES {
        inline.ops.load(state, cx, &row).await?;
    }
    let core = state.core_mut();
    core.editing_id = Some(S::Entity::key(&row));
    core.unopened = None;
    core.field_errors.clear();
    core.form_reset_key += 1;
    core.remember(Some(row));
    Ok(())
}

/// Takes over what somebody else changed where the user changed it too; the rest of the form stays as
/// it was typed.
pub(crate) async fn take_theirs<S: ModelState>(state: &mut S, cx: &Cx) -> Result {
    let cx = &*enter::<S>(cx)?;
    let done = match begin(state, cx, Action::Edit).await {
        Ok(()) => take(state, cx).await,
        Err(error) => Err(error),
    };
    end(state, cx, Action::Edit, done).await.map(drop)
}

async fn take<S: ModelState>(state: &mut S, cx: &Cx) -> Result {
    authorize(state, cx, Action::Edit).await?;
    let key = state.core().editing_id.clone().ok_or(Error::NotFound)?;
    let row = find(state, cx, Action::Edit, &key).await?;
    let conflict = merge(state, &row);
    for changed in conflict.iter().flat_map(|conflict| &conflict.fields) {
        let field = S::FIELDS
            .iter()
            .find(|field| field.meta.name == changed.name);
        if let Some(field) = field {
            field.fill(state, &row);
            state.core_mut().field_errors.remove(changed.name);
        }
    }
    let core = state.core_mut();
    core.form_reset_key += 1;
    core.remember(Some(row));
    Ok(())
}

/// Empties the form: it is for a new row then.
pub(crate) fn clear_form<S: ModelState>(state: &mut S) {
    for field in S::FIELDS {
        field.reset(state);
    }
    for inline in S::INLINES {
        inline.ops.reset(state);
    }
    let core = state.core_mut();
    core.editing_id = None;
    core.unopened = None;
    core.field_errors.clear();
    core.form_reset_key += 1;
    core.remember(None);
}

/// Leaves the editing of a row that is gone; what was typed stays, for a new row.
pub(crate) fn leave<S: ModelState>(state: &mut S, key: &Key<S>) {
    if state.core().editing_id.as_ref() != Some(key) {
        return;
    }
    let core = state.core_mut();
    core.editing_id = None;
    core.remember(None);
    for inline in S::INLINES {
        inline.ops.detach(state);
    }
}
