//! Where the pages of an application are.

use rdj_runtime::Cx;

use crate::{auth::Auth, settings::AuthSettings};

/// The address of the page for changing the own password, where none is chosen.
const PASSWORD_CHANGE: &str = "/password-change";
/// The address that signs out, where none is chosen.
const LOGOUT: &str = "/logout";

/// The addresses of the pages; none where a page is switched off.
///
/// They follow [`AuthSettings`], unless [`AuthPages`](super::AuthPages) says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuthRoutes {
    /// The login page.
    pub login: String,
    /// The page for new accounts.
    pub signup: Option<String>,
    /// The page that asks for a reset link.
    pub password_reset: Option<String>,
    /// The page of a reset link, with `{uid}` and `{key}`.
    pub password_reset_confirm: Option<String>,
    /// The page for changing the own password.
    pub password_change: Option<String>,
    /// What signs out, by POST.
    pub logout: Option<String>,
}

impl AuthRoutes {
    /// The addresses that the settings give.
    #[must_use]
    pub fn from_settings(settings: &AuthSettings) -> Self {
        let reset = settings.password_reset_enabled;
        Self {
            login: settings.login_url.clone(),
            signup: settings.signup_enabled.then(|| settings.signup_url.clone()),
            password_reset: reset.then(|| settings.password_reset_url.clone()),
            password_reset_confirm: reset.then(|| settings.password_reset_confirm_url.clone()),
            password_change: Some(PASSWORD_CHANGE.to_owned()),
            logout: Some(LOGOUT.to_owned()),
        }
    }

    /// The addresses in the application of this event or request.
    #[must_use]
    pub fn of(cx: &Cx) -> Self {
        match (cx.resource::<Self>(), cx.resource::<Auth>()) {
            (Ok(routes), _) => routes.clone(),
            (_, Ok(auth)) => Self::from_settings(auth.settings()),
            _ => Self::from_settings(&AuthSettings::default()),
        }
    }

    /// The path of a reset link.
    #[must_use]
    pub fn password_reset_link(&self, uid: &str, key: &str) -> String {
        let route = self.password_reset_confirm.as_deref().unwrap_or_default();
        route.replace("{uid}", uid).replace("{key}", key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follow_the_settings() {
        let settings = AuthSettings {
            login_url: "/signin".to_owned(),
            signup_enabled: false,
            ..AuthSettings::default()
        };
        let routes = AuthRoutes::from_settings(&settings);
        assert_eq!(routes.login, "/signin");
        assert_eq!(routes.signup, None);
        assert_eq!(
            routes.password_reset_link("MQ", "a-b"),
            "/password-reset/confirm/MQ/a-b"
        );
    }
}
