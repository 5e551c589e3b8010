//! The hooks of a model state: what the pipeline calls, in which order, and what each does by default.
//!
//! `#[model_state]` makes a trait `<Name>Hooks` with all of them. Implement it only to change
//! something, and only the methods that change; [`base`] has the defaults, to be called where Python
//! writes `super()`:
//!
//! ```ignore
//! impl NotesHooks for NotesState {
//!     fn clean_title(&self, value: String) -> Result<String, FieldError> {
//!         Ok(value.trim().to_owned())
//!     }
//!
//!     async fn perform_create(&mut self, cx: &Cx, mut new: note::ActiveModel) -> Result<note::Model> {
//!         new.slug = Set(slug(&self.title));
//!         base::perform_create(self, cx, new).await
//!     }
//! }
//! ```
//!
//! # Order
//!
//! Every action begins with the permission that `model_permissions` asks for, then `authorize`. All queries start from the scope: `get_queryset`, then the
//! owner of `owner_field`, then `filter_queryset`. A row outside of it does not exist.
//!
//! | action | hooks |
//! |---|---|
//! | opening the page | `get_choices` of each foreign key of the form; then as list |
//! | list | `authorize(List)`, scope, `apply_search`, `get_ordering` |
//! | start editing | `authorize(Edit)`, scope, `populate_edit_state` |
//! | save, in a transaction | `authorize(Create or Update)`, scope (update), `clean_<field>` of each field that was understood, `validate_state`, the guards of changed columns, `perform_create` or `perform_update`, `on_save_success`; with errors in the form `on_state_invalid` |
//! | delete, in a transaction | `authorize(Delete)`, scope, with `model_permissions` the rights for what the database takes along, `perform_delete`, `on_delete_success` |
//!
//! Whatever returns an error rolls the transaction back and keeps the form as it was typed.
//! Hooks cannot be called from a browser.

pub mod base;
mod probe;

use std::fmt;

use rdj_runtime::{Cx, Result, component::Choice, dispatch::BoxFuture, form::FieldErrors};
use sea_orm::Select;

pub use self::probe::{DefaultHooks, NoHooks, Same};
use crate::{
    field::FieldMeta,
    state::{Active, ModelState, Row},
};

/// What is about to be done, for `authorize`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Action {
    /// Showing the list.
    List,
    /// Filling the form with a row.
    Edit,
    /// Saving a new row.
    Create,
    /// Saving a changed row.
    Update,
    /// Deleting a row.
    Delete,
}

/// A query over the rows of a state.
pub type Query<S> = Select<<S as ModelState>::Entity>;

/// The hooks of a state as functions: the user's where they are written, the defaults elsewhere.
///
/// Generated code fills it; the pipeline calls it.
#[expect(missing_docs, reason = "each entry is the hook of the same name")]
#[expect(
    clippy::type_complexity,
    reason = "a table of functions: each type is read once"
)]
pub struct Hooks<S: ModelState> {
    pub authorize: for<'a> fn(&'a S, &'a Cx, Action) -> BoxFuture<'a, Result>,
    pub get_queryset: for<'a> fn(&'a S, &'a Cx) -> BoxFuture<'a, Result<Query<S>>>,
    pub filter_queryset: fn(&S, &Cx, Query<S>) -> Query<S>,
    pub apply_search: fn(&S, &Cx, Query<S>) -> Query<S>,
    pub get_ordering: fn(&S, &Cx, Query<S>) -> Query<S>,
    pub populate_edit_state: for<'a> fn(&'a mut S, &'a Cx, &'a Row<S>) -> BoxFuture<'a, Result>,
    pub get_choices: for<'a> fn(&'a S, &'a Cx, &'a FieldMeta) -> BoxFuture<'a, Result<Vec<Choice>>>,
    pub clean: fn(&mut S, &mut FieldErrors),
    pub validate_state: for<'a> fn(&'a S, &'a Cx, &'a mut FieldErrors) -> BoxFuture<'a, Result>,
    pub perform_create: for<'a> fn(&'a mut S, &'a Cx, Active<S>) -> BoxFuture<'a, Result<Row<S>>>,
    pub perform_update: for<'a> fn(&'a mut S, &'a Cx, Active<S>) -> BoxFuture<'a, Result<Row<S>>>,
    pub on_save_success: for<'a> fn(&'a mut S, &'a Cx, &'a Row<S>) -> BoxFuture<'a, Result>,
    pub on_state_invalid: for<'a> fn(&'a mut S, &'a Cx, &'a FieldErrors) -> BoxFuture<'a, Result>,
    pub perform_delete: for<'a> fn(&'a mut S, &'a Cx, Row<S>) -> BoxFuture<'a, Result>,
    pub on_delete_success: for<'a> fn(&'a mut S, &'a Cx, &'a Row<S>) -> BoxFuture<'a, Result>,
}

impl<S: ModelState> Hooks<S> {
    /// The hooks of a state that changes none.
    pub const DEFAULT: Self = Self {
        authorize: |state, cx, action| Box::pin(base::authorize(state, cx, action)),
        get_queryset: |state, cx| Box::pin(base::get_queryset(state, cx)),
        filter_queryset: base::filter_queryset,
        apply_search: base::apply_search,
        get_ordering: base::get_ordering,
        populate_edit_state: |state, cx, row| Box::pin(base::populate_edit_state(state, cx, row)),
        get_choices: |state, cx, field| Box::pin(base::get_choices(state, cx, field)),
        clean: |_, _| {},
        validate_state: |state, cx, errors| Box::pin(base::validate_state(state, cx, errors)),
        perform_create: |state, cx, new| Box::pin(base::perform_create(state, cx, new)),
        perform_update: |state, cx, row| Box::pin(base::perform_update(state, cx, row)),
        on_save_success: |state, cx, row| Box::pin(base::on_save_success(state, cx, row)),
        on_state_invalid: |state, cx, errors| Box::pin(base::on_state_invalid(state, cx, errors)),
        perform_delete: |state, cx, row| Box::pin(base::perform_delete(state, cx, row)),
        on_delete_success: |state, cx, row| Box::pin(base::on_delete_success(state, cx, row)),
    };
}

impl<S: ModelState> fmt::Debug for Hooks<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hooks({})", std::any::type_name::<S>())
    }
}

/// Cleans one field, unless it has an error: what generated code calls for each.
pub fn clean_field<
    S: ModelState,
    F: crate::state::ModelVar<S>,
    E: Into<rdj_runtime::FieldError>,
>(
    state: &mut S,
    errors: &mut FieldErrors,
    clean: impl FnOnce(&S, F::Value) -> Result<F::Value, E>,
) {
    if errors.get(F::META.name).is_some() {
        return;
    }
    match clean(state, F::var(state).clone()) {
        Ok(value) => *F::var_mut(state) = value,
        Err(error) => errors.add_to(F::META.name, error),
    }
}
