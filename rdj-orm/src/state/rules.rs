//! Who may act on the rows of a state, and how they are checked: what the pipeline asks.

use crate::{hooks::Action, model::CrudModel, permission::PermissionClass};

/// The rules that `#[model_state(..)]` declares for the actions of a state.
#[derive(Debug)]
pub struct Rules<E: CrudModel> {
    /// All of them must let an action pass, and the row it is done with.
    pub permission_classes: &'static [PermissionClass<E>],
    /// The actions for which somebody must be signed in.
    pub login_required: &'static [Action],
    /// Whether a row is checked as a whole before it is written.
    pub run_model_validation: bool,
    /// Whether errors stand at their fields; else all of them stand above the form.
    pub structured_errors: bool,
    /// Whether a save is stopped where somebody else changed what the user changed.
    pub optimistic_concurrency: bool,
}
