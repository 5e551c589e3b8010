//! Texts of the auth pages that an application replaces.

use std::collections::BTreeMap;

use rdj_runtime::{Error, Result, i18n::Text};

use super::LoginField;

/// Every text with its key in the catalogues.
const TEXTS: &[(&str, &str)] = &[
    ("invalid_credentials", "auth-invalid-credentials"),
    ("username_taken", "auth-username-taken"),
    ("email_taken", "auth-email-taken"),
    ("password_mismatch", "auth-password-mismatch"),
    ("password_too_short", "auth-password-too-short"),
    ("username_required", "auth-username-required"),
    ("email_required", "auth-email-required"),
    ("reset_email_sent", "auth-reset-email-sent"),
    ("reset_success", "auth-reset-success"),
    ("reset_invalid_link", "auth-reset-invalid-link"),
    ("registration_success", "auth-registration-success"),
    ("login_heading", "auth-login-heading"),
    ("login_submit", "auth-login-submit"),
    ("login_signup_link", "auth-login-signup-link"),
    ("login_forgot_link", "auth-login-forgot-link"),
    ("register_heading", "auth-register-heading"),
    ("register_submit", "auth-register-submit"),
    ("register_signin_link", "auth-register-signin-link"),
    ("register_username_label", "auth-register-username-label"),
    ("register_email_label", "auth-register-email-label"),
    (
        "register_email_optional_label",
        "auth-register-email-optional-label",
    ),
    ("register_password_label", "auth-register-password-label"),
    (
        "register_confirm_password_label",
        "auth-register-confirm-password-label",
    ),
    ("reset_heading", "auth-reset-heading"),
    ("reset_instructions", "auth-reset-instructions"),
    ("reset_submit", "auth-reset-submit"),
    ("reset_back_link", "auth-reset-back-link"),
    ("reset_confirm_heading", "auth-reset-confirm-heading"),
    ("reset_confirm_submit", "auth-reset-confirm-submit"),
    ("reset_confirm_loading", "auth-reset-confirm-loading"),
    (
        "reset_confirm_password_label",
        "auth-reset-confirm-password-label",
    ),
    (
        "reset_confirm_confirm_label",
        "auth-reset-confirm-confirm-label",
    ),
];

/// Texts instead of those of the catalogues, by key.
///
/// ```
/// use rdj_auth::settings::AuthMessages;
///
/// let messages = AuthMessages::default().with("login_heading", "Welcome back");
/// assert_eq!(messages.text("login_heading"), "Welcome back");
/// assert_eq!(messages.text("login_submit"), "Sign in");
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

    /// The replaced text, else that of the catalogues; the key itself where there is none.
    #[must_use]
    pub fn text(&self, key: &str) -> Text {
        if let Some(replaced) = self.replaced(key) {
            return Text::literal(replaced.to_owned());
        }
        match TEXTS.iter().find(|(known, _)| *known == key) {
            Some((_, id)) => Text::key(id),
            None => Text::literal(key.to_owned()),
        }
    }

    /// [`AuthMessages::text`] of `invalid_credentials`, which names what users sign in with.
    #[must_use]
    pub fn invalid_credentials(&self, fields: &[LoginField]) -> Text {
        let key = "invalid_credentials";
        let has = |field| fields.contains(&field);
        match (has(LoginField::Username), has(LoginField::Email)) {
            _ if self.replaced(key).is_some() => self.text(key),
            (true, true) => Text::key("auth-invalid-credentials-both"),
            (false, true) => Text::key("auth-invalid-credentials-email"),
            _ => self.text(key),
        }
    }

    /// Every key with that of the catalogues.
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
