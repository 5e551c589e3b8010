//! What each hook does by default; an override calls it where Python writes `super()`.

#![expect(
    clippy::unused_async,
    reason = "hooks are async, so that overrides can wait"
)]

use rdj_runtime::{Cx, Error, Result, component::Choice, form::FieldErrors, i18n::Text};
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, QueryFilter};

use super::{Action, Page, Query};
use crate::{
    backend::{self, CrudBackend as _},
    db::CxDb,
    field::FieldMeta,
    pipeline,
    state::{Active, Facts as _, ModelState, Row},
    words,
};

/// Nothing; runs before anything else of an action.
///
/// # Errors
///
/// None; an override may have some, which end the action.
pub async fn setup<S: ModelState>(_: &mut S, _: &Cx, _: Action) -> Result {
    Ok(())
}

/// Nothing; runs after everything else of an action, also after one that failed.
pub async fn teardown<S: ModelState>(_: &mut S, _: &Cx, _: Action) {}

/// Passes the error on; an override that returns `Ok` ends the action quietly.
///
/// # Errors
///
/// The error that it got.
pub async fn handle_error<S: ModelState>(_: &mut S, _: &Cx, _: Action, error: Error) -> Result {
    Err(error)
}

/// Lets everybody do everything, or with `owner_field` everybody who is signed in.
///
/// # Errors
///
/// [`Error::LoginRequired`] if rows have owners and nobody is
/// signed in.
pub async fn authorize<S: ModelState>(_: &S, cx: &Cx, _: Action) -> Result {
    if S::SPEC.owner.is_some() {
        cx.require_user()?;
    }
    Ok(())
}

/// Yes: who may do something may do it with every row of the scope.
///
/// # Errors
///
/// None; an override may have some.
pub async fn has_object_permission<S: ModelState>(
    _: &S,
    _: &Cx,
    _: Action,
    _: &Row<S>,
) -> Result<bool> {
    Ok(true)
}

/// All rows; the owner of `owner_field` is added by the pipeline and cannot be forgotten.
///
/// # Errors
///
/// None; an override may have some.
pub async fn get_queryset<S: ModelState>(_: &S, _: &Cx) -> Result<Query<S>> {
    Ok(S::Entity::find())
}

/// The database's kind; SQLite's where there is none, which the query then says.
fn backend(cx: &Cx) -> DbBackend {
    let db = cx.db();
    db.map_or(DbBackend::Sqlite, |db| db.get_database_backend())
}

/// The filter of [`Orm::filter`](crate::Orm::filter), if server code set one; filters of the user
/// narrow the list alone.
#[must_use]
pub fn filter_queryset<S: ModelState>(state: &S, _: &Cx, query: Query<S>) -> Query<S> {
    match &state.core().filter {
        Some(condition) => query.filter(condition.clone()),
        None => query,
    }
}

/// Every word of the search must stand in one of the `search_fields`, in upper or lower case.
#[must_use]
pub fn apply_search<S: ModelState>(state: &S, cx: &Cx, query: Query<S>) -> Query<S> {
    pipeline::search(
        backend(cx),
        S::SPEC.search_fields,
        &state.core().search,
        query,
    )
}

/// The order the user chose among `ordering_fields`, else the declared one, else the newest first.
#[must_use]
pub fn get_ordering<S: ModelState>(state: &S, _: &Cx, query: Query<S>) -> Query<S> {
    pipeline::order(&S::SPEC, &state.core().ordering, query)
}

/// Loads the page that the state is at, or the last one if there are fewer, with the rows that come
/// along and the labels of foreign keys.
///
/// # Errors
///
/// The database fails.
pub async fn paginate_queryset<S: ModelState>(
    state: &S,
    cx: &Cx,
    query: Query<S>,
) -> Result<Page<S::Entity>> {
    let cursor = if S::KEYSET {
        Some(pipeline::resolve(state, cx).await?)
    } else {
        None
    };
    let list = pipeline::ListQuery {
        db: backend::reader(state, cx)?,
        query,
        core: state.core(),
        spec: &S::SPEC,
        cursor,
    };
    backend::of::<S>().list(cx, list).await
}

/// Nothing; runs when the user went to another page, after its rows are loaded.
///
/// # Errors
///
/// None; an override may have some.
pub async fn on_page_change<S: ModelState>(_: &mut S, _: &Cx, _: u64) -> Result {
    Ok(())
}

/// Nothing; runs when a single control was taken up by its setter, such as `set_title`.
///
/// # Errors
///
/// None; an override may have some.
pub async fn on_state_field_change<S: ModelState>(_: &mut S, _: &Cx, _: &FieldMeta) -> Result {
    Ok(())
}

/// Fills the form with the row, and with what it is linked to.
///
/// # Errors
///
/// The database fails.
pub async fn populate_edit_state<S: ModelState>(state: &mut S, cx: &Cx, row: &Row<S>) -> Result {
    for field in S::FIELDS {
        field.fill(state, row);
    }
    pipeline::load_links(state, cx, row).await
}

/// The rows that a field of the form can refer to: of the state that `picker(..)` names, else all of the
/// related model.
///
/// It is asked for the choices of the form, at most [`MAX_CHOICES`](crate::field::MAX_CHOICES), for those
/// that a search finds where there are more, and for single rows: a save refuses what is not among
/// them, and the list shows the labels of those alone. An override that filters what this gives
/// narrows all of it.
///
/// # Errors
///
/// The database fails.
pub async fn get_choices<S: ModelState>(
    state: &S,
    cx: &Cx,
    field: &FieldMeta,
) -> Result<Vec<Choice>> {
    let ask = &state.core().ask;
    let mut pickers = S::SPEC.pickers.iter();
    if let Some(picker) = pickers.find(|picker| picker.name == field.name) {
        return (picker.choices)(cx, ask).await;
    }
    match field.relation {
        Some(relation) => relation.choices(&cx.db()?, ask).await,
        None => Ok(Vec::new()),
    }
}

/// Nothing: required fields, lengths and choices are checked before, `clean_<field>` ran.
///
/// # Errors
///
/// None; an override may have some.
pub async fn validate_state<S: ModelState>(_: &S, _: &Cx, _: &mut FieldErrors) -> Result {
    Ok(())
}

/// Checks the row as it would be written, with what the form does not have: lengths, choices, and
/// whether a unique value is taken by another row.
///
/// `run_model_validation = false` leaves it to the database, which refuses what it must.
///
/// # Errors
///
/// The database fails.
pub async fn full_clean<S: ModelState>(
    state: &S,
    cx: &Cx,
    row: &Active<S>,
    errors: &mut FieldErrors,
) -> Result {
    if S::SPEC.rules.run_model_validation {
        pipeline::full_clean(state, cx, row, errors).await?;
    }
    Ok(())
}

/// The row as it is: an override can change what is written, after everything was checked.
///
/// # Errors
///
/// None; an override may have some.
pub async fn on_state_valid<S: ModelState>(_: &mut S, _: &Cx, row: Active<S>) -> Result<Active<S>> {
    Ok(row)
}

/// Nothing; runs right before the row is written: as a new one if the last argument is true.
///
/// # Errors
///
/// None; an override may have some, which roll the save back.
pub async fn before_save<S: ModelState>(_: &mut S, _: &Cx, _: &mut Active<S>, _: bool) -> Result {
    Ok(())
}

/// Inserts the row.
///
/// # Errors
///
/// The database fails; a unique value that is taken becomes an error of its field.
pub async fn perform_create<S: ModelState>(_: &mut S, cx: &Cx, new: Active<S>) -> Result<Row<S>> {
    backend::of::<S>().create(cx, new).await
}

/// Updates the columns that changed; a changed key too, in the row that is edited.
///
/// # Errors
///
/// The database fails; a unique value that is taken becomes an error of its field.
pub async fn perform_update<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    row: Active<S>,
) -> Result<Row<S>> {
    let backend = backend::of::<S>();
    if let Some(key) = state.core().writing.as_ref() {
        return backend.update(cx, key, row).await;
    }
    let key = backend::key_of::<S::Entity>(&row)?;
    backend.update(cx, &key, row).await
}

/// Nothing; runs in the transaction, before the commit.
///
/// # Errors
///
/// None; an override may have some, which roll the save back.
pub async fn on_save_success<S: ModelState>(_: &mut S, _: &Cx, _: &Row<S>) -> Result {
    Ok(())
}

/// Shows the errors at their fields, and above the form what belongs to no field. With
/// `structured_errors = false` all of them stand above the form, with the names of their fields.
///
/// # Errors
///
/// None; an override may have some.
pub async fn on_state_invalid<S: ModelState>(
    state: &mut S,
    _: &Cx,
    errors: &FieldErrors,
) -> Result {
    let core = state.core_mut();
    if !S::SPEC.rules.structured_errors {
        core.error = words::all_errors::<S::Entity>(errors).into();
        return Ok(());
    }
    core.error = match errors.general() {
        Some(error) => error.into_owned().into(),
        None => Text::key("rdj-correct-errors"),
    };
    core.field_errors = errors.clone();
    Ok(())
}

/// Nothing; runs in the transaction, before the row is deleted.
///
/// # Errors
///
/// None; an override may have some, which leave the row.
pub async fn before_delete<S: ModelState>(_: &mut S, _: &Cx, _: &Row<S>) -> Result {
    Ok(())
}

/// Deletes the row.
///
/// # Errors
///
/// The database fails; a row that others refer to stays.
pub async fn perform_delete<S: ModelState>(_: &mut S, cx: &Cx, row: Row<S>) -> Result {
    backend::of::<S>().delete(cx, row).await
}

/// Nothing; runs in the transaction, before the commit.
///
/// # Errors
///
/// None; an override may have some, which roll the deletion back.
pub async fn on_delete_success<S: ModelState>(_: &mut S, _: &Cx, _: &Row<S>) -> Result {
    Ok(())
}
