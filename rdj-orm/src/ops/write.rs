//! Writing a row that was checked, inside of the transaction that is open: of a form, of a child row, of an
//! undo.

use rdj_runtime::{Cx, Result, form::FieldErrors, live::ChangeKind};
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, EntityTrait, IntoActiveModel, Iterable,
    PrimaryKeyToColumn, sea_query::IntoValueTuple,
};

use super::save::Stop;
use crate::{
    db::CxChanges,
    history::{LinkChange, Write, write},
    inline::InlineDef,
    model::CrudModel,
    pipeline::{forbidden, own, save_links},
    state::{Active, Key, ModelState, Row},
};

/// Writes the form, which was checked, as a new row.
pub(crate) async fn write_new<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    inlines: &[InlineDef<S>],
) -> Result<Row<S>, Stop> {
    let new = new_row(state, cx)?;
    insert(state, cx, new, inlines).await
}

/// The new row of a form that was checked, as `perform_create` gets it.
pub(super) async fn prepare_new<S: ModelState>(state: &mut S, cx: &Cx) -> Result<Active<S>, Stop> {
    let new = new_row(state, cx)?;
    ready(state, cx, new).await
}

fn new_row<S: ModelState>(state: &S, cx: &Cx) -> Result<Active<S>, Stop> {
    let mut new = <Active<S> as ActiveModelBehavior>::new();
    let mut empty = new.clone();
    for field in S::FIELDS {
        field.store_new(&mut empty);
    }
    fill(state, &mut new);
    valid(forbidden::<S>(cx, &empty, &new))?;
    S::Entity::touch(&mut new, true);
    give_key(state, &mut new)?;
    own::<S>(cx, &mut new)?;
    tie(state, &mut new)?;
    Ok(new)
}

/// A new row after all checks and `before_save`.
async fn ready<S: ModelState>(state: &mut S, cx: &Cx, new: Active<S>) -> Result<Active<S>, Stop> {
    let mut new = clean(state, cx, new).await?;
    (S::hooks().before_save)(state, cx, &mut new, true).await?;
    Ok(new)
}

/// Writes a row that was checked as a form, as a new one.
pub(super) async fn insert<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    new: Active<S>,
    inlines: &[InlineDef<S>],
) -> Result<Row<S>, Stop> {
    let hooks = S::hooks();
    let new = ready(state, cx, new).await?;
    let row = (hooks.perform_create)(state, cx, new).await?;
    let links = save_links(state, cx, &row).await?;
    record(state, cx, None, &row, links).await?;
    for inline in inlines {
        inline.ops.write(state, cx, &row).await?;
    }
    cx.changed::<S::Entity>(&S::Entity::key(&row), ChangeKind::Created);
    (hooks.on_save_success)(state, cx, &row).await?;
    Ok(row)
}

async fn record<S: ModelState>(
    state: &S,
    cx: &Cx,
    before: Option<&Row<S>>,
    after: &Row<S>,
    links: Vec<LinkChange>,
) -> Result {
    let written = Write {
        before,
        after: Some(after),
        links,
        undoes: state.core().undoes,
    };
    write::<S::Entity>(cx, written).await
}

/// Writes the form, which was checked, over a row that was found.
pub(crate) async fn write_found<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    row: Row<S>,
    inlines: &[InlineDef<S>],
) -> Result<Row<S>, Stop> {
    let hooks = S::hooks();
    let key = S::Entity::key(&row);
    let old = S::Entity::HISTORY.then(|| row.clone());
    let before: Active<S> = row.into_active_model();
    let mut row = before.clone();
    fill(state, &mut row);
    valid(forbidden::<S>(cx, &before, &row))?;
    let mut row = clean(state, cx, row).await?;
    (hooks.before_save)(state, cx, &mut row, false).await?;
    if row.is_changed() {
        S::Entity::touch(&mut row, false);
    }
    let row = (hooks.perform_update)(state, cx, row).await?;
    let links = save_links(state, cx, &row).await?;
    record(state, cx, old.as_ref(), &row, links).await?;
    for inline in inlines {
        inline.ops.write(state, cx, &row).await?;
    }
    tell::<S>(cx, &key, &S::Entity::key(&row));
    (hooks.on_save_success)(state, cx, &row).await?;
    Ok(row)
}

/// Tells an update; a row with another key now is a new one for whoever knows it by its key.
fn tell<S: ModelState>(cx: &Cx, before: &Key<S>, now: &Key<S>) {
    if before == now {
        return cx.changed::<S::Entity>(now, ChangeKind::Updated);
    }
    cx.changed::<S::Entity>(before, ChangeKind::Deleted);
    cx.changed::<S::Entity>(now, ChangeKind::Created);
}

/// The row after the checks that see it whole.
async fn clean<S: ModelState>(state: &mut S, cx: &Cx, row: Active<S>) -> Result<Active<S>, Stop> {
    let hooks = S::hooks();
    let mut errors = FieldErrors::default();
    (hooks.full_clean)(state, cx, &row, &mut errors).await?;
    valid(errors)?;
    Ok((hooks.on_state_valid)(state, cx, row).await?)
}

pub(super) fn valid(errors: FieldErrors) -> Result<(), Stop> {
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Stop::Invalid(errors))
    }
}

/// A row of an import can bring its key.
pub(super) fn give_key<S: ModelState>(state: &S, new: &mut Active<S>) -> Result {
    let Some(key) = state.core().new_key.clone() else {
        return Ok(());
    };
    let columns =
        <S::Entity as EntityTrait>::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column);
    for (column, value) in columns.zip(key.into_value_tuple()) {
        new.try_set(column, value)?;
    }
    Ok(())
}

/// A child row belongs to the parent that it is saved with.
fn tie<S: ModelState>(state: &S, new: &mut Active<S>) -> Result {
    if let Some((column, value)) = state.core().tied.clone() {
        new.try_set(column, value)?;
    }
    Ok(())
}

pub(super) fn fill<S: ModelState>(state: &S, active: &mut Active<S>) {
    for field in S::FIELDS {
        field.store(state, active);
    }
}
