//! What the variables and events of a state are called.

/// The names of the variables that every model state has.
///
/// The library reaches them through [`Core`](super::Core), whatever they are called; names are for
/// addresses, for templates and for [`ModelOptions`](super::ModelOptions).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Names {
    /// The rows of the page that is shown.
    pub list: &'static str,
    /// Why the last action was not done.
    pub error: &'static str,
    /// The errors of the form by field.
    pub field_errors: &'static str,
    /// The key of the row that is edited.
    pub editing: &'static str,
    /// What changes when the form was emptied or filled anew; none where forms are never made anew.
    pub form_reset: Option<&'static str>,
    /// The page that is shown.
    pub page: &'static str,
    /// Rows a page.
    pub page_size: &'static str,
    /// How many rows there are.
    pub total_count: &'static str,
    /// How many pages there are.
    pub page_count: &'static str,
    /// The text that is searched for.
    pub search: &'static str,
    /// The field that the user ordered by.
    pub ordering: &'static str,
}

impl Names {
    /// The names where none are declared.
    pub const DEFAULT: Self = Self {
        list: "data",
        error: "error",
        field_errors: "field_errors",
        editing: "editing_id",
        form_reset: Some("form_reset_key"),
        page: "page",
        page_size: "page_size",
        total_count: "total_count",
        page_count: "page_count",
        search: "search",
        ordering: "ordering",
    };
}
