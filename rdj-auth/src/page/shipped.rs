//! The pages themselves. None is registered unless an application asks for it.

use rdj_macros::page;

use crate::state::{
    LoginState, PasswordChangeState, PasswordResetConfirmState, PasswordResetState, RegisterState,
};

/// Signs in.
#[page(
    route = "/login",
    template = "rdj/auth/login.html",
    title = "Sign in",
    discover = false
)]
pub struct LoginPage {
    /// Form and events.
    pub login: LoginState,
}

/// Makes an account.
#[page(
    route = "/register",
    template = "rdj/auth/register.html",
    title = "Create account",
    discover = false
)]
pub struct RegisterPage {
    /// Form and events.
    pub register: RegisterState,
}

/// Asks for a link that sets a new password.
#[page(
    route = "/password-reset",
    template = "rdj/auth/password_reset.html",
    title = "Reset password",
    discover = false
)]
pub struct PasswordResetPage {
    /// Form and events.
    pub reset: PasswordResetState,
}

/// Sets a new password by a link.
#[page(
    route = "/password-reset/confirm/{uid}/{key}",
    template = "rdj/auth/password_reset_confirm.html",
    title = "Set new password",
    discover = false
)]
pub struct PasswordResetConfirmPage {
    /// Whose link it is.
    pub uid: String,
    /// The token, or what stands in its place.
    pub key: String,
    /// Form and events.
    pub confirm: PasswordResetConfirmState,
}

/// Changes the own password.
#[page(
    route = "/password-change",
    template = "rdj/auth/password_change.html",
    title = "Change password",
    login,
    discover = false
)]
pub struct PasswordChangePage {
    /// Form and events.
    pub change: PasswordChangeState,
}
