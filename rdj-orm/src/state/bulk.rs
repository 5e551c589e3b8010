//! The names of the form above a table with selectable rows.

/// Says that the form was sent: unticked rows have no entry of their own.
pub(crate) const FORM: &str = "_bulk";
/// The action that was chosen.
pub(crate) const ACTION: &str = "_action";
/// The key of a ticked row.
pub(crate) const SELECTED: &str = "_selected";
/// Whether all rows are meant that the list finds.
pub(crate) const ALL: &str = "_all";
