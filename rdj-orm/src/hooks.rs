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
//! Every action begins with `setup` and ends with `teardown`, also when it fails; what fails goes
//! through `handle_error`. "May" stands for: `login_required_actions`, `permission_classes`,
//! `model_permissions`, then `authorize`. "Scope" stands for: `get_queryset`, `filter_queryset`, and
//! the owner of `owner_field`, which is added to whatever the hooks return. A row outside of it does
//! not exist. "Row" stands for: scope, then `has_object_permission` of each permission class and of
//! the state.
//!
//! | action | hooks |
//! |---|---|
//! | opening the page | as list; for who may save, `get_choices` of each foreign key of the form |
//! | list | may, `get_queryset`, `filter_queryset`, `apply_search`, `get_ordering`, owner, `paginate_queryset` |
//! | another page | as list, then `on_page_change` |
//! | start editing | may, row, `populate_edit_state` |
//! | save, in a transaction | may, row (update), `clean_<field>` of each field that was understood, `state_validators`, `validate_state`, the guards of changed columns, `full_clean`, `on_state_valid`, `before_save`, `perform_create` or `perform_update`, `on_save_success`; with errors in the form `on_state_invalid` |
//! | delete, in a transaction | may, row, with `model_permissions` the rights for what the database takes along, `before_delete`, `perform_delete`, `on_delete_success` |
//! | typing into a bound control | `on_state_field_change` |
//!
//! Whatever returns an error rolls the transaction back and keeps the form as it was typed.
//! Hooks cannot be called from a browser.

pub mod base;
mod overridden;
mod probe;

use std::fmt;

use rdj_runtime::{Cx, Error, Result, component::Choice, dispatch::BoxFuture, form::FieldErrors};
use sea_orm::Select;

pub use self::{
    overridden::{Overridden, defaulted, is_default},
    probe::{DefaultHooks, NoHooks, Same},
};
pub use crate::pipeline::Page;
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
    /// Writing the list into a file; asked after `List`.
    Export,
    /// Taking rows from a file; `Create` or `Update` is asked for each row too.
    Import,
}

impl Action {
    /// The name of the action, as `login_required_actions(..)` takes it.
    ///
    /// ```
    /// assert_eq!(rdj_orm::hooks::Action::Edit.as_str(), "start_edit");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::List => "load",
            Self::Edit => "start_edit",
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Export => "export",
            Self::Import => "import",
        }
    }
}

/// A query over the rows of a state.
pub type Query<S> = Select<<S as ModelState>::Entity>;

/// The hooks of a state as functions: the user's where they are written, the defaults elsewhere.
///
/// Generated code fills it; the pipeline calls it.
#[expect(
    missing_docs,
    reason = "each entry is the hook of the same name, but for the first"
)]
#[expect(
    clippy::type_complexity,
    reason = "a table of functions: each type is read once"
)]
pub struct Hooks<S: ModelState> {
    pub overridden: fn() -> Overridden,
    pub setup: for<'a> fn(&'a mut S, &'a Cx, Action) -> BoxFuture<'a, Result>,
    pub teardown: for<'a> fn(&'a mut S, &'a Cx, Action) -> BoxFuture<'a, ()>,
    pub handle_error: for<'a> fn(&'a mut S, &'a Cx, Action, Error) -> BoxFuture<'a, Result>,
    pub authorize: for<'a> fn(&'a S, &'a Cx, Action) -> BoxFuture<'a, Result>,
    pub has_object_permission:
        for<'a> fn(&'a S, &'a Cx, Action, &'a Row<S>) -> BoxFuture<'a, Result<bool>>,
    pub get_queryset: for<'a> fn(&'a S, &'a Cx) -> BoxFuture<'a, Result<Query<S>>>,
    pub filter_queryset: fn(&S, &Cx, Query<S>) -> Query<S>,
    pub apply_search: fn(&S, &Cx, Query<S>) -> Query<S>,
    pub get_ordering: fn(&S, &Cx, Query<S>) -> Query<S>,
    pub paginate_queryset:
        for<'a> fn(&'a S, &'a Cx, Query<S>) -> BoxFuture<'a, Result<Page<S::Entity>>>,
    pub on_page_change: for<'a> fn(&'a mut S, &'a Cx, u64) -> BoxFuture<'a, Result>,
    pub populate_edit_state: for<'a> fn(&'a mut S, &'a Cx, &'a Row<S>) -> BoxFuture<'a, Result>,
    pub get_choices: for<'a> fn(&'a S, &'a Cx, &'a FieldMeta) -> BoxFuture<'a, Result<Vec<Choice>>>,
    pub on_state_field_change:
        for<'a> fn(&'a mut S, &'a Cx, &'a FieldMeta) -> BoxFuture<'a, Result>,
    pub clean: fn(&mut S, &mut FieldErrors),
    pub validate_state: for<'a> fn(&'a S, &'a Cx, &'a mut FieldErrors) -> BoxFuture<'a, Result>,
    pub full_clean:
        for<'a> fn(&'a S, &'a Cx, &'a Active<S>, &'a mut FieldErrors) -> BoxFuture<'a, Result>,
    pub on_state_valid:
        for<'a> fn(&'a mut S, &'a Cx, Active<S>) -> BoxFuture<'a, Result<Active<S>>>,
    pub before_save:
        for<'a> fn(&'a mut S, &'a Cx, &'a mut Active<S>, bool) -> BoxFuture<'a, Result>,
    pub perform_create: for<'a> fn(&'a mut S, &'a Cx, Active<S>) -> BoxFuture<'a, Result<Row<S>>>,
    pub perform_update: for<'a> fn(&'a mut S, &'a Cx, Active<S>) -> BoxFuture<'a, Result<Row<S>>>,
    pub on_save_success: for<'a> fn(&'a mut S, &'a Cx, &'a Row<S>) -> BoxFuture<'a, Result>,
    pub on_state_invalid: for<'a> fn(&'a mut S, &'a Cx, &'a FieldErrors) -> BoxFuture<'a, Result>,
    pub before_delete: for<'a> fn(&'a mut S, &'a Cx, &'a Row<S>) -> BoxFuture<'a, Result>,
    pub perform_delete: for<'a> fn(&'a mut S, &'a Cx, Row<S>) -> BoxFuture<'a, Result>,
    pub on_delete_success: for<'a> fn(&'a mut S, &'a Cx, &'a Row<S>) -> BoxFuture<'a, Result>,
}

impl<S: ModelState> Hooks<S> {
    /// The hooks of a state that changes none.
    pub const DEFAULT: Self = Self {
        overridden: Overridden::default,
        setup: |state, cx, action| Box::pin(base::setup(state, cx, action)),
        teardown: |state, cx, action| Box::pin(base::teardown(state, cx, action)),
        handle_error: |state, cx, action, error| {
            Box::pin(base::handle_error(state, cx, action, error))
        },
        authorize: |state, cx, action| Box::pin(base::authorize(state, cx, action)),
        has_object_permission: |state, cx, action, row| {
            Box::pin(base::has_object_permission(state, cx, action, row))
        },
        get_queryset: |state, cx| Box::pin(base::get_queryset(state, cx)),
        filter_queryset: base::filter_queryset,
        apply_search: base::apply_search,
        get_ordering: base::get_ordering,
        paginate_queryset: |state, cx, query| Box::pin(base::paginate_queryset(state, cx, query)),
        on_page_change: |state, cx, page| Box::pin(base::on_page_change(state, cx, page)),
        populate_edit_state: |state, cx, row| Box::pin(base::populate_edit_state(state, cx, row)),
        get_choices: |state, cx, field| Box::pin(base::get_choices(state, cx, field)),
        on_state_field_change: |state, cx, field| {
            Box::pin(base::on_state_field_change(state, cx, field))
        },
        clean: |_, _| {},
        validate_state: |state, cx, errors| Box::pin(base::validate_state(state, cx, errors)),
        full_clean: |state, cx, row, errors| Box::pin(base::full_clean(state, cx, row, errors)),
        on_state_valid: |state, cx, row| Box::pin(base::on_state_valid(state, cx, row)),
        before_save: |state, cx, row, insert| Box::pin(base::before_save(state, cx, row, insert)),
        perform_create: |state, cx, new| Box::pin(base::perform_create(state, cx, new)),
        perform_update: |state, cx, row| Box::pin(base::perform_update(state, cx, row)),
        on_save_success: |state, cx, row| Box::pin(base::on_save_success(state, cx, row)),
        on_state_invalid: |state, cx, errors| Box::pin(base::on_state_invalid(state, cx, errors)),
        before_delete: |state, cx, row| Box::pin(base::before_delete(state, cx, row)),
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
