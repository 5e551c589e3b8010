//! The runtime of rdj: from a socket to a handler and back.
//!
//! Modules stand in the order in which an event meets them: [`wire`] decodes it, [`socket`] holds the
//! connection, [`bridge`] sends it through the application's tower stack, [`dispatch`] finds the
//! handler, [`state`] is what the handler changes, [`page`] renders, [`view`] sends the difference.
//!
//! Applications use this crate through `rdj`; its API beside what `rdj` re-exports is exempt from
//! semantic versioning.

pub mod component;
pub mod cx;
pub mod dispatch;
pub mod error;
pub mod form;
pub mod message;
pub mod page;
pub mod state;
pub mod user;
pub(crate) mod assets;
pub(crate) mod wire;

pub use self::{
    cx::{Cx, Resources, current_cx, current_request, current_session, current_user},
    error::{BoxError, Error, Result},
    form::{Entries, FieldError, FieldErrors, FormValue},
    user::CurrentUser,
};
