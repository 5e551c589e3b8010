//! Child rows inside of the form of their parent.

use askama::{Template, filters::HtmlSafe};

use super::FieldView;

/// A group of rows with a button that adds one.
///
/// Each row is a group of fields of its own: a line where the screen is wide, fields below each other where
/// it is narrow.
#[derive(Clone, Debug, Template)]
#[template(path = "rdj/inline.html")]
pub struct InlineView {
    /// The state's name, for ids.
    pub state: &'static str,
    /// The name of the relation.
    pub name: &'static str,
    /// What the rows are: `Invoice lines`.
    pub legend: String,
    /// What is wrong with the rows together; empty for nothing.
    pub error: String,
    /// What is said about the rows, such as that there are none; empty for nothing.
    pub hint: String,
    /// The rows in order.
    pub rows: Vec<InlineRowView>,
    /// The event that adds a row, which gets the form; none where the user may not.
    pub add: Option<String>,
    /// What adds a row: `Add an invoice line`.
    pub add_label: String,
}

/// One row of an [`InlineView`].
#[derive(Clone, Debug)]
pub struct InlineRowView {
    /// The number of the row in the names of its entries.
    pub id: u32,
    /// What the names of its entries begin with: `lines-3`.
    pub prefix: String,
    /// What the user calls the row: `Invoice line 3`.
    pub legend: String,
    /// What is wrong with the row as a whole; empty for nothing.
    pub error: String,
    /// The key of the row; none for a new one.
    pub key: Option<String>,
    /// What the form knows of the row.
    pub version: Option<String>,
    /// The fields in order.
    pub fields: Vec<FieldView>,
    /// Whether the row is marked for deletion; none where it cannot be.
    pub delete: Option<bool>,
    /// The event that takes a new row out, which gets the form.
    pub remove: Option<String>,
}

impl InlineRowView {
    fn remove_label(&self) -> String {
        let row = self.legend.clone();
        crate::i18n::text_with("rdj-inline-remove-row", &[("row", row.into())])
    }

    fn delete_label(&self) -> String {
        let row = self.legend.clone();
        crate::i18n::text_with("rdj-delete-row", &[("row", row.into())])
    }
}

impl HtmlSafe for InlineView {}
