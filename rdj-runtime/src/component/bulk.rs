//! Actions for the rows that the user ticks in a table.

use std::borrow::Cow;

use askama::{Template, filters::HtmlSafe};

use crate::dispatch::Binding;

/// A choice of actions over a table with selectable rows; without JavaScript the form carries the ticks.
#[derive(Clone, Debug, Template)]
#[template(path = "rdj/bulk.html")]
pub struct BulkView {
    /// The state's name, for ids.
    pub state: &'static str,
    /// The events that can be chosen, with what the user reads.
    pub actions: Vec<(&'static str, Cow<'static, str>)>,
    /// How many rows are selected: `3 tracks selected`.
    pub selected: String,
    /// What stands beside the box for all rows on all pages; none where one page has them all.
    pub all: Option<String>,
    /// Whether all rows on all pages are selected.
    pub all_selected: bool,
    /// Selects all rows on all pages.
    pub select_all: Binding,
    /// Runs the chosen action.
    pub run: Binding,
    /// How far an action is that runs.
    pub progress: Option<Progress>,
}

/// How far some work is.
#[derive(Clone, Debug)]
pub struct Progress {
    /// What is done.
    pub done: u64,
    /// All there is to do; none where nobody has counted it.
    pub total: Option<u64>,
    /// Both in words: `1,200 of 3,503 tracks done`.
    pub text: String,
}

impl HtmlSafe for BulkView {}
