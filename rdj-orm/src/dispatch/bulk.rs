//! The form above the table: an action for the selected rows.

use rdj_runtime::{Cx, Result, dispatch::Call, form::Entries};

use super::lists;
use crate::{
    handlers,
    model::{CrudModel, key_text},
    state::{ModelState, bulk},
};

/// Takes up which rows of the page are ticked, where a form says so.
pub(super) fn fill<S: ModelState>(state: &mut S, entries: &Entries) {
    let said = |name| entries.iter().any(|(n, _)| n == name);
    if S::SPEC.lists.bulk_actions.is_empty() || !said(bulk::FORM) {
        return;
    }
    let ticked: Vec<&str> = entries
        .iter()
        .filter(|(name, _)| *name == bulk::SELECTED)
        .map(|(_, key)| key)
        .collect();
    let shown: Vec<_> = state.core().data.iter().map(S::Entity::key).collect();
    for key in shown {
        let is_ticked = ticked.contains(&&*key_text(&key));
        handlers::select(state, &key, is_ticked);
    }
    state.core_mut().all_selected = entries.get(bulk::ALL) == Some("true");
}

/// Runs the action that the form names, with the guard of its event.
pub(super) async fn run<S: ModelState>(state: &mut S, cx: &Cx, call: &Call<'_>) -> Result {
    let named = call.form.and_then(|form| form.get(bulk::ACTION));
    let known = |name: &&str| Some(*name) == named;
    let Some(event) = S::SPEC.lists.bulk_actions.iter().copied().find(known) else {
        return Err(call.unknown());
    };
    let call = Call { event, ..*call };
    match S::event_table().find(event) {
        Some(def) => {
            def.facts.guard.check(cx.user().as_ref())?;
            (def.run)(state, cx, call).await
        }
        // a box, because the future of an action would hold itself
        None => Box::pin(lists::run(state, cx, &call)).await,
    }
}
