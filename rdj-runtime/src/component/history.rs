//! What was changed in a row, by whom and when.

use askama::{Template, filters::HtmlSafe};

use crate::dispatch::Binding;

/// The entries of a row, or the button that shows them; nothing where no row is chosen.
#[derive(Clone, Debug, Template)]
#[template(path = "rdj/history.html")]
pub struct HistoryView {
    /// The state's name, for ids.
    pub state: &'static str,
    /// What shows the entries of the row that is edited.
    pub open: Option<Binding>,
    /// The entries.
    pub list: Option<HistoryList>,
}

/// The entries of a [`HistoryView`].
#[derive(Clone, Debug)]
pub struct HistoryList {
    /// What they are of: `History of Milk`.
    pub title: String,
    /// The newest first.
    pub items: Vec<HistoryItem>,
    /// What puts them away.
    pub close: Binding,
}

/// One write of the row.
#[derive(Clone, Debug)]
pub struct HistoryItem {
    /// The key of the entry.
    pub id: i64,
    /// When, in the user's language and time zone.
    pub at: String,
    /// When, for programs.
    pub at_exact: String,
    /// What was done by whom.
    pub what: String,
    /// What was changed.
    pub lines: Vec<HistoryLine>,
    /// What undoes it; none where the user cannot.
    pub undo: Option<Binding>,
    /// What the button says to who does not see where it stands.
    pub undo_label: String,
}

/// What became of one field.
#[derive(Clone, Debug)]
pub struct HistoryLine {
    /// What the user reads for the field.
    pub label: String,
    /// From what to what.
    pub text: String,
}

impl HtmlSafe for HistoryView {}
