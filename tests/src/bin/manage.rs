//! An application with commands of its own, for `tests/tests/commands.rs`. With `MANAGE=hardened` in the
//! environment it is set up for the open network, with `MANAGE=careless` badly; with `MANAGE=languages` it
//! has two.

use std::time::Duration;

use rdj::{
    App,
    auth::{AppAuth as _, Auth, AuthSettings, AuthTables},
    command::{Arg, Command, CommandCx, SessionCleaner},
    csrf::CsrfLayer,
    i18n::I18n,
    security::{Hsts, Security},
    session::{self, MemorySessions, SessionLayer},
};
use rdj_tests::pages::{CounterPage, GreetPage, PrivatePage};

async fn greet(cx: CommandCx) -> rdj::Result {
    let name = match cx.text("name") {
        Some(name) => name.to_owned(),
        None => cx.ask("Name: ").await?,
    };
    cx.stdout.line(format!("Hello {name}"))
}

/// Nothing is known of the store, so that its sessions count as kept.
fn hardened(app: App) -> rdj::Result<App> {
    let hsts = Hsts {
        max_age: Duration::from_hours(24 * 365),
        subdomains: true,
        preload: true,
    };
    let security = Security::new()
        .allowed_hosts(["example.org"])
        .trusted_proxies(["10.0.0.0/8"])?
        .hsts(hsts)
        .ssl_redirect(true);
    Ok(app
        .security(security)
        .sessions(SessionLayer::new(MemorySessions::default()))
        .csrf(CsrfLayer::new()))
}

/// All layers are there, and none is set up for the open network.
fn careless(app: App) -> rdj::Result<App> {
    let security = Security::new()
        .allowed_hosts(["*"])
        .trusted_proxies(["0.0.0.0/0"])?
        .frame_options(None)
        .nosniff(false)
        .referrer_policy(None)
        .content_security_policy(Some("default-src 'self' 'unsafe-inline'"));
    Ok(app
        .security(security)
        .sessions(session::memory())
        .csrf(CsrfLayer::new().secure(false)))
}

/// Two languages, and one text in both.
fn with_languages(app: App) -> App {
    let i18n = I18n::new()
        .languages(["en", "de"])
        .catalogue("en", "shop-title = Shop")
        .catalogue("de", "shop-title = Laden");
    app.i18n(i18n)
}

/// Users in a database.
async fn with_users(app: App, url: &str) -> rdj::Result<App> {
    let db = rdj::orm::connect(url).await?;
    AuthTables::create(&db).await?;
    Ok(app.auth(Auth::new(db, AuthSettings::default())?))
}

#[tokio::main]
async fn main() -> rdj::Result {
    let name = Arg::new("name").help("Who is greeted");
    let app = App::new()
        .version("9.8.7")
        .page::<CounterPage>()
        .page::<GreetPage>()
        .page::<PrivatePage>()
        .resource(SessionCleaner::new(|| async { Ok(2) }))
        .command(Command::new("greet", "Greets somebody", greet).arg(name));
    let app = match std::env::var("MANAGE").as_deref() {
        Ok("hardened") => hardened(app)?,
        Ok("careless") => careless(app)?,
        Ok("languages") => with_languages(app),
        _ => app.layer(session::memory()),
    };
    let app = match std::env::var("MANAGE_DB") {
        Ok(url) => with_users(app, &url).await?,
        Err(_) => app,
    };
    app.run().await
}
