//! Values and errors of forms, and the entries a browser sends.

mod bound;
mod entries;
mod error;
mod file;
mod posted;
mod upload;
mod value;

pub(crate) use self::posted::{Limits, Unread, read_form};
pub use self::{
    bound::Bound,
    entries::Entries,
    error::{FieldError, FieldErrors},
    file::PostedFile,
    upload::Upload,
    value::{FormValue, InputKind, choices, choices::Choices},
};
