//! Saving the form as a new or a changed row, in one transaction.

use rdj_runtime::{
    Cx, Error, Result,
    form::FieldErrors,
    i18n::{Text, text},
    live::ChangeKind,
};
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, EntityTrait, IntoActiveModel, Iterable,
    PrimaryKeyToColumn, sea_query::IntoValueTuple,
};

use super::{
    action::{begin, end},
    clear_form,
};
use crate::{
    backend::enter,
    db::{CxChanges, Transaction},
    history::{LinkChange, Write, write},
    hooks::Action,
    model::CrudModel,
    pipeline::{
        Refused, authorize, find, forbidden, invalid, merge, own, refused, restore, save_links,
        validate,
    },
    state::{Active, Key, ModelState, Row, ask_again},
    words,
};

/// Why nothing was saved.
pub(crate) enum Stop {
    /// The user has to correct something.
    Invalid(FieldErrors),
    /// Somebody else changed what the user changed; the state says what.
    Conflict,
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
    let cx = &*enter::<S>(cx)?;
    let action = match key {
        None => Action::Create,
        Some(_) => Action::Update,
    };
    let done = match begin(state, cx, action).await {
        Ok(()) => save(state, cx, key).await,
        Err(error) => Err(error),
    };
    Ok(end(state, cx, action, done).await?.flatten())
}

async fn save<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    key: Option<Key<S>>,
) -> Result<Option<Row<S>>> {
    let core = state.core_mut();
    core.conflict = None;
    core.writing.clone_from(&key);
    let mut typed = shown(state);
    let transaction = Transaction::begin(cx).await?;
    let inside = transaction.cx();
    let written = match key {
        None => inside.clone().scope(create(state, inside)).await,
        Some(key) => {
            let update = update(state, inside, &key, &mut typed);
            inside.clone().scope(update).await
        }
    };
    let stop = match transaction.finish(written).await {
        Ok(row) => {
            done(state, cx, row.clone());
            return Ok(Some(row));
        }
        Err(stop) => stop,
    };
    restore(state, &typed);
    let done = match reason::<S>(cx, stop).await {
        Stop::Invalid(errors) => invalid(state, cx, &errors).await.map(|()| None),
        Stop::Conflict => {
            let core = state.core_mut();
            core.error = Text::key("rdj-conflict");
            core.field_errors.clear();
            Ok(None)
        }
        Stop::Failed(error) => Err(error),
    };
    ask_again(state);
    done
}

/// Saves the form inside of the transaction that is open, as each row of an import.
pub(crate) async fn store_inside<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    key: Option<Key<S>>,
) -> Result<Row<S>, Stop> {
    state.core_mut().writing.clone_from(&key);
    match key {
        None => create(state, cx).await,
        Some(key) => update(state, cx, &key, &mut Vec::new()).await,
    }
}

/// What is wrong with a row that was not saved. It is asked after the rollback.
///
/// # Errors
///
/// It is no mistake of the row.
pub(crate) async fn refusals<S: ModelState>(cx: &Cx, stop: Stop) -> Result<FieldErrors> {
    match reason::<S>(cx, stop).await {
        Stop::Invalid(errors) => Ok(errors),
        Stop::Conflict => Err(Error::Conflict(text("rdj-conflict"))),
        Stop::Failed(error) => Err(error),
    }
}

fn shown<S: ModelState>(state: &S) -> Vec<String> {
    S::FIELDS.iter().map(|field| field.shown(state)).collect()
}

async fn create<S: ModelState>(state: &mut S, cx: &Cx) -> Result<Row<S>, Stop> {
    authorize(state, cx, Action::Create).await?;
    valid(validate(state, cx).await?)?;
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
    insert(state, cx, new).await
}

/// Writes a row that was checked as a form, as a new one.
pub(super) async fn insert<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    new: Active<S>,
) -> Result<Row<S>, Stop> {
    let hooks = S::hooks();
    let mut new = clean(state, cx, new).await?;
    (hooks.before_save)(state, cx, &mut new, true).await?;
    let row = (hooks.perform_create)(state, cx, new).await?;
    let links = save_links(state, cx, &row).await?;
    record(state, cx, None, &row, links).await?;
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

async fn update<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    key: &Key<S>,
    typed: &mut Vec<String>,
) -> Result<Row<S>, Stop> {
    authorize(state, cx, Action::Update).await?;
    let row = find(state, cx, Action::Update, key).await?;
    let conflict = merge(state, &row);
    *typed = shown(state);
    if conflict.is_some() {
        state.core_mut().conflict = conflict;
        return Err(Stop::Conflict);
    }
    change(state, cx, row).await
}

/// Writes the form into a row that the user may change.
pub(super) async fn change<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    row: Row<S>,
) -> Result<Row<S>, Stop> {
    let hooks = S::hooks();
    valid(validate(state, cx).await?)?;
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

pub(super) fn fill<S: ModelState>(state: &S, active: &mut Active<S>) {
    for field in S::FIELDS {
        field.store(state, active);
    }
}

/// What the database refuses is for the user to correct, where it can be.
async fn reason<S: ModelState>(cx: &Cx, stop: Stop) -> Stop {
    let Stop::Failed(error) = stop else {
        return stop;
    };
    match refused::<S>(cx, error).await {
        Refused::Fields(errors) => Stop::Invalid(errors),
        Refused::Other(error) => Stop::Failed(error),
    }
}

/// What follows the commit.
fn done<S: ModelState>(state: &mut S, cx: &Cx, row: Row<S>) {
    if state.core().keeps_saved {
        state.core_mut().saved = Some(row.clone());
    }
    if S::SPEC.reset_after_save {
        clear_form(state);
    } else {
        for field in S::FIELDS {
            field.fill(state, &row);
        }
        let core = state.core_mut();
        core.editing_id = Some(S::Entity::key(&row));
        core.field_errors.clear();
        core.remember(Some(row));
    }
    cx.messages()
        .success(words::about::<S::Entity>("rdj-saved"));
}
