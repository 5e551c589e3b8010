//! One form field: label, control, help and error.

use std::sync::Arc;

use crate::form::InputKind;

/// One entry of a select.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What the user reads.
    pub label: String,
}

/// The control of a field.
#[derive(Clone, Debug)]
pub enum Control {
    /// An `<input>` of this kind.
    Input(InputKind),
    /// A text area.
    TextArea,
    /// A select with these choices; an empty one stands first where the field is optional.
    Select(Arc<[Choice]>),
}

/// The facts of one field of a form, enough to render it or to write own markup for it.
#[derive(Clone, Debug)]
pub struct FieldView {
    /// The state's name, for ids.
    pub state: &'static str,
    /// The field's name in the form.
    pub name: &'static str,
    /// What the user reads.
    pub label: String,
    /// A hint below the control; empty for none.
    pub help: &'static str,
    /// The text in the control.
    pub value: String,
    /// Why the value was not taken.
    pub error: Option<String>,
    /// Whether the form cannot be saved without it.
    pub required: bool,
    /// The most characters taken.
    pub max_length: Option<u32>,
    /// How it is edited.
    pub control: Control,
}
