//! rdj: declarative, live, compile-time-checked CRUD for Rust.

extern crate self as rdj;

#[doc(hidden)]
pub mod __private;
mod database;
pub mod prelude;

pub use self::database::AppDatabase;
pub use rdj_macros::*;
pub use rdj_orm as orm;
pub use rdj_orm::{handlers, hooks::base};
pub use rdj_runtime::{
    App, BoxError, Config, CurrentUser, Cx, Entries, Error, FieldError, FieldErrors, FormValue,
    Resources, Result, component, csrf, current_cx, current_request, current_session, current_user,
    dispatch::{Arg, Bind, Binding},
    form::InputKind,
    message::{Level, Message, Messages},
    page::{
        Page, PageType,
        render::{foot, head, messages, title},
    },
    security, session,
    state::State,
};
