//! Which pages an application has, and where.

use std::mem;

use rdj_runtime::{App, Error, Result, page::PageType};

use super::{
    AuthRoutes, LoginPage, PasswordChangePage, PasswordResetConfirmPage, PasswordResetPage,
    RegisterPage, SiteOrigin, logout, origin,
};
use crate::{
    auth::Auth,
    settings::{self, AuthSettings},
};

/// Adds a page to an application at an address.
type Add = fn(App, &str) -> App;

/// The pages of sign-in: which ones there are, and where; [`AppAuthPages::auth_pages`] adds them.
///
/// All of them are there, at the addresses of [`AuthSettings`], until this says otherwise. A page of
/// one's own takes the place of a shipped one, at the same address:
///
/// ```ignore
/// #[rdj::page(route = "/login", template = "my_login.html", title = "Welcome", discover = false)]
/// pub struct MyLogin {
///     pub login: rdj::auth::state::LoginState,
/// }
///
/// App::new().auth(auth).auth_pages(AuthPages::new().login::<MyLogin>().without_registration())
/// ```
#[derive(Clone, Debug)]
#[must_use = "an application has the pages it is given by `auth_pages`"]
pub struct AuthPages {
    login: Add,
    register: Option<Add>,
    reset: Option<[Add; 2]>,
    change: Option<Add>,
    has_logout: bool,
    routes: Chosen,
    origin: Option<SiteOrigin>,
}

/// Addresses other than those of the settings.
#[derive(Clone, Debug, Default)]
struct Chosen {
    login: Option<String>,
    signup: Option<String>,
    reset: Option<String>,
    confirm: Option<String>,
    change: Option<String>,
    logout: Option<String>,
}

impl Default for AuthPages {
    fn default() -> Self {
        Self::new()
    }
}

impl AuthPages {
    /// All pages.
    pub fn new() -> Self {
        Self {
            login: at::<LoginPage>,
            register: Some(at::<RegisterPage>),
            reset: Some([at::<PasswordResetPage>, at::<PasswordResetConfirmPage>]),
            change: Some(at::<PasswordChangePage>),
            has_logout: true,
            routes: Chosen::default(),
            origin: None,
        }
    }

    /// Another login page.
    pub fn login<P: PageType>(mut self) -> Self {
        self.login = at::<P>;
        self
    }

    /// Another page for new accounts.
    pub fn register<P: PageType>(mut self) -> Self {
        self.register = Some(at::<P>);
        self
    }

    /// Another page for forgotten passwords.
    pub fn password_reset<P: PageType>(mut self) -> Self {
        let confirm = self
            .reset
            .map_or(at::<PasswordResetConfirmPage> as Add, |[_, confirm]| {
                confirm
            });
        self.reset = Some([at::<P>, confirm]);
        self
    }

    /// Another page for reset links; its fields are `uid` and `key`, texts, beside the state.
    pub fn password_reset_confirm<P: PageType>(mut self) -> Self {
        let reset = self
            .reset
            .map_or(at::<PasswordResetPage> as Add, |[reset, _]| reset);
        self.reset = Some([reset, at::<P>]);
        self
    }

    /// Another page for changing the own password.
    pub fn password_change<P: PageType>(mut self) -> Self {
        self.change = Some(at::<P>);
        self
    }

    /// Another address of the login page than [`AuthSettings::login_url`]; guards send there too.
    pub fn login_route(mut self, route: impl Into<String>) -> Self {
        self.routes.login = Some(route.into());
        self
    }

    /// Another address of the page for new accounts than [`AuthSettings::signup_url`].
    pub fn register_route(mut self, route: impl Into<String>) -> Self {
        self.routes.signup = Some(route.into());
        self
    }

    /// Another address of the page for forgotten passwords than [`AuthSettings::password_reset_url`].
    pub fn password_reset_route(mut self, route: impl Into<String>) -> Self {
        self.routes.reset = Some(route.into());
        self
    }

    /// Another address of the page of reset links than [`AuthSettings::password_reset_confirm_url`], with
    /// `{uid}` and `{key}`.
    pub fn password_reset_confirm_route(mut self, route: impl Into<String>) -> Self {
        self.routes.confirm = Some(route.into());
        self
    }

    /// Another address of the page for changing the own password than `/password-change`.
    pub fn password_change_route(mut self, route: impl Into<String>) -> Self {
        self.routes.change = Some(route.into());
        self
    }

    /// Another address that signs out than `/logout`.
    pub fn logout_route(mut self, route: impl Into<String>) -> Self {
        self.routes.logout = Some(route.into());
        self
    }

    /// No page for new accounts, whatever the settings say.
    pub fn without_registration(mut self) -> Self {
        self.register = None;
        self
    }

    /// No pages for forgotten passwords, whatever the settings say.
    pub fn without_password_reset(mut self) -> Self {
        self.reset = None;
        self
    }

    /// No page for changing the own password.
    pub fn without_password_change(mut self) -> Self {
        self.change = None;
        self
    }

    /// No address that signs out; the event `logout` of [`AuthState`](crate::state::AuthState) does.
    pub fn without_logout(mut self) -> Self {
        self.has_logout = false;
        self
    }

    /// Where the site is, for links in mails, such as `https://notes.example.org`; `RDJ_SITE_ORIGIN` if
    /// not set.
    pub fn site_origin(mut self, origin: &str) -> Self {
        self.origin = Some(SiteOrigin::new(origin));
        self
    }

    /// Where the pages are.
    ///
    /// # Errors
    ///
    /// The address of reset links has no `{uid}` or no `{key}`.
    fn routes(&mut self, settings: &AuthSettings) -> Result<AuthRoutes> {
        let mut routes = AuthRoutes::from_settings(settings);
        let chosen = mem::take(&mut self.routes);
        if let Some(confirm) = chosen.confirm {
            routes.password_reset_confirm = Some(settings::confirm_url(&confirm)?);
        }
        routes.login = chosen.login.unwrap_or(routes.login);
        routes.signup = chosen.signup.or(routes.signup);
        routes.password_reset = chosen.reset.or(routes.password_reset);
        routes.password_change = chosen.change.or(routes.password_change);
        routes.logout = chosen.logout.or(routes.logout);
        // a switch of the settings counts whatever was chosen here
        if self.register.is_none() || !settings.signup_enabled {
            routes.signup = None;
        }
        if self.reset.is_none() || !settings.password_reset_enabled {
            routes.password_reset = None;
            routes.password_reset_confirm = None;
        }
        if self.change.is_none() {
            routes.password_change = None;
        }
        if !self.has_logout {
            routes.logout = None;
        }
        Ok(routes)
    }
}

fn at<P: PageType>(app: App, route: &str) -> App {
    app.page_at::<P>(route)
}

/// The application does not start, and says why.
fn not_started(app: App, why: Error) -> App {
    app.on_start(|_| async { Err(why) })
}

/// Adds the pages of sign-in to an application.
pub trait AppAuthPages {
    /// Adds the pages of sign-in, after [`AppAuth::auth`](crate::AppAuth::auth); a second call adds
    /// nothing.
    ///
    /// Guards send to the login page from then on. Nothing is added where
    /// [`AuthSettings::enabled`] is false.
    #[must_use]
    fn auth_pages(self, pages: AuthPages) -> Self;
}

impl AppAuthPages for App {
    fn auth_pages(self, mut pages: AuthPages) -> Self {
        if self.resources().get::<AuthRoutes>().is_some() {
            return self;
        }
        let Some(auth) = self.resources().get::<Auth>().cloned() else {
            let text = "`App::auth_pages` comes after `App::auth`: the pages follow its settings";
            return not_started(self, Error::Setup(text.to_owned()));
        };
        if !auth.settings().enabled {
            return self;
        }
        let routes = match pages.routes(auth.settings()) {
            Ok(routes) => routes,
            Err(error) => return not_started(self, error),
        };
        let mut app = (pages.login)(self, &routes.login);
        let optional = [
            (pages.register, &routes.signup),
            (pages.reset.map(|[reset, _]| reset), &routes.password_reset),
            (
                pages.reset.map(|[_, confirm]| confirm),
                &routes.password_reset_confirm,
            ),
            (pages.change, &routes.password_change),
        ];
        for (add, route) in optional {
            if let (Some(add), Some(route)) = (add, route) {
                app = add(app, route);
            }
        }
        let login = routes.login.clone();
        app.merge(logout::routes(&routes))
            .configure(|config| config.login_url = login)
            .resource(pages.origin.unwrap_or_else(SiteOrigin::from_env))
            .resource(routes)
            .check(origin::check)
    }
}
