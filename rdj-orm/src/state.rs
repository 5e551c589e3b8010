//! What every model state has: its facts, its variables and its fields.

mod actions;
pub(crate) mod bulk;
mod conflict;
mod core;
mod facts;
mod field;
mod file;
mod history;
mod listing;
mod lists;
mod names;
mod options;
mod permission;
mod picker;
mod rules;
mod spec;

use rdj_runtime::{
    dispatch::{Bind, EventTable},
    form::FieldErrors,
    state::{State, vars::Vars},
};
use sea_orm::EntityTrait;

pub use self::{
    actions::{
        Actions, Canonical, Creates, Deletes, DeletesSelected, Filters, HasHistory, Lists, Orders,
        Pages, Saves, Searches, Selects, Updates,
    },
    conflict::{Conflict, ConflictField},
    core::Core,
    field::{FieldDef, ModelVar, initial, start},
    file::{longest_file, sends_files},
    lists::{FilterDef, FilterKind, ListSpec},
    names::Names,
    options::ModelOptions,
    picker::{Picker, TypedText},
    rules::Rules,
    spec::{ListColumn, Order, Owner, Spec},
};
pub(crate) use self::{
    core::{Asked, Offer, Told},
    facts::{Facts, nothing},
    field::{Many, has_field, too_long},
    file::{FileDraft, ask_again},
    history::ShownHistory,
    listing::{Cursor, Place, Progress},
    permission::allows,
    picker::InPlace,
};
use crate::{
    backend::CrudBackend, dispatch::GeneratedEvent, hooks::Hooks, inline::InlineDef,
    model::CrudModel,
};

/// The row type of a state.
pub type Row<S> = <<S as ModelState>::Entity as EntityTrait>::Model;
/// The active model of a state.
pub type Active<S> = <<S as ModelState>::Entity as EntityTrait>::ActiveModel;
/// The primary key of a state's rows.
pub type Key<S> = <<S as ModelState>::Entity as CrudModel>::Key;

/// A state over the rows of a model; `#[model_state]` implements it.
///
/// The state derefs to its [`Core`], so `notes.data`, `notes.error` and `notes.page` work in Rust and
/// in templates.
pub trait ModelState: State + Vars + Bind {
    /// The model.
    type Entity: CrudModel;
    /// Where the rows are, and what reading and writing one does.
    type Backend: CrudBackend<Self::Entity>;
    /// What `#[model_state(..)]` declares.
    const SPEC: Spec<Self::Entity>;
    /// The editable fields in order.
    const FIELDS: &'static [FieldDef<Self>];
    /// The events that nobody has to write.
    const EVENTS: &'static [GeneratedEvent<Self>];
    /// The child rows that are edited in the form: `inlines(..)`.
    const INLINES: &'static [InlineDef<Self>] = &[];
    /// Checks of the form as a whole that states share: `state_validators(..)`.
    const VALIDATORS: &'static [fn(&Self, &mut FieldErrors)];

    /// The variables that every model state has.
    fn core(&self) -> &Core<Self::Entity>;

    /// The variables that every model state has.
    fn core_mut(&mut self) -> &mut Core<Self::Entity>;

    /// Runs `clean_<field>` of the fields that have no error.
    fn clean(&mut self, errors: &mut FieldErrors) {
        (Self::hooks().clean)(self, errors);
    }

    /// The hooks: the user's, or the defaults.
    fn hooks() -> &'static Hooks<Self>;

    /// What is declared, as a value.
    #[must_use]
    fn options() -> ModelOptions {
        options::of::<Self>()
    }

    /// The user's handlers.
    fn event_table() -> &'static EventTable<Self>;
}
