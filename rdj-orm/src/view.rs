//! The default components of a model state.

mod conflict;
mod field;
mod filter;
mod list;

pub(crate) use self::{
    conflict::{THEIRS, VERSION, version},
    field::{search_input, user, view},
};
pub use self::{
    field::{AsAttributes, AsField, AsText, FieldAs, form},
    filter::{bulk, filters},
    list::{key, pagination, search, table},
};

/// How long a search waits for a further letter, in milliseconds.
const SEARCH_DEBOUNCE: u32 = 250;
