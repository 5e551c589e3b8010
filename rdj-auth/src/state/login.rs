//! Signing in.

use rdj_macros::{app_state, events};
use rdj_runtime::{Cx, Result, i18n::Text, session::Expiry};

use super::{
    AuthField, FormErrors, Look,
    common::{self, allowed, next_of, open, private, send_on, with_next},
    field::focus,
    look::identifier,
};
use crate::cx::{CxAuth as _, LoginError};

const FIELDS: [&str; 2] = ["username", "password"];

/// The login page: the form `username`, `password`, `remember`, `next`.
///
/// A page of one's own has it as a field: `#[page(route = "/login", template = "my_login.html")] pub
/// struct MyLogin { pub login: LoginState }`, and its template can begin with
/// `{% extends "rdj/auth/login.html" %}`.
#[app_state(name = "login")]
#[derive(Debug)]
pub struct LoginState {
    /// The name or the address, as it was typed.
    #[var(bind, max_length = 254)]
    pub username: String,
    /// Whether the sign-in outlives the browser.
    #[var(bind)]
    pub remember: bool,
    /// Where to go afterwards; checked before it is used.
    #[var(bind, query, max_length = 2048)]
    pub next: String,
    /// Why nobody is signed in.
    pub errors: FormErrors,
}

#[events]
impl LoginState {
    #[on_load]
    async fn on_load_login(&mut self, cx: &Cx) -> Result {
        private(cx)?;
        let settings = open(cx, |_| true)?.settings();
        self.next = next_of(cx, &self.next);
        send_on(cx, settings, &self.next);
        Ok(())
    }

    /// Signs in with the form that is sent.
    async fn submit(&mut self, cx: &Cx) -> Result {
        let settings = open(cx, |_| true)?.settings();
        let password = common::form(cx)?.get("password").unwrap_or_default();
        self.errors.clear();
        if send_on(cx, settings, &self.next) {
            return Ok(());
        }
        if self.username.trim().is_empty() {
            let key = if identifier().0 {
                "username_required"
            } else {
                "email_required"
            };
            self.errors.add("username", settings.messages.text(key));
        }
        if password.is_empty() {
            let text = Text::key("auth-password-required");
            self.errors.add("password", text);
        }
        if self.errors.is_empty() {
            match cx.login(&self.username, password).await? {
                Ok(_) => {
                    self.stay(cx)?;
                    let to = allowed(cx, &self.next).unwrap_or(&settings.login_redirect_url);
                    cx.redirect_replacing(to);
                    return Ok(());
                }
                Err(LoginError::Invalid { text }) => self.errors.add_form(text),
                Err(LoginError::Throttled { .. }) => common::throttled(cx, &mut self.errors),
            }
        }
        cx.focus(format!("login-{}", focus(&self.errors, &FIELDS)));
        Ok(())
    }
}

impl LoginState {
    /// Texts, addresses and the brand.
    #[must_use]
    pub fn look(&self) -> Look {
        Look
    }

    /// The field for the name or the address.
    #[must_use]
    pub fn username_field(&self) -> AuthField {
        let field = AuthField::new("login", "username", Look.identifier_label(), &self.errors);
        let field = match identifier() {
            (true, true) => AuthField {
                autocomplete: "username email",
                max_length: Some(254),
                ..field.username(&self.username)
            },
            (false, true) => field.email(&self.username),
            _ => field.username(&self.username),
        };
        field
            .refused("login", &self.errors)
            .focused(focus(&self.errors, &FIELDS) == "username")
    }

    /// The field for the password.
    #[must_use]
    pub fn password_field(&self) -> AuthField {
        let label = Look.text("login_password_label");
        let field = AuthField::new("login", "password", label, &self.errors);
        field
            .password()
            .refused("login", &self.errors)
            .focused(focus(&self.errors, &FIELDS) == "password")
    }

    /// The address of the page for new accounts, with the way back; none if there is no such page.
    #[must_use]
    pub fn signup_url(&self) -> Option<String> {
        let signup = Look.routes().signup?;
        Some(with_next(&signup, &self.next))
    }

    /// The address of the page for forgotten passwords, if there is one.
    #[must_use]
    pub fn password_reset_url(&self) -> Option<String> {
        Look.routes().password_reset
    }

    /// Without "remember me" the cookie ends with the browser.
    fn stay(&self, cx: &Cx) -> Result {
        if !self.remember {
            cx.session()?.set_expiry(Some(Expiry::OnSessionEnd));
        }
        Ok(())
    }
}
