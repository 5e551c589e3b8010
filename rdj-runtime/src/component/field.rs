//! One form field: label, control, help and error.

use std::{borrow::Cow, sync::Arc};

use askama::{Template, filters::HtmlSafe};

use super::{TextContent, attributes::ControlAttributes};
use crate::{
    dispatch::{Binding, On, json},
    form::InputKind,
    i18n::text_with,
};

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
    /// A search with a select of what it found, for a field with many choices.
    Picker(Picker),
    /// Check boxes for several of these choices.
    Checkboxes(Arc<[Choice]>),
    /// A search with check boxes for what it found.
    ManyPicker(Picker),
    /// A file; the form needs `enctype="multipart/form-data"`, which `on_submit()` writes.
    File(FileControl),
}

/// The control of a field with a file.
#[derive(Clone, Debug, Default)]
pub struct FileControl {
    /// The types of content that are taken, for the browser's choice; empty for all.
    pub accept: String,
    /// What is stored now: how long it is, and where it can be had. Empty for nothing.
    pub stored: String,
    /// The address of what is stored; none where nobody can have it.
    pub href: Option<String>,
    /// Whether what is stored can be taken away.
    pub removable: bool,
    /// Whether the user asked for that, in a form that was not saved yet.
    pub removed: bool,
}

/// The search of a field that refers to many rows.
#[derive(Clone, Debug)]
pub struct Picker {
    /// What was found, and what is picked.
    pub choices: Arc<[Choice]>,
    /// The text that is searched for.
    pub search: String,
    /// Searches while the user types.
    pub input: Binding,
    /// Where an event tells the server what was picked, so that it stays among the choices.
    pub change: On,
    /// That event.
    pub pick: &'static str,
    /// What is said about the choices, such as that there are more; empty for nothing.
    pub hint: String,
    /// Makes a new row of what was searched for.
    pub create: Option<PickerCreate>,
}

/// The offer to make a new row where the search found none.
#[derive(Clone, Debug)]
pub struct PickerCreate {
    /// What the user reads.
    pub label: String,
    /// The text that was searched for.
    pub text: String,
    /// Makes the row and picks it. Without JavaScript a check box does that, with the form's event.
    pub click: Binding,
}

impl Picker {
    /// Tells the choice of a select.
    fn pick(&self, name: &str) -> Binding {
        self.change.call_with::<String>(self.pick, &name)
    }

    /// Tells whether one of several is ticked.
    fn tick(&self, name: &str, value: &str) -> Binding {
        let args = [json::<String>(&name), json::<String>(&value)];
        self.change.event(self.pick, args.join(","))
    }
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
    pub name: Cow<'static, str>,
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
    /// Whether it stands in a new row, which may be left blank as a whole: a browser does not ask for it.
    pub in_blank_row: bool,
    /// Whether who looks at it may not change it; a browser sends no value then.
    pub disabled: bool,
    /// The most characters taken.
    pub max_length: Option<u32>,
    /// The least value, as text.
    pub min: Option<&'static str>,
    /// The greatest value, as text.
    pub max: Option<&'static str>,
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

    fn stored(file: &FileControl) -> String {
        text_with("rdj-file-stored", &[("size", file.stored.clone().into())])
    }

    /// Whether it cannot be left empty, whatever the rest of the form holds.
    pub(super) fn is_needed(&self) -> bool {
        self.required && !self.in_blank_row
    }

    /// Whether a browser asks for a value: not for a file that is stored already, and not where a search
    /// is sent with the form.
    pub(super) fn asks(&self) -> bool {
        let is_stored = matches!(&self.control, Control::File(file) if !file.stored.is_empty());
        self.is_needed() && !self.is_checkbox() && !is_stored && self.picker().is_none()
    }

    fn attributes(&self) -> ControlAttributes<'_> {
        ControlAttributes(self)
    }

    fn content(&self) -> TextContent {
        TextContent(self.value.clone())
    }

    /// Whether one of several choices is picked.
    fn is_picked(&self, choice: &Choice) -> bool {
        self.value.split('\n').any(|value| value == choice.value)
    }

    /// The search, if there is one.
    pub(super) fn picker(&self) -> Option<&Picker> {
        match &self.control {
            Control::Picker(picker) | Control::ManyPicker(picker) => Some(picker),
            _ => None,
        }
    }

    /// Several check boxes are a group with a legend.
    fn is_group(&self) -> bool {
        matches!(
            self.control,
            Control::Checkboxes(_) | Control::ManyPicker(_)
        )
    }

    /// The picked values that are none of the choices: a save keeps them.
    fn unlisted<'a>(&'a self, choices: &'a [Choice]) -> impl Iterator<Item = &'a str> {
        let values = self.value.split('\n').filter(|value| !value.is_empty());
        values.filter(|value| choices.iter().all(|choice| choice.value != *value))
    }

    fn search_label(&self) -> String {
        text_with("rdj-picker-search", &[("label", self.label.clone().into())])
    }

    /// Whether a value that is none of the choices must be shown, so that a save does not change it.
    fn is_unlisted(&self, choices: &[Choice]) -> bool {
        !self.value.is_empty() && !choices.iter().any(|choice| choice.value == self.value)
    }
}

impl HtmlSafe for FieldView {}
