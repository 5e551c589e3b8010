//! The runtime of rdj: from a socket to a handler and back.
//!
//! Modules stand in the order in which an event meets them: `wire` decodes it, `socket` holds the
//! connection, `bridge` sends it through the application's tower stack, [`dispatch`] finds the
//! handler, [`state`] is what the handler changes, [`page`] renders, [`view`] sends the difference.
//!
//! Applications use this crate through `rdj`; its API beside what `rdj` re-exports is exempt from
//! semantic versioning.

mod bridge;
pub mod dispatch;
pub mod page;
pub mod page_store;
mod socket;
pub mod state;
pub mod view;
mod wire;

pub mod command;
pub mod component;
pub mod context;
pub mod csrf;
pub mod form;
pub mod i18n;
pub mod inside;
pub mod live;
pub mod local;
pub mod mail;
pub mod message;
#[doc(hidden)]
pub mod names;
pub mod security;
pub mod session;
pub mod snapshot;
pub mod stream;
pub mod testing;
pub mod upload;
pub mod user;
pub mod work;

mod guard;
mod identity;

mod app;
mod assets;
mod config;
mod cx;
mod download;
mod error;
#[cfg(feature = "redis")]
mod redis_connection;
mod route;
mod runtime;

pub use self::{
    app::{App, AppLayer, Stage},
    config::Config,
    context::{Context, ContextProcessors},
    cx::{
        Cx, CxMessages, CxResponse, Resources, current_csrf_token, current_cx, current_language,
        current_messages, current_request, current_response, current_session, current_user,
        spawn_in_cx,
    },
    error::{BoxError, Error, Result},
    form::{Entries, FieldError, FieldErrors, FormValue},
    guard::Guard,
    identity::{Identities, IdentityChange},
    route::require,
    snapshot::{ContextState, I18nState, UserSnapshot, UserState},
    user::CurrentUser,
};
