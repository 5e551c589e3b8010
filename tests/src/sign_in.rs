//! Sites with the pages of sign-in.

use std::sync::Arc;

use rdj::{
    App, Stage,
    auth::{
        AppAuth as _, AppAuthPages as _, Auth, AuthPages, AuthSettings, AuthTables, NewUser,
        password::{Argon2id, Hashers},
        throttle::{Limit, MemoryThrottle},
    },
    mail::Mailer,
};
use reqwest::StatusCode;

use crate::{Browser, Server};

/// The password of the user `ann`.
pub const PASSWORD: &str = "a purple elephant";

/// A site with the user `ann`.
#[derive(Debug)]
pub struct Site {
    /// A part of it.
    pub server: Server,
    /// A part of it.
    pub auth: Auth,
    /// A part of it.
    pub mailer: Mailer,
}

/// Settings that make tests fast.
pub fn settings() -> AuthSettings {
    let seconds = std::time::Duration::from_secs;
    let limit = |free| Limit {
        free,
        first: seconds(60),
        longest: seconds(60),
        forget: seconds(600),
    };
    AuthSettings {
        secret_key: Some("a key of these tests, long enough to be a good one: 0123456789".into()),
        hashers: Hashers::new(Argon2id::new(8, 1, 1)),
        throttle: Arc::new(MemoryThrottle::new(limit(3), limit(1000))),
        ..AuthSettings::default()
    }
}

/// Users in a database of their own.
pub async fn auth(settings: AuthSettings) -> Auth {
    let db = rdj::orm::connect("sqlite::memory:")
        .await
        .expect("it works");
    AuthTables::create(&db).await.expect("it works");
    Auth::new(db, settings).expect("it works")
}

/// An application with users, without pages.
pub fn app(auth: &Auth, mailer: &Mailer) -> App {
    App::new()
        .layer_at(Stage::Session, rdj::session::memory())
        .resource(mailer.clone())
        .auth(auth.clone())
}

/// A site with these settings and pages.
pub async fn site_of(settings: AuthSettings, pages: AuthPages) -> Site {
    let auth = auth(settings).await;
    let mailer = Mailer::memory();
    let app = app(&auth, &mailer).auth_pages(pages.site_origin("https://site.example/"));
    let ann = NewUser::new("ann")
        .email("Ann@Example.org")
        .password(PASSWORD);
    auth.users(auth.db())
        .create_user(ann)
        .await
        .expect("it works");
    Site {
        server: Server::start(app).await,
        auth,
        mailer,
    }
}

/// A site with all pages.
pub async fn site() -> Site {
    site_of(settings(), AuthPages::new()).await
}

/// Where an answer sends the browser.
pub fn location(response: &reqwest::Response) -> &str {
    let location = response.headers().get("location");
    location.map_or("", |value| value.to_str().expect("it works"))
}

/// The status of a GET.
pub async fn status(browser: &Browser, path: &str) -> StatusCode {
    browser.get(path).await.status()
}

/// Signs `ann` in over HTTP.
pub async fn log_in(browser: &Browser, password: &str) -> reqwest::Response {
    let form = format!("username=ann&password={}", password.replace(' ', "+"));
    browser.post("/login?_event=login.submit", &form).await
}
