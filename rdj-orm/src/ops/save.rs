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
    db::{CxChanges, Transaction},
    hooks::Action,
    inline::InlineDef,
    model::CrudModel,
    pipeline::{
        Refused, authorize, find, forbidden, invalid, merge, own, refused, restore, save_links,
        validate,
    },
    state::{Active, Key, ModelState, Row},
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
        None => {
            inside
                .clone()
                .scope(create(state, inside, S::INLINES))
                .await
        }
        Some(key) => {
            let update = update(state, inside, &key, &mut typed, S::INLINES);
            inside.clone().scope(update).await
        }
    };
    let stop = match transaction.finish(written).await {
        Ok(row) => {
            done(state, cx, row.clone()).await?;
            return Ok(Some(row));
        }
        Err(stop) => stop,
    };
    restore(state, &typed);
    for inline in S::INLINES {
        inline.ops.settle(state, cx).await?;
    }
    match reason::<S>(cx, stop).await {
        Stop::Invalid(errors) => invalid(state, cx, &errors).await.map(|()| None),
        Stop::Conflict => {
            let core = state.core_mut();
            core.error = Text::key("rdj-conflict");
            core.field_errors.clear();
            Ok(None)
        }
        Stop::Failed(error) => Err(error),
    }
}

/// Saves the form inside of the transaction that is open, as each row of an import; without child rows.
pub(crate) async fn store_inside<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    key: Option<Key<S>>,
) -> Result<Row<S>, Stop> {
    state.core_mut().writing.clone_from(&key);
    match key {
        None => create(state, cx, &[]).await,
        Some(key) => update(state, cx, &key, &mut Vec::new(), &[]).await,
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

async fn create<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    inlines: &[InlineDef<S>],
) -> Result<Row<S>, Stop> {
    authorize(state, cx, Action::Create).await?;
    check(state, cx, None, inlines).await?;
    write_new(state, cx, inlines).await
}

async fn update<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    key: &Key<S>,
    typed: &mut Vec<String>,
    inlines: &[InlineDef<S>],
) -> Result<Row<S>, Stop> {
    authorize(state, cx, Action::Update).await?;
    let row = find(state, cx, Action::Update, key).await?;
    let conflict = merge(state, &row);
    *typed = shown(state);
    if conflict.is_some() {
        state.core_mut().conflict = conflict;
        return Err(Stop::Conflict);
    }
    check(state, cx, Some(&row), inlines).await?;
    write_found(state, cx, key, row, inlines).await
}

/// Checks the form and its child rows: all that is wrong is shown at once.
async fn check<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    row: Option<&Row<S>>,
    inlines: &[InlineDef<S>],
) -> Result<(), Stop> {
    let errors = validate(state, cx).await?;
    let mut fine = errors.is_empty();
    for inline in inlines {
        fine &= inline.ops.check(state, cx, row).await?;
    }
    if fine {
        Ok(())
    } else {
        Err(Stop::Invalid(errors))
    }
}

/// Writes the form, which was checked, as a new row.
pub(crate) async fn write_new<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    inlines: &[InlineDef<S>],
) -> Result<Row<S>, Stop> {
    let hooks = S::hooks();
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
    let mut new = clean(state, cx, new).await?;
    (hooks.before_save)(state, cx, &mut new, true).await?;
    let row = (hooks.perform_create)(state, cx, new).await?;
    save_links(state, cx, &row).await?;
    for inline in inlines {
        inline.ops.write(state, cx, &row).await?;
    }
    cx.changed::<S::Entity>(&S::Entity::key(&row), ChangeKind::Created);
    (hooks.on_save_success)(state, cx, &row).await?;
    Ok(row)
}

/// Writes the form, which was checked, over the row with this key, which was found.
pub(crate) async fn write_found<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    key: &Key<S>,
    row: Row<S>,
    inlines: &[InlineDef<S>],
) -> Result<Row<S>, Stop> {
    let hooks = S::hooks();
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
    save_links(state, cx, &row).await?;
    for inline in inlines {
        inline.ops.write(state, cx, &row).await?;
    }
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

/// The row after the checks that see it whole.
async fn clean<S: ModelState>(state: &mut S, cx: &Cx, row: Active<S>) -> Result<Active<S>, Stop> {
    let hooks = S::hooks();
    let mut errors = FieldErrors::default();
    (hooks.full_clean)(state, cx, &row, &mut errors).await?;
    valid(errors)?;
    Ok((hooks.on_state_valid)(state, cx, row).await?)
}

fn valid(errors: FieldErrors) -> Result<(), Stop> {
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

/// A child row belongs to the parent that it is saved with.
fn tie<S: ModelState>(state: &S, new: &mut Active<S>) -> Result {
    if let Some((column, value)) = state.core().tied.clone() {
        new.try_set(column, value)?;
    }
    Ok(())
}

fn fill<S: ModelState>(state: &S, active: &mut Active<S>) {
    for field in S::FIELDS {
        field.store(state, active);
    }
}

/// What the database refuses is for the user to correct, where it can be.
pub(crate) async fn reason<S: ModelState>(cx: &Cx, stop: Stop) -> Stop {
    let Stop::Failed(error) = stop else {
        return stop;
    };
    match refused::<S>(cx, error).await {
        Refused::Fields(errors) => Stop::Invalid(errors),
        Refused::Other(error) => Stop::Failed(error),
    }
}

/// What follows the commit.
async fn done<S: ModelState>(state: &mut S, cx: &Cx, row: Row<S>) -> Result {
    for inline in S::INLINES {
        inline.ops.done(state, cx).await;
    }
    cx.messages()
        .success(words::about::<S::Entity>("rdj-saved"));
    if S::SPEC.reset_after_save {
        clear_form(state);
        return Ok(());
    }
    for field in S::FIELDS {
        field.fill(state, &row);
    }
    let core = state.core_mut();
    core.editing_id = Some(S::Entity::key(&row));
    core.field_errors.clear();
    core.remember(Some(row.clone()));
    for inline in S::INLINES {
        inline.ops.load(state, cx, &row).await?;
    }
    Ok(())
}
