//! Sign-in and sign-out as part of a state of one's own.

use rdj_runtime::{Cx, Result, i18n::Text};

use super::common;
use crate::{
    cx::{CxAuth as _, LoginError},
    settings::LoginField,
};

/// What a state of [`session_auth!`](crate::session_auth) chooses; all has a default.
#[derive(Clone, Copy, Debug)]
pub struct SessionAuthConfig {
    /// Where a user goes after signing in.
    pub post_login_redirect: &'static str,
    /// Where a user goes after signing out.
    pub post_logout_redirect: &'static str,
    /// Where a signed-in visitor goes when the page is opened; none: nowhere.
    pub redirect_when_authenticated: Option<&'static str>,
    /// What is told where the application has no session; empty for the text of the catalogues.
    pub session_unavailable_message: &'static str,
    /// What is told about wrong credentials; empty for the text of the catalogues.
    pub invalid_credentials_message: &'static str,
    /// The entry of the form with the name or address.
    pub form_username_key: &'static str,
    /// The entry of the form with the password.
    pub form_password_key: &'static str,
    /// What users of this page sign in with; empty for
    /// [`AuthSettings::login_fields`](crate::settings::AuthSettings::login_fields).
    pub login_fields: &'static [LoginField],
}

impl SessionAuthConfig {
    /// The defaults.
    pub const DEFAULT: Self = Self {
        post_login_redirect: "/",
        post_logout_redirect: "/login",
        redirect_when_authenticated: None,
        session_unavailable_message: "",
        invalid_credentials_message: "",
        form_username_key: "username",
        form_password_key: "password",
        login_fields: &[],
    };
}

/// A state with sign-in and sign-out; [`session_auth!`](crate::session_auth) implements it.
pub trait SessionAuth: Send + Sized {
    /// What it chooses.
    const CONFIG: SessionAuthConfig;

    /// The variable with the name or address.
    fn login_username(&mut self) -> &mut String;

    /// The variable that says why nobody is signed in.
    fn login_error(&mut self) -> &mut Text;

    /// Sends signed-in visitors on, where that is wanted.
    fn load(&mut self, cx: &Cx) {
        if let (Some(to), true) = (
            Self::CONFIG.redirect_when_authenticated,
            cx.user().is_some(),
        ) {
            cx.redirect_replacing(to);
        }
    }

    /// Signs in; on success the browser goes on, else the variable says why not.
    ///
    /// # Errors
    ///
    /// The database fails, or too many passwords wait to be checked.
    fn sign_in(
        &mut self,
        cx: &Cx,
        username: &str,
        password: &str,
    ) -> impl Future<Output = Result> + Send {
        async move {
            self.login_error().clear();
            let config = Self::CONFIG;
            if cx.session().is_err() {
                *self.login_error() = or_key(
                    config.session_unavailable_message,
                    "auth-session-unavailable",
                );
                return Ok(());
            }
            let done = match config.login_fields {
                [] => cx.login(username, password).await?,
                fields => cx.login_by(fields, username, password).await?,
            };
            match done {
                Ok(_) => {
                    self.login_username().clear();
                    cx.redirect_replacing(config.post_login_redirect);
                }
                Err(LoginError::Throttled { .. }) => {
                    *self.login_error() = common::throttled_text(cx);
                }
                Err(LoginError::Invalid { text }) => {
                    *self.login_error() = or_text(config.invalid_credentials_message, text);
                }
            }
            Ok(())
        }
    }

    /// Signs in with the form that is sent.
    ///
    /// # Errors
    ///
    /// There is no form, or as [`SessionAuth::sign_in`].
    fn sign_in_form(&mut self, cx: &Cx) -> impl Future<Output = Result> + Send {
        async move {
            let form = common::form(cx)?;
            let entry = |key: &str| form.get(key).unwrap_or_default();
            let username = entry(Self::CONFIG.form_username_key);
            username.clone_into(self.login_username());
            let password = entry(Self::CONFIG.form_password_key);
            self.sign_in(cx, username, password).await
        }
    }

    /// Signs out.
    ///
    /// # Errors
    ///
    /// There is no session, or the database fails.
    fn sign_out(&mut self, cx: &Cx) -> impl Future<Output = Result> + Send {
        async move {
            cx.logout().await?;
            cx.redirect_replacing(Self::CONFIG.post_logout_redirect);
            Ok(())
        }
    }
}

fn or_key(own: &'static str, key: &'static str) -> Text {
    or_text(own, Text::key(key))
}

fn or_text(own: &'static str, text: Text) -> Text {
    if own.is_empty() { text } else { own.into() }
}

/// Makes a state with sign-in and sign-out, for a page of one's own.
///
/// After the name of the state stand what of [`SessionAuthConfig`](crate::state::SessionAuthConfig) is
/// another than the default, then, where other names are wanted, `vars(..)` and `events(..)`: the
/// variables `login_username` and `login_error`, and the events `on_load_login` (when the page is
/// opened), `submit_login` (name and password as arguments), `logout`, and `submit_login_form` (a form
/// with `username` and `password`), which is left out by naming only three.
///
/// ```ignore
/// rdj::auth::session_auth! {
///     /// Signs in to the notes.
///     pub struct NotesAuth {
///         post_login_redirect: "/notes",
///         login_fields: &[LoginField::Email],
///     }
///     vars(email, problem)
///     events(start, sign_in, sign_out, sign_in_form)
/// }
/// ```
#[macro_export]
macro_rules! session_auth {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($config:tt)* }) => {
        $crate::session_auth! {
            $(#[$meta])* $vis struct $name { $($config)* }
            vars(login_username, login_error)
            events(on_load_login, submit_login, logout, submit_login_form)
        }
    };
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($config:tt)* }
     events($($events:tt)*)) => {
        $crate::session_auth! {
            $(#[$meta])* $vis struct $name { $($config)* }
            vars(login_username, login_error)
            events($($events)*)
        }
    };
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($config:tt)* }
     vars($($vars:tt)*)) => {
        $crate::session_auth! {
            $(#[$meta])* $vis struct $name { $($config)* }
            vars($($vars)*)
            events(on_load_login, submit_login, logout, submit_login_form)
        }
    };
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($key:ident: $value:expr),* $(,)? }
     vars($username:ident, $error:ident)
     events($load:ident, $submit:ident, $logout:ident $(, $submit_form:ident)?)) => {
        $(#[$meta])*
        #[::rdj::app_state]
        $vis struct $name {
            /// The name or address, as it was typed.
            #[var(bind, max_length = 254)]
            pub $username: ::std::string::String,
            /// Why nobody is signed in; empty for no reason.
            pub $error: $crate::__private::runtime::i18n::Text,
        }

        impl $crate::state::SessionAuth for $name {
            const CONFIG: $crate::state::SessionAuthConfig = $crate::state::SessionAuthConfig {
                $($key: $value,)*
                ..$crate::state::SessionAuthConfig::DEFAULT
            };

            fn login_username(&mut self) -> &mut ::std::string::String {
                &mut self.$username
            }

            fn login_error(&mut self) -> &mut $crate::__private::runtime::i18n::Text {
                &mut self.$error
            }
        }

        #[::rdj::events]
        impl $name {
            #[on_load]
            async fn $load(&mut self, cx: &$crate::__private::runtime::Cx) {
                $crate::state::SessionAuth::load(self, cx);
            }

            /// Signs in.
            async fn $submit(
                &mut self,
                cx: &$crate::__private::runtime::Cx,
                username: ::std::string::String,
                password: ::std::string::String,
            ) -> $crate::Result {
                $crate::state::SessionAuth::sign_in(self, cx, &username, &password).await
            }

            /// Signs out.
            async fn $logout(&mut self, cx: &$crate::__private::runtime::Cx) -> $crate::Result {
                $crate::state::SessionAuth::sign_out(self, cx).await
            }

            $(
                /// Signs in with the form that is sent.
                async fn $submit_form(
                    &mut self,
                    cx: &$crate::__private::runtime::Cx,
                ) -> $crate::Result {
                    $crate::state::SessionAuth::sign_in_form(self, cx).await
                }
            )?
        }
    };
}
