//! Saving the form as a new or a changed row, in one transaction.

use rdj_runtime::{Cx, Error, Result, form::FieldErrors, live::ChangeKind};
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, EntityTrait, IntoActiveModel, Iterable,
    PrimaryKeyToColumn, sea_query::IntoValueTuple,
};

use super::clear_form;
use crate::{
    db::{CxChanges, Transaction},
    hooks::Action,
    model::CrudModel,
    pipeline::{Refused, authorize, find, invalid, own, refused, restore, validate},
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

/// Saves the form inside of the transaction that is open, as each row of an import; the errors of the
/// form are the answer.
pub(crate) async fn store_inside<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    key: Option<Key<S>>,
) -> Result<Result<Row<S>, FieldErrors>> {
    let written = match key {
        None => create(state, cx).await,
        Some(key) => update(state, cx, &key).await,
    };
    match written {
        Ok(row) => Ok(Ok(row)),
        Err(Stop::Invalid(errors)) => Ok(Err(errors)),
        Err(Stop::Failed(error)) => Err(error),
    }
}

async fn create<S: ModelState>(state: &mut S, cx: &Cx) -> Result<Row<S>, Stop> {
    let hooks = S::hooks();
    authorize(state, cx, Action::Create).await?;
    check(state, cx).await?;
    let mut new = <Active<S> as ActiveModelBehavior>::new();
    fill(state, &mut new);
    S::Entity::touch(&mut new, true);
    give_key(state, &mut new)?;
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
    let mut row: Active<S> = find(state, cx, key).await?.into_active_model();
    check(state, cx).await?;
    fill(state, &mut row);
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

/// Tells an update; a row with another key now is a new one for whoever knows it by its key.
fn tell<S: ModelState>(cx: &Cx, before: &Key<S>, now: &Key<S>) {
    if before == now {
        return cx.changed::<S::Entity>(now, ChangeKind::Updated);
    }
    cx.changed::<S::Entity>(before, ChangeKind::Deleted);
    cx.changed::<S::Entity>(now, ChangeKind::Created);
}

async fn check<S: ModelState>(state: &mut S, cx: &Cx) -> Result<(), Stop> {
    let errors = validate(state, cx).await?;
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Stop::Invalid(errors))
    }
}

/// A row of an import can bring its key.
fn give_key<S: ModelState>(state: &S, new: &mut Active<S>) -> Result {
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
