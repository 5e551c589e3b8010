//! What somebody else changed while the user edited the same.

use askama::{Template, filters::HtmlSafe};

/// A table of the fields that both changed, for the form's head.
///
/// The buttons that end the conflict stand with those of the form, behind Save: the first button of a
/// form is the one that Enter presses.
#[derive(Clone, Debug, Template)]
#[template(path = "rdj/conflict.html")]
pub struct ConflictView {
    /// The state's name, for ids.
    pub state: &'static str,
    /// What the form knows of the row that is shown, for a browser without JavaScript.
    pub theirs: String,
    /// The fields that both changed.
    pub fields: Vec<ConflictRow>,
}

/// One field of a [`ConflictView`], for reading.
#[derive(Clone, Debug)]
pub struct ConflictRow {
    /// What the user reads for the field.
    pub label: String,
    /// The value when the editing began; nothing where only the browser knew it.
    pub original: Option<String>,
    /// The value now.
    pub theirs: String,
    /// The value in the form.
    pub yours: String,
}

impl ConflictView {
    fn has_originals(&self) -> bool {
        self.fields.iter().any(|field| field.original.is_some())
    }
}

impl HtmlSafe for ConflictView {}
