//! The declarations of a state as a value.

use rdj_runtime::state::State;
use sea_orm::IdenStatic;

use super::{Actions, FieldDef, ModelState, Names, Order};
use crate::{
    model::{CrudModel, ModelDef},
    relation::SearchField,
};

/// What `#[model_state(..)]` declares, for tools, tests and tables of contents:
/// `NotesState::options()`.
///
/// Nothing of it is sent to a browser.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ModelOptions {
    /// The name on the wire.
    pub name: &'static str,
    /// The model.
    pub model: ModelDef,
    /// The fields of the form in order.
    pub fields: Vec<&'static str>,
    /// Those of them that cannot be left empty.
    pub required_fields: Vec<&'static str>,
    /// What can be done with the rows.
    pub actions: Actions,
    /// What the variables are called.
    pub names: Names,
    /// The events that nobody has to write, each by its function in [`handlers`](crate::handlers), with
    /// all its names.
    pub events: Vec<(&'static str, &'static [&'static str])>,
    /// The order of the list, `-created_at` for the largest first: the declared one, else the model's.
    pub ordering: Vec<String>,
    /// What the user can order by.
    pub ordering_fields: Vec<&'static str>,
    /// The columns that the search looks into.
    pub search_fields: Vec<String>,
    /// The columns of the default table.
    pub list_display: Vec<&'static str>,
    /// The columns that the list does not load.
    pub exclude_from_row: Vec<&'static str>,
    /// Rows a page; none to show all rows.
    pub paginate_by: Option<u64>,
    /// The most rows a page that a client may ask for.
    pub max_page_size: u64,
    /// The column with the owner.
    pub owner_field: Option<&'static str>,
    /// Whether each action asks for a permission of the model.
    pub model_permissions: bool,
    /// Whether the form is emptied after a save.
    pub reset_after_save: bool,
    /// Whether the state shows what was changed in its rows.
    pub history: bool,
    /// Whether an open page shows what others change.
    pub live: bool,
    /// The type of the backend.
    pub backend: &'static str,
}

impl ModelOptions {
    /// The name under which components send the event of a function in [`handlers`](crate::handlers);
    /// none if the state does not have it.
    #[must_use]
    pub fn event(&self, handler: &str) -> Option<&'static str> {
        let (_, names) = self.events.iter().find(|(name, _)| *name == handler)?;
        names.first().copied()
    }
}

/// The declarations of a state.
pub(super) fn of<S: ModelState>() -> ModelOptions {
    let spec = &S::SPEC;
    let name = |field: &FieldDef<S>| field.meta.name;
    let order = |order: &Order<S::Entity>| {
        let minus = if order.descending { "-" } else { "" };
        format!("{minus}{}", order.name)
    };
    let required = S::FIELDS.iter().filter(|field| field.is_required());
    let events = S::EVENTS.iter().map(|event| (event.handler, event.names));
    ModelOptions {
        name: <S as State>::NAME,
        model: S::Entity::DEF,
        fields: S::FIELDS.iter().map(name).collect(),
        required_fields: required.map(name).collect(),
        actions: spec.actions,
        names: spec.names,
        events: events.collect(),
        ordering: spec.declared_order().iter().map(order).collect(),
        ordering_fields: spec
            .ordering_fields
            .iter()
            .map(|order| order.name)
            .collect(),
        search_fields: spec.search_fields.iter().map(SearchField::path).collect(),
        list_display: spec
            .list_display
            .iter()
            .map(|column| column.meta.name)
            .collect(),
        exclude_from_row: spec
            .exclude_from_row
            .iter()
            .map(IdenStatic::as_str)
            .collect(),
        paginate_by: spec.paginate_by,
        max_page_size: spec.max_page_size,
        owner_field: spec.owner.as_ref().map(|owner| owner.column.as_str()),
        model_permissions: spec.model_permissions,
        reset_after_save: spec.reset_after_save,
        history: spec.history,
        live: spec.live,
        backend: std::any::type_name::<S::Backend>(),
    }
}
