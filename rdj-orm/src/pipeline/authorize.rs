//! Whether the user may do something at all, before any row is looked at.

use rdj_runtime::{Cx, Error, Result};

use crate::{
    hooks::Action,
    state::{ModelState, allows},
};

/// Asks whether the state has the action at all, for the permission of `model_permissions`, then the
/// hook, which can only refuse more.
pub(crate) async fn authorize<S: ModelState>(state: &S, cx: &Cx, action: Action) -> Result {
    if !S::SPEC.actions.allow(action) {
        return Err(Error::Denied);
    }
    if S::SPEC.model_permissions && !allows::<S::Entity>(&cx.require_user()?, action) {
        return Err(Error::Denied);
    }
    (S::hooks().authorize)(state, cx, action).await
}
