//! Showing the children of a row, and an empty form's blank rows.

use std::mem;

use rdj_runtime::{Cx, Result};

use super::{
    Inline, InlineRow, Limits, MAX_SHOWN, ModelOf,
    select::{Tie, is_allowed},
};
use crate::{
    hooks::Action,
    model::CrudModel,
    pipeline::{load_choices, offer_rows},
    state::ModelState,
};

impl<C: ModelState> Inline<C> {
    /// Forgets all rows; blank ones are for new children.
    pub(super) fn reset(&mut self, limits: &Limits) {
        self.forget();
        self.blank(limits);
    }

    fn forget(&mut self) {
        self.rows.clear();
        self.removed.clear();
        self.error.clear();
        self.changed = false;
        self.crowded = false;
        self.more = false;
        self.read_only = false;
    }

    /// Adds blank rows: as many as are declared, and as the rows are fewer than they must be.
    fn blank(&mut self, limits: &Limits) {
        if !C::SPEC.actions.create || self.more {
            return;
        }
        let there = self.rows.len();
        let wanted = limits.extra.max(limits.min.saturating_sub(there));
        let room = limits.most().saturating_sub(there);
        for _ in 0..wanted.min(room) {
            let row = self.new_row(None);
            self.rows.push(row);
        }
    }

    /// The rows are no children of anything any more: what they hold is for new ones.
    pub(super) fn detach(&mut self) {
        self.changed = true;
        for row in &mut self.rows {
            let core = row.state.core_mut();
            core.editing_id = None;
            core.remember(None);
        }
    }
}

/// Loads the children of a row into the form: one query, and one for the labels of each field with a
/// search.
pub(super) async fn load<C: ModelState>(
    inline: &mut Inline<C>,
    cx: &Cx,
    tie: &Tie<C>,
    limits: &Limits,
    opening: bool,
) -> Result {
    inline.forget();
    let blank = C::default();
    inline.read_only = !is_allowed(&blank, cx, Action::Edit).await?;
    if !inline.read_only || is_allowed(&blank, cx, Action::List).await? {
        let mut rows = tie.shown(&blank, cx, MAX_SHOWN).await?;
        inline.more = rows.len() > MAX_SHOWN;
        rows.truncate(MAX_SHOWN);
        for row in rows {
            show(inline, cx, row, opening).await?;
        }
    }
    inline.blank(limits);
    offer(inline, cx).await
}

async fn show<C: ModelState>(
    inline: &mut Inline<C>,
    cx: &Cx,
    row: ModelOf<C>,
    opening: bool,
) -> Result {
    let mut shown = inline.new_row(None);
    let child = &mut shown.state;
    (C::hooks().populate_edit_state)(child, cx, &row).await?;
    let core = child.core_mut();
    core.editing_id = Some(C::Entity::key(&row));
    core.opening = opening;
    core.remember(Some(row));
    core.opening = false;
    inline.rows.push(shown);
    Ok(())
}

/// Loads the choices that all rows share, one query for each field that refers to something.
pub(super) async fn choices<C: ModelState>(inline: &mut Inline<C>, cx: &Cx) -> Result {
    let mut blank = C::default();
    let may_add = is_allowed(&blank, cx, Action::Create).await?;
    if !may_add && !is_allowed(&blank, cx, Action::Edit).await? {
        return Ok(());
    }
    load_choices(&mut blank, cx).await?;
    inline.choices = mem::take(&mut blank.core_mut().choices);
    for row in &mut inline.rows {
        row.state.core_mut().choices.clone_from(&inline.choices);
    }
    offer(inline, cx).await
}

/// What of the rows is a search shows what they hold.
async fn offer<C: ModelState>(inline: &mut Inline<C>, cx: &Cx) -> Result {
    let mut blank = C::default();
    let rows = inline
        .rows
        .iter_mut()
        .map(|row: &mut InlineRow<C>| &mut row.state);
    offer_rows(&mut blank, rows.collect(), cx).await
}
