//! The history that a state shows.

use std::collections::BTreeMap;

use crate::{history::HistoryEntry, model::CrudModel};

/// The history of one row.
pub(crate) struct ShownHistory<E: CrudModel> {
    pub(crate) key: E::Key,
    /// The row as it is, or as it was when it was deleted.
    pub(crate) row: E::Model,
    /// Whether it is there.
    pub(crate) exists: bool,
    /// The newest first.
    pub(crate) entries: Vec<HistoryEntry>,
    /// What the user calls the rows that fields refer to: by field, then by the text of the key.
    pub(crate) labels: BTreeMap<&'static str, BTreeMap<String, String>>,
}
