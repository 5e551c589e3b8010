//! Making an account.

use rdj_macros::{app_state, events};
use rdj_runtime::{Cx, Result, i18n::Text};

use super::{
    AuthField, FormErrors, Look,
    common::{
        self, allowed, attempt, check_new, is_email, next_of, open, private, send_on, with_next,
    },
    field::focus,
    look::with_settings,
};
use crate::{
    cx::CxAuth as _,
    page::AuthRoutes,
    settings::{AuthSettings, LoginField},
    user::{NewUser, UserError, username},
};

const FIELDS: [&str; 4] = ["username", "email", "password", "confirm_password"];

/// The page for new accounts: the form `username`, `email`, `password`, `confirm_password`.
///
/// All mistakes are told at once. A new account is active and signed in.
#[app_state(name = "register")]
#[derive(Debug)]
pub struct RegisterState {
    /// The name, as it was typed.
    #[var(bind, max_length = 254)]
    pub username: String,
    /// The address, as it was typed.
    #[var(bind, max_length = 254)]
    pub email: String,
    /// Where to go afterwards; checked before it is used.
    #[var(bind, query, max_length = 2048)]
    pub next: String,
    /// Why there is no account yet.
    pub errors: FormErrors,
}

#[events]
impl RegisterState {
    #[on_load]
    async fn on_load_register(&mut self, cx: &Cx) -> Result {
        private(cx)?;
        let settings = open(cx, |settings| settings.signup_enabled)?.settings();
        self.next = next_of(cx, &self.next);
        send_on(cx, settings, &self.next);
        Ok(())
    }

    /// Makes the account of the form that is sent.
    async fn submit(&mut self, cx: &Cx) -> Result {
        let settings = open(cx, |settings| settings.signup_enabled)?.settings();
        self.errors.clear();
        if send_on(cx, settings, &self.next) {
            return Ok(());
        }
        let new = self.check(cx, settings)?;
        let may = self.errors.is_empty()
            && attempt(cx, "register", &self.username, &mut self.errors).await?;
        if may {
            self.create(cx, settings, new).await?;
        }
        if !self.errors.is_empty() {
            cx.focus(format!("register-{}", focus(&self.errors, &FIELDS)));
        }
        Ok(())
    }
}

impl RegisterState {
    /// Texts, addresses and the brand.
    #[must_use]
    pub fn look(&self) -> Look {
        Look
    }

    /// The field for the name.
    #[must_use]
    pub fn username_field(&self) -> AuthField {
        let least = with_settings(|settings| settings.username_min_length);
        AuthField {
            min_length: (least > 1).then_some(least),
            ..self.field("username", "register_username_label")
        }
        .username(&self.username)
    }

    /// The field for the address.
    #[must_use]
    pub fn email_field(&self) -> AuthField {
        let required = with_settings(needs_email);
        let label = if required {
            "register_email_label"
        } else {
            "register_email_optional_label"
        };
        AuthField {
            required,
            ..self.field("email", label).email(&self.email)
        }
    }

    /// The field for the password, with the rules for it.
    #[must_use]
    pub fn password_field(&self) -> AuthField {
        self.field("password", "register_password_label")
            .new_password()
    }

    /// The field for the password once more.
    #[must_use]
    pub fn confirm_password_field(&self) -> AuthField {
        self.field("confirm_password", "register_confirm_password_label")
            .repeated()
    }

    /// The address of the login page, with the way back.
    #[must_use]
    pub fn login_url(&self) -> String {
        with_next(&Look.routes().login, &self.next)
    }

    fn field(&self, name: &'static str, label: &str) -> AuthField {
        let field = AuthField::new("register", name, Look.text(label), &self.errors);
        field.focused(focus(&self.errors, &FIELDS) == name)
    }

    /// Looks at what was typed, without the database.
    fn check(&mut self, cx: &Cx, settings: &AuthSettings) -> Result<NewUser> {
        let form = common::form(cx)?;
        let entry = |name: &str| form.get(name).unwrap_or_default();
        let (name, email) = (self.username.trim(), self.email.trim());
        let least = settings.username_min_length;
        match username(name) {
            Err(_) if name.is_empty() => {
                let text = settings.messages.text("username_required");
                self.errors.add("username", text);
            }
            Err(error) => self.errors.add("username", error.text()),
            Ok(name) if name.chars().count() < least => {
                let text = Text::key("auth-username-too-short").arg("count", least);
                self.errors.add("username", text);
            }
            Ok(_) => {}
        }
        if email.is_empty() && needs_email(settings) {
            let text = settings.messages.text("email_required");
            self.errors.add("email", text);
        } else if !email.is_empty() && !is_email(email) {
            self.errors.add("email", Text::key("auth-email-invalid"));
        }
        let password = entry("password");
        let new = NewUser::new(name).email(email).password(password);
        let given = [
            ("password", password),
            ("confirm_password", entry("confirm_password")),
        ];
        check_new(settings, &new.person(), given, &mut self.errors);
        Ok(new)
    }

    /// Makes the account and signs in, unless the name or the address is taken.
    async fn create(&mut self, cx: &Cx, settings: &AuthSettings, new: NewUser) -> Result {
        let users = cx.users()?;
        // without a session there is nobody to sign in: then there is no account either
        cx.session()?;
        if users.is_username_taken(self.username.trim()).await? {
            self.taken(settings);
        }
        if !users.by_email(&self.email).await?.is_empty() {
            let text = settings.messages.text("email_taken");
            self.errors.add("email", text);
        }
        if !self.errors.is_empty() {
            return Ok(());
        }
        match users.create_user(new).await {
            Ok(user) => {
                cx.login_user(user.id.into()).await?;
                cx.messages()
                    .success(settings.messages.text("registration_success"));
                cx.redirect_replacing(self.destination(cx, settings));
            }
            // somebody was faster
            Err(UserError::UsernameTaken) => self.taken(settings),
            Err(UserError::Username(error)) => self.errors.add("username", error.text()),
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    fn taken(&mut self, settings: &AuthSettings) {
        let text = settings.messages.text("username_taken");
        self.errors.add("username", text);
    }

    /// The login page would send a signed-in user on; this goes there at once.
    fn destination(&self, cx: &Cx, settings: &AuthSettings) -> String {
        let login = AuthRoutes::of(cx).login;
        let next = allowed(cx, &self.next);
        let after = settings.signup_redirect_url.as_deref();
        let after = after.filter(|to| *to != login && *to != settings.login_url);
        next.or(after)
            .unwrap_or_else(|| settings.when_authenticated())
            .to_owned()
    }
}

/// An account without an address could not sign in where users sign in with it alone.
fn needs_email(settings: &AuthSettings) -> bool {
    settings.email_required || !settings.logs_in_with(LoginField::Username)
}
