//! What a save does with each row, decided and checked before the parent is written.

use rdj_runtime::{Cx, Result, form::FieldErrors, i18n::Text};

use super::{
    Inline, InlineRow, Limits, MAX_ROWS, ModelOf,
    row::Plan,
    select::{Tie, may},
};
use crate::{
    hooks::Action,
    model::CrudModel,
    ops::Stop,
    pipeline::{authorize_row, has_search, is_touched, merge, validate},
    state::{Conflict, Key, ModelState},
    words,
};

/// What the user wants done with a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wish {
    Nothing,
    Create,
    Update,
    Delete,
}

/// Plans all rows; false if the user has to correct something. Without a tie the parent is new, and so
/// are all rows.
pub(super) async fn check<C: ModelState>(
    inline: &mut Inline<C>,
    cx: &Cx,
    tie: Option<&Tie<C>>,
    limits: &Limits,
) -> Result<bool> {
    let blank = C::default();
    let wishes: Vec<Wish> = {
        let rows = inline.rows.iter();
        rows.map(|row| wish(row, &blank, tie.is_some())).collect()
    };
    for (wish, action) in [
        (Wish::Create, Action::Create),
        (Wish::Update, Action::Update),
        (Wish::Delete, Action::Delete),
    ] {
        if wishes.contains(&wish) {
            may(&blank, cx, action).await?;
        }
    }
    let mut found = match tie {
        Some(tie) => tie.locked(&blank, cx, &keys(inline, &wishes)).await?,
        None => Vec::new(),
    };
    inline.error.clear();
    let mut fine = true;
    for (row, wish) in inline.rows.iter_mut().zip(&wishes) {
        begin(row);
        let errors = plan(row, cx, *wish, &mut found).await?;
        if !errors.is_empty() {
            row.stop = Some(Stop::Invalid(errors));
            fine = false;
        }
    }
    let there = match tie {
        Some(tie) if limits.min > 0 || limits.max.is_some() => tie.count(&blank, cx).await?,
        _ => 0,
    };
    if let Some(error) = miscount(inline, limits, usize::try_from(there).unwrap_or(usize::MAX)) {
        inline.error = error;
        fine = false;
    }
    Ok(fine)
}

fn wish<C: ModelState>(row: &InlineRow<C>, blank: &C, has_parent: bool) -> Wish {
    match (row.key().is_some() && has_parent, row.delete) {
        (true, true) => Wish::Delete,
        (true, false) if is_touched(&row.state) || has_search(&row.state) => Wish::Update,
        (false, false) if !row.is_blank(blank) || has_search(&row.state) => Wish::Create,
        _ => Wish::Nothing,
    }
}

/// The keys of the rows that are to be written.
fn keys<C: ModelState>(inline: &Inline<C>, wishes: &[Wish]) -> Vec<Key<C>> {
    let rows = inline.rows.iter().zip(wishes);
    let written = rows.filter(|(_, wish)| matches!(wish, Wish::Update | Wish::Delete));
    written.filter_map(|(row, _)| row.key().cloned()).collect()
}

fn begin<C: ModelState>(row: &mut InlineRow<C>) {
    row.plan = Plan::Skip;
    row.stop = None;
    row.typed = row.shown();
    let core = row.state.core_mut();
    core.writing = None;
    core.conflict = None;
    core.error.clear();
    core.field_errors.clear();
}

/// Finds the row that is meant, asks whether the user may do it, and checks the form.
async fn plan<C: ModelState>(
    row: &mut InlineRow<C>,
    cx: &Cx,
    wish: Wish,
    found: &mut Vec<ModelOf<C>>,
) -> Result<FieldErrors> {
    let hooks = C::hooks();
    match wish {
        Wish::Nothing => Ok(FieldErrors::default()),
        Wish::Create => {
            row.plan = Plan::Create;
            (hooks.setup)(&mut row.state, cx, Action::Create).await?;
            validate(&mut row.state, cx).await
        }
        Wish::Delete => {
            // one that is gone already is as it should be
            if let Some(now) = take::<C::Entity>(found, row.key()) {
                (hooks.setup)(&mut row.state, cx, Action::Delete).await?;
                authorize_row(&row.state, cx, Action::Delete, &now).await?;
                row.plan = Plan::Delete(now);
            }
            Ok(FieldErrors::default())
        }
        Wish::Update => {
            let Some(now) = take::<C::Entity>(found, row.key()) else {
                row.plan = Plan::Gone;
                let mut errors = FieldErrors::default();
                errors.add(Text::key("rdj-inline-gone"));
                return Ok(errors);
            };
            (hooks.setup)(&mut row.state, cx, Action::Update).await?;
            authorize_row(&row.state, cx, Action::Update, &now).await?;
            update(row, cx, now).await
        }
    }
}

/// The row with this key; once, as a form can name it twice.
fn take<E: CrudModel>(found: &mut Vec<E::Model>, key: Option<&E::Key>) -> Option<E::Model> {
    let at = found.iter().position(|row| Some(&E::key(row)) == key)?;
    Some(found.swap_remove(at))
}

async fn update<C: ModelState>(
    row: &mut InlineRow<C>,
    cx: &Cx,
    now: ModelOf<C>,
) -> Result<FieldErrors> {
    row.state.core_mut().writing = Some(C::Entity::key(&now));
    let conflict = merge(&mut row.state, &now);
    row.typed = row.shown();
    row.plan = Plan::Update(now);
    match conflict {
        Some(conflict) => Ok(told(&conflict)),
        None => validate(&mut row.state, cx).await,
    }
}

/// A conflict as errors of the fields that both changed.
fn told<E: CrudModel>(conflict: &Conflict<E>) -> FieldErrors {
    let mut errors = FieldErrors::default();
    for field in &conflict.fields {
        let text = Text::key("rdj-inline-conflict").arg("value", field.theirs.clone());
        errors.add_to(field.name, text);
    }
    errors
}

/// What is wrong with the number of rows after this save.
fn miscount<C: ModelState>(inline: &Inline<C>, limits: &Limits, there: usize) -> Option<Text> {
    let count = |is: fn(&Plan<C>) -> bool| inline.rows.iter().filter(|row| is(&row.plan)).count();
    let added = count(|plan| matches!(plan, Plan::Create | Plan::Gone));
    let after = there.saturating_sub(count(|plan| matches!(plan, Plan::Delete(_)))) + added;
    let text = |key, count| {
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        Some(words::counted::<C::Entity>(key, count).into())
    };
    if inline.crowded || (added > 0 && after > limits.most()) {
        text("rdj-inline-max", limits.most().min(MAX_ROWS))
    } else if after < limits.min {
        text("rdj-inline-min", limits.min)
    } else {
        None
    }
}
