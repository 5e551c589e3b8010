//! One form field: label, control, help and error.

use std::{borrow::Cow, sync::Arc};

use askama::{Template, filters::HtmlSafe};

use super::{TextContent, attributes::ControlAttributes};
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
///
/// Written into a template by `{{ }}` it is the whole field: label, control, help and error.
#[derive(Clone, Debug, Template)]
#[template(path = "rdj/field.html")]
pub struct FieldView {
    /// The state's name, for ids.
    pub state: &'static str,
    /// The field's name in the form.
    pub name: &'static str,
    /// What the user reads.
    pub label: String,
    /// A hint below the control; empty for none.
    pub help: Cow<'static, str>,
    /// The text in the control.
    pub value: String,
    /// Why the value was not taken.
    pub error: Option<String>,
    /// Whether the form cannot be saved without it.
    pub required: bool,
    /// Whether who looks at it may not change it; a browser sends no value then.
    pub disabled: bool,
    /// The most characters taken.
    pub max_length: Option<u32>,
    /// How it is edited.
    pub control: Control,
}

impl FieldView {
    /// Whether the check box is ticked.
    #[must_use]
    pub fn is_checked(&self) -> bool {
        matches!(self.value.as_str(), "true" | "on" | "1")
    }

    fn is_checkbox(&self) -> bool {
        matches!(self.control, Control::Input(InputKind::Checkbox))
    }

    /// Whether a box that is not ticked has to be sent.
    fn sends_unticked(&self) -> bool {
        self.is_checkbox() && !self.disabled
    }

    fn is_optional(&self) -> bool {
        !self.required && !self.is_checkbox()
    }

    fn attributes(&self) -> ControlAttributes<'_> {
        ControlAttributes(self)
    }

    fn content(&self) -> TextContent {
        TextContent(self.value.clone())
    }

    /// Whether a value that is none of the choices must be shown, so that a save does not change it.
    fn is_unlisted(&self, choices: &[Choice]) -> bool {
        !self.value.is_empty() && !choices.iter().any(|choice| choice.value == self.value)
    }
}

impl HtmlSafe for FieldView {}
