//! A whole form.

use std::borrow::Cow;

use askama::{Template, filters::HtmlSafe};

use super::{ConflictView, FieldView, InlineView};
use crate::dispatch::Binding;

/// A form with all its fields, Save, and Cancel while a row is edited.
#[derive(Clone, Debug, Template)]
#[template(path = "rdj/form.html")]
pub struct FormView<'a> {
    /// The state's name, for ids.
    pub state: &'static str,
    /// What the form is for: `New note`.
    pub legend: String,
    /// Why the form as a whole was not taken; empty for none.
    pub error: Cow<'a, str>,
    /// What the form knows of the row that is edited: the hidden control `_version`.
    pub version: Option<String>,
    /// What somebody else changed too, after a save that was stopped; the form then has buttons that
    /// send the events `keep_mine` and `take_theirs`.
    pub conflict: Option<ConflictView>,
    /// The fields in order.
    pub fields: Vec<FieldView>,
    /// The child rows that are saved with the form.
    pub inlines: Vec<InlineView>,
    /// What saves the form; none where the user may not: nothing is shown then.
    pub save: Option<Binding>,
    /// What leaves the editing; none for a new row.
    pub cancel: Option<Binding>,
}

impl HtmlSafe for FormView<'_> {}
