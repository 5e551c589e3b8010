//! The form above the table: an action for the selected rows.

use rdj_runtime::{Cx, Result, dispatch::Call, form::Entries, t};

use super::{generated, own};
use crate::{
    model::{CrudModel, key_text},
    state::{Facts as _, ModelState, bulk},
    view,
};

/// Takes up which rows of the page are ticked, where a form says so.
pub(super) fn fill<S: ModelState>(state: &mut S, entries: &Entries) {
    let said = |name| entries.iter().any(|(n, _)| n == name);
    if !S::BULK || !said(bulk::FORM) {
        return;
    }
    let ticked: Vec<&str> = entries
        .iter()
        .filter(|(name, _)| *name == bulk::SELECTED)
        .map(|(_, key)| key)
        .collect();
    let core = state.core_mut();
    let shown: Vec<_> = core.data.iter().map(S::Entity::key).collect();
    for key in shown {
        core.select(&key, ticked.contains(&&*key_text(&key)));
    }
    core.all_selected = entries.get(bulk::ALL) == Some("true");
}

/// What is asked before the form does its work: what with how many rows. Without a selection it only
/// says that there is none.
pub fn question<S: ModelState>(state: &mut S, call: &Call<'_>, question: String) -> Option<String> {
    let is_form = || generated::<S>(call.event).is_some_and(|event| event.handler == "bulk_action");
    let form = match call.form {
        Some(form) if S::BULK && is_form() => form,
        _ => return Some(question),
    };
    fill(state, form);
    let core = state.core();
    if !core.all_selected && core.selected.is_empty() {
        return None;
    }
    let named = |name: &&str| Some(*name) == form.get(bulk::ACTION);
    let action = S::SPEC.lists.bulk_actions.iter().copied().find(named)?;
    let details = t!(
        "rdj-bulk-question",
        action = view::action::<S>(action),
        selected = view::selected(state),
    );
    Some(format!("{question}\n{details}"))
}

/// Runs the action that the form names, with the guard of its event.
pub(super) async fn run<S: ModelState>(state: &mut S, cx: &Cx, call: Call<'_>) -> Result {
    let named = call.form.and_then(|form| form.get(bulk::ACTION));
    let known = |name: &&str| Some(*name) == named && *name != call.event;
    let Some(event) = S::SPEC.lists.bulk_actions.iter().copied().find(known) else {
        return Err(call.unknown());
    };
    let action = Call { event, ..call };
    if let Some(def) = own::<S>(event) {
        def.facts.guard.check(cx.user().as_ref())?;
        return (def.run)(state, cx, action).await;
    }
    match generated::<S>(event) {
        Some(generated) => (generated.run)(state, cx, action).await,
        None => Err(action.unknown()),
    }
}
