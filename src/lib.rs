//! rdj: declarative, live, compile-time-checked CRUD for Rust.

extern crate self as rdj;

#[doc(hidden)]
pub mod __private;
pub mod prelude;

pub use rdj_macros::*;
pub use rdj_orm as orm;
pub use rdj_orm::{handlers, hooks::base};
pub use rdj_runtime::{
    BoxError, CurrentUser, Cx, Entries, Error, FieldError, FieldErrors, FormValue, Resources,
    Result, component, current_cx, current_request, current_session, current_user,
    dispatch::{Arg, Bind, Binding},
    form::InputKind,
    page::{
        Page, PageType,
        render::{foot, head, messages, title},
    },
    state::State,
};
