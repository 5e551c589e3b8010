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
}

impl HtmlSafe for BulkView {}
