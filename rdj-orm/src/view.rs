//! The default components of a model state.

mod field;
mod filter;
mod list;

pub use self::{
    field::{AsAttributes, AsField, AsText, FieldAs, form},
    filter::{bulk, filters},
    list::{key, pagination, search, table},
};
