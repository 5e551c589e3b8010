//! The default components of a model state.

mod field;
mod list;

pub use self::{
    field::{AsAttributes, AsField, AsText, FieldAs, form},
    list::{key, pagination, search, table},
};
