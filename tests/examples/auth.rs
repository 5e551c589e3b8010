//! The pages of sign-in as they come, in three languages, with mails as files. The browser tests use it
//! (`tests/browser/auth.spec.mjs`).

use std::env;

use rdj::{
    Stage,
    auth::{
        AppAuth as _, AppAuthPages as _, Auth, AuthPages, AuthSettings, AuthState, AuthTables,
        settings::LoginField,
        throttle::{Limit, MemoryThrottle},
    },
    csrf::CsrfLayer,
    i18n::I18n,
    prelude::*,
    security::Security,
};

/// Who is signed in.
#[rdj::page(
    route = "/",
    template = "account.html",
    title = "Start",
    discover = false
)]
pub struct StartPage {
    /// Name and sign-out.
    pub auth: AuthState,
}

/// For signed-in users.
#[rdj::page(
    route = "/private",
    template = "account.html",
    title = "Private",
    login,
    discover = false
)]
pub struct PrivatePage {
    /// Name and sign-out.
    pub auth: AuthState,
}

/// The tests fill in forms faster than people do.
fn throttle() -> MemoryThrottle {
    let seconds = std::time::Duration::from_secs;
    let limit = |free| Limit {
        free,
        first: seconds(60),
        longest: seconds(60),
        forget: seconds(3600),
    };
    MemoryThrottle::new(limit(5), limit(10_000))
}

#[tokio::main]
async fn main() -> rdj::Result {
    let url = env::var("DATABASE_URL").unwrap_or_else(|_| "sqlite::memory:".to_owned());
    let db = rdj::orm::connect(&url).await?;
    AuthTables::create(&db).await?;
    let settings = AuthSettings {
        login_fields: vec![LoginField::Username, LoginField::Email],
        brand_text: "Notebook".to_owned(),
        secret_key: Some(
            "a key for tests, which is long enough to be a good one, 0123456789".into(),
        ),
        throttle: std::sync::Arc::new(throttle()),
        ..AuthSettings::default()
    };
    let auth = Auth::new(db.clone(), settings)?;
    rdj::App::new()
        .database(db)
        .layer_at(Stage::Security, Security::from_env())
        .layer_at(Stage::Session, rdj::session::memory())
        .layer_at(Stage::Csrf, CsrfLayer::new())
        .i18n(I18n::new().languages(["en", "de", "ar"]))
        .auth(auth)
        .auth_pages(AuthPages::new())
        .page::<StartPage>()
        .page::<PrivatePage>()
        .run()
        .await
}
