//! The states behind the pages of sign-in: one for each page, so that what is switched off has no event
//! on any page, and [`AuthState`] for every other page.
//!
//! Passwords stand in none of them: a handler reads them from the form that was sent, and nothing
//! writes them back into HTML.

mod change;
mod common;
mod confirm;
mod errors;
mod field;
mod login;
mod look;
mod nav;
mod register;
mod reset;
mod session_auth;

pub(crate) use self::common::after_logout;
pub use self::{
    change::PasswordChangeState,
    confirm::PasswordResetConfirmState,
    errors::FormErrors,
    field::AuthField,
    login::LoginState,
    look::Look,
    nav::AuthState,
    register::RegisterState,
    reset::PasswordResetState,
    session_auth::{SessionAuth, SessionAuthConfig},
};
