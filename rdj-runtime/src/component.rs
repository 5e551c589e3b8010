//! Default components: complete accessible HTML from plain facts. Templates are in `templates/rdj`.

mod attributes;
mod bulk;
mod conflict;
mod escape;
mod field;
mod filter;
mod form;
mod history;
mod import;
mod inline;
mod pagination;
mod search;
mod table;

pub use self::{
    attributes::{Attributes, KeyAttribute, TextContent},
    bulk::{BulkView, Progress},
    conflict::{ConflictRow, ConflictView},
    field::{Choice, Control, FieldView, FileControl, Picker, PickerCreate},
    filter::{FilterControl, FiltersView},
    form::FormView,
    history::{HistoryItem, HistoryLine, HistoryList, HistoryView},
    import::{ImportError, ImportReport, ImportView},
    inline::{InlineRowView, InlineView},
    pagination::PaginationView,
    search::SearchView,
    table::{Heading, Rows, Sorted, TableView},
};
