//! Saving the form as a new or a changed row, in one transaction.

use std::collections::BTreeMap;

use rdj_runtime::{Cx, Error, Result, form::FieldErrors, live::ChangeKind};
use sea_orm::{ActiveModelBehavior, ActiveModelTrait, IntoActiveModel};

use super::clear_form;
use crate::{
    db::{CxChanges, Transaction},
    hooks::Action,
    model::CrudModel,
    pipeline::{Refused, authorize, find, forbidden, invalid, own, refused, restore, validate},
    state::{Active, Key, ModelState, Row},
    words,
};

/// Why nothing was saved.
enum Stop {
    /// The user has to correct something.
    Invalid(FieldErrors),
    /// The action failed.
    Failed(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// Saves the form as the row with this key, or as a new row.
///
/// Returns the row, or nothing when the form has errors, which it then shows.
pub(crate) async fn store<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    key: Option<Key<S>>,
) -> Result<Option<Row<S>>> {
    let typed: Vec<String> = S::FIELDS.iter().map(|field| field.shown(state)).collect();
    let transaction = Transaction::begin(cx).await?;
    let inside = transaction.cx();
    let written = match key {
        None => inside.clone().scope(create(state, inside)).await,
        Some(key) => inside.clone().scope(update(state, inside, &key)).await,
    };
    match transaction.finish(written).await {
        Ok(row) => {
            done(state, cx, &row);
            Ok(Some(row))
        }
        Err(stop) => {
            restore(state, &typed);
            match stop {
                Stop::Invalid(errors) => invalid(state, cx, &errors).await.map(|()| None),
                Stop::Failed(error) => Err(error),
            }
        }
    }
}

async fn create<S: ModelState>(state: &mut S, cx: &Cx) -> Result<Row<S>, Stop> {
    let hooks = S::hooks();
    authorize(state, cx, Action::Create).await?;
    state.core_mut().kept.clear();
    check(state, cx).await?;
    let mut new = <Active<S> as ActiveModelBehavior>::new();
    let mut empty = new.clone();
    for field in S::FIELDS {
        field.store_new(&mut empty);
    }
    fill(state, &mut new);
    valid(forbidden::<S>(cx, &empty, &new))?;
    S::Entity::touch(&mut new, true);
    own::<S>(cx, &mut new)?;
    let row = (hooks.perform_create)(state, cx, new)
        .await
        .map_err(taken::<S>)?;
    cx.changed::<S::Entity>(&S::Entity::key(&row), ChangeKind::Created);
    (hooks.on_save_success)(state, cx, &row).await?;
    Ok(row)
}

async fn update<S: ModelState>(state: &mut S, cx: &Cx, key: &Key<S>) -> Result<Row<S>, Stop> {
    let hooks = S::hooks();
    authorize(state, cx, Action::Update).await?;
    let before = find(state, cx, key).await?;
    state.core_mut().kept = references::<S>(&before);
    let before: Active<S> = before.into_active_model();
    check(state, cx).await?;
    let mut row = before.clone();
    fill(state, &mut row);
    valid(forbidden::<S>(cx, &before, &row))?;
    if row.is_changed() {
        S::Entity::touch(&mut row, false);
    }
    let row = (hooks.perform_update)(state, cx, row)
        .await
        .map_err(taken::<S>)?;
    tell::<S>(cx, key, &S::Entity::key(&row));
    (hooks.on_save_success)(state, cx, &row).await?;
    Ok(row)
}

/// What the foreign keys of the form are in a row.
fn references<S: ModelState>(row: &Row<S>) -> BTreeMap<&'static str, String> {
    let names = S::FIELDS.iter().map(|field| &field.meta);
    let names = names.filter(|meta| meta.relation.is_some());
    names
        .filter_map(|meta| Some((meta.name, S::Entity::text(row, meta.name)?)))
        .collect()
}

/// Tells an update; a row with another key now is a new one for whoever knows it by its key.
fn tell<S: ModelState>(cx: &Cx, before: &Key<S>, now: &Key<S>) {
    if before == now {
        return cx.changed::<S::Entity>(now, ChangeKind::Updated);
    }
    cx.changed::<S::Entity>(before, ChangeKind::Deleted);
    cx.changed::<S::Entity>(now, ChangeKind::Created);
}

async fn check<S: ModelState>(state: &mut S, cx: &Cx) -> Result<(), Stop> {
    valid(validate(state, cx).await?)
}

fn valid(errors: FieldErrors) -> Result<(), Stop> {
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Stop::Invalid(errors))
    }
}

fn fill<S: ModelState>(state: &S, active: &mut Active<S>) {
    for field in S::FIELDS {
        field.store(state, active);
    }
}

fn taken<S: ModelState>(error: Error) -> Stop {
    match refused::<S>(error) {
        Refused::Fields(errors) => Stop::Invalid(errors),
        Refused::Other(error) => Stop::Failed(error),
    }
}

/// What follows the commit.
fn done<S: ModelState>(state: &mut S, cx: &Cx, row: &Row<S>) {
    if S::SPEC.reset_after_save {
        clear_form(state);
    } else {
        let core = state.core_mut();
        core.editing_id = Some(S::Entity::key(row));
        core.field_errors.clear();
        core.form_reset_key += 1;
    }
    cx.messages()
        .success(words::about::<S::Entity>("rdj-saved"));
}
