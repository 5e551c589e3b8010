//! Asking for a link that sets a new password.

use std::time::Duration;

use rdj_macros::{app_state, events};
use rdj_runtime::{
    Cx, Result,
    i18n::{Locale, Text, Value},
    mail::{Mail, Mailer},
};

use super::{
    AuthField, FormErrors, Look,
    common::{attempt, is_email, open, private},
    field::focus,
};
use crate::{
    auth::Auth,
    cx::CxAuth as _,
    entity::user,
    page::{AuthRoutes, SiteOrigin},
    password,
    token::uid,
};

/// How long after the answer the account is looked up.
const PAUSE: Duration = Duration::from_millis(100);

/// The page for forgotten passwords: the form `email`.
///
/// Its answer is always the same and takes the same time, whoever has the address.
#[app_state(name = "password_reset")]
#[derive(Debug)]
pub struct PasswordResetState {
    /// The address, as it was typed.
    #[var(bind, max_length = 254)]
    pub email: String,
    /// Whether the form was sent: then the page says so.
    pub sent: bool,
    /// Why nothing was sent.
    pub errors: FormErrors,
}

#[events]
impl PasswordResetState {
    #[on_load]
    async fn on_load_password_reset(&mut self, cx: &Cx) -> Result {
        private(cx)?;
        open(cx, |settings| settings.password_reset_enabled)?;
        Ok(())
    }

    /// Mails links to the accounts of the address in the form.
    async fn submit(&mut self, cx: &Cx) -> Result {
        let auth = open(cx, |settings| settings.password_reset_enabled)?;
        self.errors.clear();
        self.sent = false;
        let email = self.email.trim().to_owned();
        if email.is_empty() {
            let text = auth.settings().messages.text("email_required");
            self.errors.add("email", text);
        } else if !is_email(&email) {
            self.errors.add("email", Text::key("auth-email-invalid"));
        } else if attempt(cx, "reset", &email, &mut self.errors).await? {
            let post = Post::new(cx)?;
            // apart from the answer: its time does not tell whether there is such an account
            tokio::spawn(async move {
                // on the same thread it would hold up this very answer, longer for a known address
                tokio::time::sleep(PAUSE).await;
                if let Err(error) = post.send(&email).await {
                    tracing::error!(%error, "reset links could not be mailed");
                }
            });
            self.sent = true;
            self.email.clear();
            return Ok(());
        }
        cx.focus(format!(
            "password-reset-{}",
            focus(&self.errors, &["email"])
        ));
        Ok(())
    }
}

impl PasswordResetState {
    /// Texts, addresses and the brand.
    #[must_use]
    pub fn look(&self) -> Look {
        Look
    }

    /// The field for the address.
    #[must_use]
    pub fn email_field(&self) -> AuthField {
        let label = Look.text("reset_email_label");
        let field = AuthField::new("password-reset", "email", label, &self.errors);
        field.email(&self.email).focused(true)
    }

    /// The address of the login page.
    #[must_use]
    pub fn login_url(&self) -> String {
        Look.routes().login
    }
}

/// What is needed to write the mails, without the request.
struct Post {
    auth: Auth,
    mailer: Mailer,
    routes: AuthRoutes,
    origin: SiteOrigin,
    locale: Locale,
}

impl Post {
    fn new(cx: &Cx) -> Result<Self> {
        Ok(Self {
            auth: cx.auth()?.clone(),
            mailer: cx.mailer()?.clone(),
            routes: AuthRoutes::of(cx),
            origin: SiteOrigin::of(cx),
            locale: Locale::current(),
        })
    }

    /// One mail to each active user with this address and a password, to the address that is stored.
    async fn send(&self, email: &str) -> Result {
        let users = self.auth.users(self.auth.db());
        for user in users.by_email(email).await? {
            if user.is_active && password::is_usable(&user.password) {
                self.mailer.enqueue(&self.mail(&user))?;
            }
        }
        Ok(())
    }

    fn mail(&self, user: &user::Model) -> Mail {
        let token = self.auth.reset_tokens().make(user);
        let path = self
            .routes
            .password_reset_link(&uid(user.id.into()), &token);
        let link = format!("{}{path}", self.origin.as_str());
        let settings = self.auth.settings();
        let site = match settings.brand_text.as_str() {
            "" => self.origin.host().to_owned(),
            brand => brand.to_owned(),
        };
        let hours = settings.password_reset_timeout.as_secs() / 3600;
        let text = |key: &str, args: &[(&str, Value)]| self.locale.text_with(key, args);
        let subject = text("auth-reset-mail-subject", &[("site", site.clone().into())]);
        let args = [
            ("site", site.into()),
            ("link", link.clone().into()),
            ("username", user.username.clone().into()),
        ];
        // marks around a value, invisible in a sentence, would become part of the link
        let marked = format!("\u{2068}{link}\u{2069}");
        let body = text("auth-reset-mail-body", &args).replace(&marked, &link);
        let valid = text("auth-reset-mail-valid", &[("hours", hours.max(1).into())]);
        Mail::new(&user.email, subject, format!("{body}\n\n{valid}\n"))
    }
}
