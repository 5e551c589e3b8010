//! One child row of a form.

use super::ModelOf;
use crate::{
    ops::Stop,
    state::{Key, ModelState},
};

/// A form of one child row, and what a save is about to do with it.
pub(super) struct InlineRow<C: ModelState> {
    /// Its number in the names of the form's entries.
    pub(super) id: u32,
    /// The form. Its `editing_id` is the key of the row, none for a new one.
    pub(super) state: C,
    /// Whether the row is marked for deletion.
    pub(super) delete: bool,
    pub(super) plan: Plan<C>,
    /// What stood in the controls before a save.
    pub(super) typed: Vec<String>,
    /// Why it was not saved.
    pub(super) stop: Option<Stop>,
}

/// What a save does with a row.
pub(super) enum Plan<C: ModelState> {
    /// Nothing.
    Skip,
    Create,
    /// Updates the row, which was looked up.
    Update(ModelOf<C>),
    Delete(ModelOf<C>),
    /// Nothing: somebody else has deleted the row that the user changed.
    Gone,
}

impl<C: ModelState> InlineRow<C> {
    pub(super) fn new(id: u32) -> Self {
        Self {
            id,
            state: C::default(),
            delete: false,
            plan: Plan::Skip,
            typed: Vec::new(),
            stop: None,
        }
    }

    pub(super) fn key(&self) -> Option<&Key<C>> {
        self.state.core().editing_id.as_ref()
    }

    /// Whether it is a new row in which nothing was filled in.
    pub(super) fn is_blank(&self, empty: &C) -> bool {
        let mut fields = C::FIELDS.iter();
        self.key().is_none() && fields.all(|field| field.shown(&self.state) == field.shown(empty))
    }

    pub(super) fn shown(&self) -> Vec<String> {
        let fields = C::FIELDS.iter();
        fields.map(|field| field.shown(&self.state)).collect()
    }
}
