//! Saving the form as a new or a changed row, in one transaction.

use rdj_runtime::{
    Cx, Error, Result,
    form::FieldErrors,
    i18n::{Text, text},
};
use sea_orm::ActiveModelBehavior;

use super::{
    action::{begin, end},
    clear_form,
    write::{fill, give_key, prepare_new, write_found, write_new},
};
use crate::{
    backend::enter,
    db::Transaction,
    hooks::Action,
    inline::InlineDef,
    model::CrudModel,
    pipeline::{Refused, authorize, find, invalid, merge, own, refused, restore, trim, validate},
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
        // what calls this is small: a save holds a form, a row and the hooks' work
        Ok(()) => Box::pin(save(state, cx, key)).await,
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
                .scope_boxed(Box::pin(create(state, inside, S::INLINES)))
                .await
        }
        Some(key) => {
            let update = update(state, inside, &key, &mut typed, S::INLINES);
            inside.clone().scope_boxed(Box::pin(update)).await
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

/// Saves the form as a new row inside of the transaction that is open, as a row of an import; without
/// child rows.
pub(crate) async fn create_inside<S: ModelState>(state: &mut S, cx: &Cx) -> Result<Row<S>, Stop> {
    state.core_mut().writing = None;
    create(state, cx, &[]).await
}

/// Goes with the form as far as to the row that `perform_create` gets.
pub(crate) async fn prepare_inside<S: ModelState>(
    state: &mut S,
    cx: &Cx,
) -> Result<Active<S>, Stop> {
    state.core_mut().writing = None;
    authorize(state, cx, Action::Create).await?;
    check(state, cx, None, &[]).await?;
    prepare_new(state, cx).await
}

/// Saves the form over a row that was found inside of the transaction that is open; without child rows.
pub(crate) async fn update_inside<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    row: Row<S>,
) -> Result<Row<S>, Stop> {
    state.core_mut().writing = Some(S::Entity::key(&row));
    authorize(state, cx, Action::Update).await?;
    change(state, cx, row, &[]).await
}

/// The new row that the form will most likely be, before anything of it is checked.
pub(crate) fn guess<S: ModelState>(state: &mut S, cx: &Cx) -> Result<Active<S>> {
    trim(state);
    let mut new = <Active<S> as ActiveModelBehavior>::new();
    fill(state, &mut new);
    give_key(state, &mut new)?;
    own::<S>(cx, &mut new)?;
    Ok(new)
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
    let mut shown = Vec::with_capacity(S::FIELDS.len());
    for field in S::FIELDS {
        shown.push(field.shown(state));
    }
    shown
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
    change(state, cx, row, inlines).await
}

/// Checks the form and writes it into a row that the user may change.
pub(super) async fn change<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    row: Row<S>,
    inlines: &[InlineDef<S>],
) -> Result<Row<S>, Stop> {
    check(state, cx, Some(&row), inlines).await?;
    write_found(state, cx, row, inlines).await
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
    if state.core().keeps_saved {
        state.core_mut().saved = Some(row.clone());
    }
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
