//! Changing one's own password.

use rdj_macros::{app_state, events};
use rdj_runtime::{Cx, Result, i18n::Text};

use super::{
    AuthField, FormErrors, Look,
    common::{self, check_new, open, private},
    field::focus,
};
use crate::cx::{ChangeError, CxAuth as _, person};

const FIELDS: [&str; 3] = ["old_password", "new_password", "confirm_password"];

/// The page that changes the own password: the form `old_password`, `new_password`,
/// `confirm_password`.
///
/// This session goes on under another key; all others of the user end.
#[app_state(name = "password_change", login)]
#[derive(Debug)]
pub struct PasswordChangeState {
    /// Why the password was not changed.
    pub errors: FormErrors,
    /// Whose password it is: password managers want to know, and nothing else reads it.
    #[var(bind, max_length = 254)]
    pub username: String,
}

#[events]
impl PasswordChangeState {
    #[on_load]
    async fn on_load_password_change(&mut self, cx: &Cx) -> Result {
        private(cx)?;
        open(cx, |_| true)?;
        cx.require_user()?.name().clone_into(&mut self.username);
        Ok(())
    }

    /// Sets the password of the form that is sent.
    async fn submit(&mut self, cx: &Cx) -> Result {
        let settings = open(cx, |_| true)?.settings();
        let user = cx.require_user()?;
        self.errors.clear();
        let form = common::form(cx)?;
        let entry = |name: &'static str| (name, form.get(name).unwrap_or_default());
        let [(_, old), new, confirm] = FIELDS.map(entry);
        if old.is_empty() {
            let text = Text::key("auth-password-required");
            self.errors.add("old_password", text);
        }
        check_new(settings, &person(&user), [new, confirm], &mut self.errors);
        if self.errors.is_empty() {
            match cx.change_password(old, new.1).await? {
                Ok(()) => {
                    let text = Look.text("change_success");
                    cx.messages().success(text);
                    cx.redirect_replacing(cx.uri().path());
                    return Ok(());
                }
                Err(ChangeError::WrongPassword) => {
                    let text = Text::key("auth-change-wrong-old");
                    self.errors.add("old_password", text);
                }
                Err(ChangeError::Rules(reasons)) => {
                    for reason in reasons {
                        self.errors.add("new_password", reason);
                    }
                }
                Err(ChangeError::Throttled { .. }) => common::throttled(cx, &mut self.errors),
            }
        }
        let id = focus(&self.errors, &FIELDS);
        cx.focus(format!("password-change-{id}"));
        Ok(())
    }
}

impl PasswordChangeState {
    /// Texts, addresses and the brand.
    #[must_use]
    pub fn look(&self) -> Look {
        Look
    }

    /// The field for the password of now.
    #[must_use]
    pub fn old_password_field(&self) -> AuthField {
        self.field("old_password", "change_old_label").password()
    }

    /// The field for the new password, with the rules for it.
    #[must_use]
    pub fn new_password_field(&self) -> AuthField {
        self.field("new_password", "change_new_label")
            .new_password()
    }

    /// The field for the new password once more.
    #[must_use]
    pub fn confirm_password_field(&self) -> AuthField {
        self.field("confirm_password", "change_confirm_label")
            .repeated()
    }

    /// Where to go without a change.
    #[must_use]
    pub fn back_url(&self) -> String {
        super::look::with_settings(|settings| settings.login_redirect_url.clone())
    }

    fn field(&self, name: &'static str, label: &str) -> AuthField {
        let field = AuthField::new("password-change", name, Look.text(label), &self.errors);
        field.focused(focus(&self.errors, &FIELDS) == name)
    }
}
