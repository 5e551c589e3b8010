//! Values and errors of forms, and the entries a browser sends.

mod bound;
mod entries;
mod error;
mod upload;
mod value;

pub use self::{
    bound::Bound,
    entries::Entries,
    error::{FieldError, FieldErrors},
    upload::Upload,
    value::{FormValue, InputKind, choices, choices::Choices},
};
