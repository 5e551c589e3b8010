//! What an application chooses about users and sign-in.

mod messages;
mod secret;

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use rdj_runtime::{Error, Guard, Result};

pub use self::{messages::AuthMessages, secret::Secret};
use crate::{
    backend::AuthBackend,
    password::Hashers,
    throttle::{MemoryThrottle, Throttle},
    validate::Validators,
};

/// What a user signs in with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LoginField {
    /// The username.
    Username,
    /// The e-mail address, whatever its case.
    Email,
}

/// The settings of users and sign-in.
///
/// ```
/// use rdj_auth::settings::{AuthSettings, LoginField};
///
/// let settings = AuthSettings {
///     login_fields: vec![LoginField::Email],
///     signup_enabled: false,
///     ..AuthSettings::default()
/// };
/// ```
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent switches")]
pub struct AuthSettings {
    /// Whether there are pages for signing in at all.
    pub enabled: bool,
    /// Whether people can make their own accounts.
    pub signup_enabled: bool,
    /// Whether people can set a new password by e-mail.
    pub password_reset_enabled: bool,
    /// The address of the login page.
    pub login_url: String,
    /// The address of the page for new accounts.
    pub signup_url: String,
    /// The address of the page that asks for a reset link.
    pub password_reset_url: String,
    /// The address in reset links, with `{uid}` and `{key}`.
    pub password_reset_confirm_url: String,
    /// Where a user goes after signing in without a page to return to.
    pub login_redirect_url: String,
    /// Where a user goes after signing out; none: [`AuthSettings::login_url`].
    pub logout_redirect_url: Option<String>,
    /// Where a user goes after making an account, if there is no page to return to. None, or the login
    /// page: [`AuthSettings::when_authenticated`], as a new account is signed in already.
    pub signup_redirect_url: Option<String>,
    /// Where a signed-in user goes from the login page; none: [`AuthSettings::login_redirect_url`].
    pub redirect_authenticated_user: Option<String>,
    /// What a user signs in with.
    pub login_fields: Vec<LoginField>,
    /// Who may sign in with credentials at all; by default everybody. Somebody else is answered as for
    /// a wrong password, and its `on_denied` counts for nothing. [`CxAuth::login_user`](crate::CxAuth::login_user) does not ask for it, and
    /// [`CxAuth::login_guarded`](crate::CxAuth::login_guarded) asks for more on one page.
    pub login_guard: Guard,
    /// Whether a new account needs an e-mail address.
    pub email_required: bool,
    /// The shortest username of a new account.
    pub username_min_length: usize,
    /// The shortest password, in characters.
    pub password_min_length: usize,
    /// Texts instead of the catalogues'.
    pub messages: AuthMessages,
    /// The name of the site on the pages.
    pub brand_text: String,
    /// The address of the site's icon on the pages.
    pub brand_icon_src: String,
    /// CSS classes for parts of the pages, by part.
    pub page_classes: BTreeMap<String, String>,
    /// What sessions and links are signed with; none: `RDJ_SECRET_KEY`, else a random one that ends
    /// all sessions with the process.
    pub secret_key: Option<Secret>,
    /// Earlier secrets: what they signed is still good, and signed anew.
    pub secret_key_fallbacks: Vec<Secret>,
    /// How passwords are hashed.
    pub hashers: Hashers,
    /// Rules for new passwords; none: [`Validators::django`].
    pub validators: Option<Validators>,
    /// What slows down those who try passwords.
    pub throttle: Arc<dyn Throttle>,
    /// Where users come from, in the order they are asked; empty: [`ModelBackend`](crate::ModelBackend).
    pub backends: Vec<Arc<dyn AuthBackend>>,
    /// What of a session survives signing out.
    pub preserved_session_keys: Vec<String>,
    /// How long a reset link is good.
    pub password_reset_timeout: Duration,
}

impl Default for AuthSettings {
    fn default() -> Self {
        Self {
            enabled: true,
            signup_enabled: true,
            password_reset_enabled: true,
            login_url: "/login".to_owned(),
            signup_url: "/register".to_owned(),
            password_reset_url: "/password-reset".to_owned(),
            password_reset_confirm_url: "/password-reset/confirm/{uid}/{key}".to_owned(),
            login_redirect_url: "/".to_owned(),
            logout_redirect_url: None,
            signup_redirect_url: None,
            redirect_authenticated_user: None,
            login_fields: vec![LoginField::Username],
            login_guard: Guard::NONE,
            email_required: false,
            username_min_length: 1,
            password_min_length: 8,
            messages: AuthMessages::default(),
            brand_text: String::new(),
            brand_icon_src: String::new(),
            page_classes: BTreeMap::new(),
            secret_key: None,
            secret_key_fallbacks: Vec::new(),
            hashers: Hashers::default(),
            validators: None,
            throttle: Arc::new(MemoryThrottle::default()),
            backends: Vec::new(),
            preserved_session_keys: vec!["theme".to_owned()],
            password_reset_timeout: Duration::from_hours(3 * 24),
        }
    }
}

impl AuthSettings {
    /// Where a user goes after signing out.
    #[must_use]
    pub fn after_logout(&self) -> &str {
        self.logout_redirect_url
            .as_deref()
            .unwrap_or(&self.login_url)
    }

    /// The setting for after making an account, else the login page.
    ///
    /// The login page sends who is signed in on to [`AuthSettings::when_authenticated`]. The shipped page
    /// signs a new account in, and goes there at once in place of the login page.
    #[must_use]
    pub fn after_signup(&self) -> &str {
        self.signup_redirect_url
            .as_deref()
            .unwrap_or(&self.login_url)
    }

    /// Where a signed-in user goes from the login page.
    #[must_use]
    pub fn when_authenticated(&self) -> &str {
        self.redirect_authenticated_user
            .as_deref()
            .unwrap_or(&self.login_redirect_url)
    }

    /// Whether users sign in with this.
    #[must_use]
    pub fn logs_in_with(&self, field: LoginField) -> bool {
        self.login_fields.contains(&field)
    }

    /// The rules for new passwords.
    #[must_use]
    pub fn password_rules(&self) -> Validators {
        let given = self.validators.clone();
        given.unwrap_or_else(|| Validators::django(self.password_min_length))
    }

    /// Brings into shape and refuses what cannot work.
    pub(crate) fn checked(mut self) -> Result<Self> {
        let mut fields = Vec::new();
        for field in self.login_fields.drain(..) {
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
        self.login_fields = fields;
        if self.login_fields.is_empty() {
            return wrong("`login_fields` needs at least one of `Username` and `Email`");
        }
        self.password_reset_confirm_url = confirm_url(&self.password_reset_confirm_url)?;
        let addresses = [
            ("login_url", self.login_url.as_str()),
            ("signup_url", &self.signup_url),
            ("password_reset_url", &self.password_reset_url),
            (
                "password_reset_confirm_url",
                &self.password_reset_confirm_url,
            ),
            ("login_redirect_url", &self.login_redirect_url),
            ("logout_redirect_url", self.after_logout()),
            ("signup_redirect_url", self.after_signup()),
            ("redirect_authenticated_user", self.when_authenticated()),
        ];
        for (name, address) in addresses {
            if !address.starts_with('/') || address.starts_with("//") {
                return wrong(format!(
                    "`{name}` is `{address}`, and needs to be a path that begins with `/`"
                ));
            }
        }
        if self.password_reset_timeout.is_zero() {
            return wrong("`password_reset_timeout` is zero: no link would work");
        }
        self.messages.check()?;
        for secret in self.secret_key.iter().chain(&self.secret_key_fallbacks) {
            if secret.expose().is_empty() {
                return wrong("`secret_key` or one of `secret_key_fallbacks` is empty");
            }
        }
        Ok(self)
    }
}

/// The address in reset links, with the parameters as a route has them, however they are written.
///
/// # Errors
///
/// One of them is missing.
pub(crate) fn confirm_url(given: &str) -> Result<String> {
    let mut url = given.to_owned();
    for (other, own) in [
        ("[uid]", "{uid}"),
        ("[key]", "{key}"),
        ("[token]", "{key}"),
        ("{token}", "{key}"),
    ] {
        url = url.replace(other, own);
    }
    if !url.contains("{uid}") || !url.contains("{key}") {
        return wrong(format!(
            "`password_reset_confirm_url` is `{url}`, and needs `{{uid}}` and `{{key}}`"
        ));
    }
    Ok(url)
}

fn wrong<T>(what: impl std::fmt::Display) -> Result<T> {
    Err(Error::Setup(format!("auth settings: {what}")))
}
