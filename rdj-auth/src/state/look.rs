//! What the templates of the auth pages ask about the application.

use std::sync::LazyLock;

use rdj_runtime::{current_cx, current_user, i18n};

use crate::{
    auth::Auth,
    page::AuthRoutes,
    settings::{AuthSettings, LoginField},
};

/// Texts, addresses and the brand for templates: `{{ login.look().text("login_heading") }}`.
///
/// It answers for the application whose page is being rendered, in the language of its user.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look;

impl Look {
    /// The text of a key: that of [`AuthSettings::messages`], else that of the catalogues, where
    /// `login_heading` is `auth-login-heading`.
    #[must_use]
    pub fn text(self, key: &str) -> String {
        let replaced = with_settings(|settings| settings.messages.replaced(key).map(str::to_owned));
        replaced.unwrap_or_else(|| i18n::text(&format!("auth-{}", key.replace('_', "-"))))
    }

    /// ` class` names of [`AuthSettings::page_classes`] for a part, with a blank before them: `shell`,
    /// `brand`, `card`, `heading`, `form`, `submit` and `links`.
    #[must_use]
    pub fn class(self, part: &str) -> String {
        with_settings(|settings| {
            let class = settings.page_classes.get(part);
            class.map_or_else(String::new, |class| format!(" {class}"))
        })
    }

    /// The name of the site; empty for none.
    #[must_use]
    pub fn brand_text(self) -> String {
        with_settings(|settings| settings.brand_text.clone())
    }

    /// The address of the site's icon; empty for none.
    #[must_use]
    pub fn brand_icon_src(self) -> String {
        with_settings(|settings| settings.brand_icon_src.clone())
    }

    /// The addresses of the pages.
    #[must_use]
    pub fn routes(self) -> AuthRoutes {
        let of_app = current_cx().ok().map(|cx| AuthRoutes::of(&cx));
        of_app.unwrap_or_else(|| AuthRoutes::from_settings(&DEFAULT))
    }

    /// Who is signed in, as a sentence; empty for nobody.
    #[must_use]
    pub fn signed_in_as(self) -> String {
        let user = current_user().ok().flatten();
        user.map_or_else(String::new, |user| {
            i18n::text_with("auth-signed-in-as", &[("name", user.display_name().into())])
        })
    }

    /// The label of what users sign in with.
    #[must_use]
    pub fn identifier_label(self) -> String {
        self.text(match identifier() {
            (true, true) => "login_username_or_email_label",
            (false, true) => "login_email_label",
            _ => "login_username_label",
        })
    }
}

static DEFAULT: LazyLock<AuthSettings> = LazyLock::new(AuthSettings::default);

/// The settings of the application whose page is being rendered.
pub(super) fn with_settings<T>(f: impl FnOnce(&AuthSettings) -> T) -> T {
    match current_cx() {
        Ok(cx) => match cx.resource::<Auth>() {
            Ok(auth) => f(auth.settings()),
            Err(_) => f(&DEFAULT),
        },
        Err(_) => f(&DEFAULT),
    }
}

/// Whether users sign in with their name, and whether with their address.
pub(super) fn identifier() -> (bool, bool) {
    with_settings(|settings| {
        let with = |field| settings.logs_in_with(field);
        (with(LoginField::Username), with(LoginField::Email))
    })
}
