//! What somebody else changed while a row was edited.

use std::fmt;

use crate::model::CrudModel;

/// A save that was stopped: somebody else changed what the user changed too.
///
/// The form keeps what was typed. The events `keep_mine` and `take_theirs` end it; a further `save`
/// is stopped again.
pub struct Conflict<E: CrudModel> {
    /// The fields that both changed.
    pub fields: Vec<ConflictField>,
    /// The row as it is now.
    pub theirs: E::Model,
}

impl<E: CrudModel> fmt::Debug for Conflict<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Conflict").field(&self.fields).finish()
    }
}

/// One field of a [`Conflict`], with its values as a control has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictField {
    /// The field's name.
    pub name: &'static str,
    /// The value when the editing began; nothing where only the browser knew it.
    pub original: Option<String>,
    /// The value now.
    pub theirs: String,
    /// The value in the form.
    pub yours: String,
}
