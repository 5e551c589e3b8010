//! Whether the user may do something at all, before any row is looked at, and then with a row.

use rdj_runtime::{Cx, Error, Result};

use crate::{
    hooks::Action,
    permission::refusal,
    state::{ModelState, Row, allows},
};

/// Asks whether the state has the action at all, for `login_required_actions`, the permission classes,
/// `model_permissions`, then the hook: each can only refuse more.
pub(crate) async fn authorize<S: ModelState>(state: &S, cx: &Cx, action: Action) -> Result {
    if !S::SPEC.actions.allow(action) {
        return Err(Error::Denied);
    }
    let rules = &S::SPEC.rules;
    if rules.login_required.contains(&action) {
        cx.require_user()?;
    }
    for class in rules.permission_classes {
        class.check(cx, action).await?;
    }
    if S::SPEC.model_permissions && !allows::<S::Entity>(&cx.require_user()?, action) {
        return Err(Error::Denied);
    }
    (S::hooks().authorize)(state, cx, action).await
}

/// Asks the permission classes, then the hook, for one row.
pub(crate) async fn authorize_row<S: ModelState>(
    state: &S,
    cx: &Cx,
    action: Action,
    row: &Row<S>,
) -> Result {
    for class in S::SPEC.rules.permission_classes {
        class.check_object(cx, action, row).await?;
    }
    if (S::hooks().has_object_permission)(state, cx, action, row).await? {
        return Ok(());
    }
    Err(refusal(cx))
}

/// Whether the user may save something, new or not: who may not needs no choices.
pub(crate) async fn may_save<S: ModelState>(state: &S, cx: &Cx) -> Result<bool> {
    for action in [Action::Create, Action::Update] {
        if !S::SPEC.actions.allow(action) {
            continue;
        }
        match authorize(state, cx, action).await {
            Ok(()) => return Ok(true),
            Err(error) if error.is_internal() => return Err(error),
            Err(_) => {}
        }
    }
    Ok(false)
}

/// Asks whether the user may save the form as it is: as a new row, or as the one that is edited.
pub(crate) async fn may_write<S: ModelState>(state: &S, cx: &Cx) -> Result {
    let action = match state.core().editing_id {
        Some(_) => Action::Update,
        None => Action::Create,
    };
    authorize(state, cx, action).await
}
