//! Notes of several users: one entity, one state and one template make a page that is live over a
//! WebSocket and works without JavaScript too, in six languages.
//!
//! `cargo run -p notes`, then open <http://127.0.0.1:8000> and create an account. All is kept in
//! `notes.db`; mails, such as those with reset links, are written to the console.
//!
//! Users see their own notes, the staff sees those of everybody: `cargo run -p notes -- createsuperuser`
//! makes somebody who may. `cargo run -p notes -- help` lists the other commands.

mod note;

use std::env;

use rdj::{
    I18nState,
    auth::{
        AppAuth, AppAuthPages, Auth, AuthPages, AuthSettings, AuthState, AuthTables, permission,
    },
    i18n::I18n,
    orm::{DbSessions, Tables},
    prelude::*,
};
use tower_http::trace::TraceLayer;
use tracing_subscriber::EnvFilter;

/// Lists, searches, pages, validates and saves the notes of the signed-in user.
#[model_state(
    model = note::Entity,
    fields(title, content),
    list_display(title, user_id),
    ordering(-created_at),
    search_fields(title, content),
    paginate_by = 5,
    owner_field = user_id,
    owner_bypass(staff),
)]
pub struct NotesState;

/// What everybody sees.
#[page(route = "/", template = "start.html", title = "Notes")]
pub struct StartPage {
    /// Who is signed in.
    pub auth: AuthState,
    /// The language, and the event that changes it.
    pub i18n: I18nState,
}

/// `templates/notes.html` over the state, at an address, for users who are signed in.
#[page(route = "/notes", template = "notes.html", title = "Notes", login)]
pub struct NotesPage {
    /// The list with its form.
    pub notes: NotesState,
    /// Who is signed in.
    pub auth: AuthState,
    /// The language, and the event that changes it.
    pub i18n: I18nState,
}

#[tokio::main]
async fn main() -> rdj::Result {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).init();
    let url = env::var("DATABASE_URL").unwrap_or_else(|_| "sqlite://notes.db?mode=rwc".to_owned());
    let db = rdj::orm::connect(&url).await?;
    let sessions = DbSessions::new(db.clone());
    sessions.create_table().await?;
    AuthTables::create(&db).await?;
    Tables::new().add(note::Entity).create(&db).await?;
    permission::sync(&db).await?;
    let settings = AuthSettings {
        brand_text: "Notes".to_owned(),
        login_redirect_url: "/notes".to_owned(),
        logout_redirect_url: Some("/".to_owned()),
        signup_redirect_url: Some("/notes".to_owned()),
        ..AuthSettings::default()
    };
    rdj::App::new()
        .database(db.clone())
        .sessions(rdj::session::layer(sessions))
        .i18n(I18n::new().catalogues(rdj::catalogues!("locales")))
        .auth(Auth::new(db, settings)?)
        .auth_pages(AuthPages::new())
        .layer(TraceLayer::new_for_http())
        .discover()
        .run()
        .await
}
