//! The filters of a list.

use askama::{Template, filters::HtmlSafe};

use super::Choice;
use crate::{dispatch::Binding, form::InputKind, page::render::parameter};

/// One control of the filters.
#[derive(Clone, Debug)]
pub struct FilterControl {
    /// The name in the address.
    pub name: &'static str,
    /// What the user reads.
    pub label: String,
    /// The text in the control.
    pub value: String,
    /// What can be chosen; none for a control to type into.
    pub choices: Option<Vec<Choice>>,
    /// What can be typed.
    pub kind: InputKind,
    /// Why nothing is filtered by the value.
    pub error: Option<String>,
    /// Filters at once.
    pub change: Binding,
}

impl FilterControl {
    /// Whether a value that is none of the choices must be shown.
    fn is_unlisted(&self, choices: &[Choice]) -> bool {
        !self.value.is_empty() && choices.iter().all(|choice| choice.value != self.value)
    }

    fn input_type(&self) -> &'static str {
        match self.kind {
            InputKind::Integer => "number",
            InputKind::Date => "date",
            InputKind::Time => "time",
            InputKind::DateTime => "datetime-local",
            _ => "text",
        }
    }
}

/// Controls that filter while the user chooses, and by a GET without JavaScript.
#[derive(Clone, Debug, Template)]
#[template(path = "rdj/filters.html")]
pub struct FiltersView {
    /// The state's name, for ids and parameters.
    pub state: &'static str,
    /// The controls in order.
    pub controls: Vec<FilterControl>,
    /// Parameters of the address that stay: the search and the order.
    pub kept: Vec<(&'static str, String)>,
    /// Shows all rows again; none where nothing is filtered.
    pub clear: Option<Binding>,
}

impl FiltersView {
    fn parameter(&self, name: &str) -> String {
        parameter(self.state, name)
    }
}

impl HtmlSafe for FiltersView {}
