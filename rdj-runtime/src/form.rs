//! Values and errors of forms, and the entries a browser sends.

mod bound;
mod entries;
mod error;
mod value;

pub use self::{
    bound::Bound,
    entries::Entries,
    error::{FieldError, FieldErrors},
    value::{FormValue, InputKind, choices, choices::Choices},
};
