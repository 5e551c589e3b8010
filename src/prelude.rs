//! What an application's modules use all the time.

pub use crate::{Bind, Cx, Error, FieldError, FieldErrors, Result, State};
pub use rdj_orm::{CxDb, ModelState};
