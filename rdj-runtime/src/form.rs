//! Values and errors of forms, and the entries a browser sends.

mod entries;
mod error;
mod value;

pub use self::{
    entries::Entries,
    error::{FieldError, FieldErrors},
    value::{FormValue, InputKind},
};
