//! Texts of the auth pages that an application replaces.

use std::collections::BTreeMap;

use rdj_runtime::{Error, Result};

use super::LoginField;

/// Every text with its English default.
const TEXTS: &[(&str, &str)] = &[
    ("invalid_credentials", "Invalid username or password."),
    ("username_taken", "That username is already taken."),
    ("email_taken", "That email is already registered."),
    ("password_mismatch", "Passwords do not match."),
    ("password_too_short", "Password is too short."),
    ("username_required", "Username is required."),
    ("email_required", "Email is required."),
    (
        "reset_email_sent",
        "If an account exists for that address, you will receive reset instructions.",
    ),
    (
        "reset_success",
        "Your password has been set. You can sign in now.",
    ),
    (
        "reset_invalid_link",
        "This reset link is invalid or has expired.",
    ),
    ("registration_success", "Account created successfully."),
    ("login_heading", "Sign in"),
    ("login_submit", "Sign in"),
    ("login_signup_link", "Create account"),
    ("login_forgot_link", "Forgot password?"),
    ("register_heading", "Create an account"),
    ("register_submit", "Sign up"),
    ("register_signin_link", "Sign in"),
    ("register_username_label", "Username"),
    ("register_email_label", "Email"),
    ("register_email_optional_label", "Email (optional)"),
    ("register_password_label", "Password"),
    ("register_confirm_password_label", "Confirm password"),
    ("reset_heading", "Reset password"),
    (
        "reset_instructions",
        "Enter your account email and we will send reset instructions.",
    ),
    ("reset_submit", "Send reset link"),
    ("reset_back_link", "Back to sign in"),
    ("reset_confirm_heading", "Choose a new password"),
    ("reset_confirm_submit", "Update password"),
    ("reset_confirm_loading", "Checking reset link..."),
    ("reset_confirm_password_label", "New password"),
    ("reset_confirm_confirm_label", "Confirm password"),
];

/// Texts instead of the default ones, by key.
///
/// ```
/// use rdj_auth::settings::AuthMessages;
///
/// let messages = AuthMessages::default().with("login_heading", "Welcome back");
/// assert_eq!(messages.english("login_heading"), "Welcome back");
/// assert_eq!(messages.english("login_submit"), "Sign in");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthMessages(BTreeMap<String, String>);

impl AuthMessages {
    /// Replaces the text of a key; an unknown key is an error when [`Auth`](crate::Auth) is made.
    #[must_use]
    pub fn with(mut self, key: impl Into<String>, text: impl Into<String>) -> Self {
        self.0.insert(key.into(), text.into());
        self
    }

    /// The replaced text of the key, if it is replaced.
    #[must_use]
    pub fn replaced(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    /// The replaced text, else the English one; the key itself where there is none.
    #[must_use]
    pub fn english<'a>(&'a self, key: &'a str) -> &'a str {
        let default = || TEXTS.iter().find(|(known, _)| *known == key);
        self.replaced(key)
            .or_else(|| default().map(|(_, text)| *text))
            .unwrap_or(key)
    }

    /// [`AuthMessages::english`] of `invalid_credentials`, which names what users sign in with.
    #[must_use]
    pub fn invalid_credentials(&self, fields: &[LoginField]) -> &str {
        let key = "invalid_credentials";
        if let Some(replaced) = self.replaced(key) {
            return replaced;
        }
        let has = |field| fields.contains(&field);
        match (has(LoginField::Username), has(LoginField::Email)) {
            (true, true) => "Invalid username, email, or password.",
            (false, true) => "Invalid email or password.",
            _ => self.english(key),
        }
    }

    /// Every key with its English default.
    #[must_use]
    pub fn keys() -> &'static [(&'static str, &'static str)] {
        TEXTS
    }

    pub(super) fn check(&self) -> Result {
        let known = |key: &String| TEXTS.iter().any(|(known, _)| known == key);
        match self.0.keys().find(|key| !known(key)) {
            None => Ok(()),
            Some(key) => Err(Error::Setup(format!(
                "auth settings: there is no message `{key}`; the messages are those of \
                 `AuthMessages::keys()`"
            ))),
        }
    }
}
