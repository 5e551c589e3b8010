//! Users, passwords, permissions and sign-in of rdj.
//!
//! [`Auth`] is the handle: [`AppAuth`] puts it into an application, [`CxAuth`] signs in and out in
//! handlers. Modules stand in the order of the data: [`entity`] has Django's tables, [`password`] and
//! [`validate`] are about passwords, [`user`] and [`permission`] change who may do what, [`backend`]
//! is where users come from, [`state`] and [`page`] are the pages.
//!
//! Applications use this crate through `rdj::auth`.

extern crate self as rdj;

#[doc(hidden)]
pub mod __private {
    //! What the derives of this crate's own models, its states and its pages name.
    pub use askama;
    pub use inventory;
    pub use rdj_orm as orm;
    pub use rdj_runtime as runtime;
}

pub mod backend;
pub mod entity;
pub mod page;
pub mod password;
pub mod permission;
pub mod settings;
pub mod state;
pub mod throttle;
pub mod token;
pub mod user;
pub mod validate;

mod app;
mod auth;
mod client;
mod command;
mod crypto;
mod cx;
mod layer;
mod session;

pub use rdj_orm::Db;
pub use rdj_runtime::{CurrentUser, Error, Result};
// the shipped templates name these as those of applications do
#[doc(hidden)]
pub use rdj_runtime::{
    i18n,
    i18n::{language_picker, text},
    page::render::{csrf_input, foot, head, messages, title},
};

pub use self::{
    app::AppAuth,
    auth::Auth,
    backend::{AuthBackend, ModelBackend},
    cx::{ChangeError, CxAuth, LoginError},
    entity::AuthTables,
    layer::{AuthLayer, AuthService},
    page::{AppAuthPages, AuthPages, AuthRoutes},
    settings::AuthSettings,
    state::AuthState,
    user::{NewUser, UserError, Users},
};
