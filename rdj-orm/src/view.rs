//! The default components of a model state.

mod conflict;
mod field;
mod file;
mod filter;
mod history;
mod list;

pub(crate) use self::{
    conflict::{THEIRS, VERSION, version},
    field::{search_input, user, view},
    filter::{action, selected},
};
pub use self::{
    field::{AsAttributes, AsField, AsText, FieldAs, form},
    file::file_url,
    filter::{bulk, filters},
    history::history,
    list::{key, pagination, search, table},
};

/// How long a search waits for a further letter, in milliseconds.
const SEARCH_DEBOUNCE: u32 = 250;
