//! An application with users: sign-in by name and password, and a way in without one.

use axum::{
    Router,
    http::{HeaderMap, StatusCode},
    routing::{get, post},
};
use rdj::{
    App, Cx, Result,
    auth::{Auth, AuthTables, settings::AuthSettings, user::NewUser},
    csrf::CsrfLayer,
    i18n::I18n,
    orm::Db,
    prelude::*,
    session::SessionLayer,
};

/// The name and the password of the one user.
pub(crate) const NAME: &str = "ann";
pub(crate) const PASSWORD: &str = "correct horse battery";

/// Adds users over `db`, their sessions, and languages; `ann` exists afterwards.
pub(super) async fn with_users(app: App, db: &Db, sessions: SessionLayer) -> Result<App> {
    AuthTables::create(db).await?;
    let auth = Auth::new(db.clone(), AuthSettings::default())?;
    let users = auth.users(db);
    if users.by_username(NAME).await?.is_none() {
        let ann = NewUser::new(NAME)
            .password(PASSWORD)
            .email("ann@example.org");
        users.create_user(ann).await?;
    }
    let router = Router::new()
        .route("/enter", get(enter))
        .route("/sign-in", post(sign_in));
    Ok(app
        .sessions(sessions)
        .auth(auth)
        .i18n(I18n::new())
        .csrf(CsrfLayer::new().exempt("/sign-in"))
        .merge(router))
}

/// Signs in without a password, so that a measurement can begin.
async fn enter(cx: Cx) -> Result<&'static str, rdj::Error> {
    let found = cx.users()?.by_username(NAME).await?;
    let user = found.ok_or(rdj::Error::NotFound)?;
    cx.login_user(user.id.into()).await?;
    Ok("in")
}

/// Signs in as a login page does.
async fn sign_in(cx: Cx, headers: HeaderMap) -> Result<StatusCode, rdj::Error> {
    let password = headers
        .get("x-password")
        .and_then(|text| text.to_str().ok());
    let signed_in = cx.login(NAME, password.unwrap_or_default()).await?;
    Ok(signed_in.map_or(StatusCode::UNAUTHORIZED, |_| StatusCode::OK))
}
