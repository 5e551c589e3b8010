//! What follows the commit or the rollback of a save.

use std::mem;

use rdj_runtime::{Cx, Result, form::FieldErrors, i18n::Text};

use super::{Inline, InlineRow, row::Plan};
use crate::{
    hooks::Action,
    ops::{Stop, reason},
    pipeline::{invalid, is_used, restore},
    state::ModelState,
};

/// Puts the rows back to what was typed, and shows what is wrong with them.
pub(super) async fn settle<C: ModelState>(inline: &mut Inline<C>, cx: &Cx) -> Result {
    teardown(inline, cx).await;
    let mut failed = None;
    for row in &mut inline.rows {
        let typed = mem::take(&mut row.typed);
        restore(&mut row.state, &typed);
        let stop = row.stop.take();
        let errors = match stop {
            None => None,
            Some(stop) => errors(row, cx, stop).await.unwrap_or_else(|error| {
                failed.get_or_insert(error);
                None
            }),
        };
        acknowledge(row);
        if let Some(errors) = errors {
            invalid(&mut row.state, cx, &errors).await?;
        }
        row.plan = Plan::Skip;
    }
    failed.map_or(Ok(()), Err)
}

async fn errors<C: ModelState>(
    row: &InlineRow<C>,
    cx: &Cx,
    stop: Stop,
) -> Result<Option<FieldErrors>> {
    let stop = match (stop, &row.plan) {
        (Stop::Failed(error), Plan::Delete(_)) if is_used(&error) => {
            let mut errors = FieldErrors::default();
            errors.add(Text::key("rdj-inline-used"));
            return Ok(Some(errors));
        }
        (stop, _) => stop,
    };
    match reason::<C>(cx, stop).await {
        Stop::Invalid(errors) => Ok(Some(errors)),
        Stop::Conflict => Ok(None),
        Stop::Failed(error) => Err(error),
    }
}

/// What somebody else did is shown now: the next save goes over it.
fn acknowledge<C: ModelState>(row: &mut InlineRow<C>) {
    let core = row.state.core_mut();
    match mem::replace(&mut row.plan, Plan::Skip) {
        Plan::Update(now) => core.remember(Some(now)),
        Plan::Gone => {
            core.editing_id = None;
            core.remember(None);
        }
        Plan::Skip | Plan::Create | Plan::Delete(_) => {}
    }
}

/// Ends the action of each row that was planned.
pub(super) async fn teardown<C: ModelState>(inline: &mut Inline<C>, cx: &Cx) {
    for row in &mut inline.rows {
        let action = match row.plan {
            Plan::Create => Action::Create,
            Plan::Update(_) => Action::Update,
            Plan::Delete(_) => Action::Delete,
            Plan::Skip | Plan::Gone => continue,
        };
        (C::hooks().teardown)(&mut row.state, cx, action).await;
    }
}
