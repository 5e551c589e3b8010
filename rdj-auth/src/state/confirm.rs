//! Setting a new password by the link of a mail.

use rdj_macros::{app_state, events};
use rdj_runtime::{Cx, Result};

use super::{
    AuthField, FormErrors, Look,
    common::{self, check_new, open, private},
    field::focus,
};
use crate::{
    cx::CxAuth as _,
    entity::user,
    page::AuthRoutes,
    token::{parse_uid, uid},
    validate::Person,
};

/// The key of the session that has the token of the link.
const TOKEN: &str = "_password_reset_token";
/// Stands in the address where the token was.
const SET_PASSWORD: &str = "set-password";

const FIELDS: [&str; 2] = ["new_password", "confirm_password"];

/// The page of a reset link: the form `new_password`, `confirm_password`.
///
/// The token of a good link moves into the session, and the browser to an address without it: it shows
/// up in no history, log or `Referer`. Nobody is signed in by a link.
#[app_state(name = "password_reset_confirm")]
#[derive(Debug)]
pub struct PasswordResetConfirmState {
    /// Whether the link is good.
    pub valid: bool,
    /// Whether the link was looked at.
    pub loaded: bool,
    /// Why the password was not set.
    pub errors: FormErrors,
    /// Whose password it is: password managers want to know, and nothing else reads it.
    #[var(bind, max_length = 254)]
    pub username: String,
}

#[events]
impl PasswordResetConfirmState {
    #[on_load]
    async fn on_load_password_reset_confirm(&mut self, cx: &Cx) -> Result {
        private(cx)?;
        open(cx, |settings| settings.password_reset_enabled)?;
        self.loaded = true;
        let key: String = cx.param("key")?;
        if key == SET_PASSWORD {
            if let Some(user) = linked(cx).await? {
                self.valid = true;
                self.username = user.username;
            }
            return Ok(());
        }
        if let Some(user) = user_of(cx, &key).await? {
            cx.session()?.insert(TOKEN, key).await?;
            let uid = uid(user.id.into());
            cx.redirect_replacing(AuthRoutes::of(cx).password_reset_link(&uid, SET_PASSWORD));
        }
        Ok(())
    }

    /// Sets the password of the form that is sent.
    async fn submit(&mut self, cx: &Cx) -> Result {
        let settings = open(cx, |settings| settings.password_reset_enabled)?.settings();
        self.errors.clear();
        let Some(user) = linked(cx).await? else {
            // it was used or grew too old meanwhile
            self.valid = false;
            return Ok(());
        };
        let form = common::form(cx)?;
        let entry = |name: &'static str| (name, form.get(name).unwrap_or_default());
        let given = FIELDS.map(entry);
        check_new(settings, &Person::from(&user), given, &mut self.errors);
        if !self.errors.is_empty() {
            let id = focus(&self.errors, &FIELDS);
            cx.focus(format!("password-reset-confirm-{id}"));
            return Ok(());
        }
        let [(_, password), _] = given;
        cx.users()?.set_password(&user, password).await?;
        cx.session()?.remove_value(TOKEN).await?;
        cx.messages()
            .success(settings.messages.text("reset_success"));
        cx.redirect_replacing(AuthRoutes::of(cx).login);
        Ok(())
    }
}

impl PasswordResetConfirmState {
    /// Texts, addresses and the brand.
    #[must_use]
    pub fn look(&self) -> Look {
        Look
    }

    /// The field for the new password, with the rules for it.
    #[must_use]
    pub fn new_password_field(&self) -> AuthField {
        self.field("new_password", "reset_confirm_password_label")
            .new_password()
    }

    /// The field for the new password once more.
    #[must_use]
    pub fn confirm_password_field(&self) -> AuthField {
        self.field("confirm_password", "reset_confirm_confirm_label")
            .repeated()
    }

    /// The address of the login page.
    #[must_use]
    pub fn login_url(&self) -> String {
        Look.routes().login
    }

    /// The address of the page that sends another link, if there is one.
    #[must_use]
    pub fn password_reset_url(&self) -> Option<String> {
        Look.routes().password_reset
    }

    fn field(&self, name: &'static str, label: &str) -> AuthField {
        let label = Look.text(label);
        let field = AuthField::new("password-reset-confirm", name, label, &self.errors);
        field.focused(focus(&self.errors, &FIELDS) == name)
    }
}

/// The user of the address, if the token of the session is good for it.
async fn linked(cx: &Cx) -> Result<Option<user::Model>> {
    match cx.session()?.get::<String>(TOKEN).await? {
        Some(token) => user_of(cx, &token).await,
        None => Ok(None),
    }
}

/// The user of the address, if it may sign in and the token is good for it.
async fn user_of(cx: &Cx, token: &str) -> Result<Option<user::Model>> {
    let uid: String = cx.param("uid")?;
    let Some(id) = parse_uid(&uid) else {
        return Ok(None);
    };
    let user = cx.users()?.by_id(id).await?;
    let tokens = cx.auth()?.reset_tokens();
    Ok(user.filter(|user| user.is_active && tokens.check(user, token)))
}
