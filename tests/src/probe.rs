//! A page that tells what its handlers see of a request, in an application with users, sessions and
//! languages.

#![expect(
    missing_debug_implementations,
    reason = "states and pages are not printed here"
)]

use std::net::SocketAddr;

use axum::extract::ConnectInfo;
use http::header::COOKIE;
use rdj::{
    App, ContextState, CurrentUser, Entries, I18nState, Stage, UserState,
    auth::{
        AppAuth as _, Auth, AuthSettings, AuthTables, CxAuth as _, NewUser,
        entity::user,
        password::{Argon2id, Hashers},
    },
    i18n::I18n,
    prelude::*,
};
use serde_json::json;

use crate::{Browser, Reply, Server, Socket};

/// The password of every user here.
pub const PASSWORD: &str = "correct horse";

/// The number of a request, from a layer that counts them.
#[derive(Clone, Copy, Debug)]
pub struct Nth(pub usize);

/// What a handler has seen.
#[rdj::app_state]
pub struct ProbeState {
    /// What the last handler found out.
    pub seen: String,
    /// How often a guarded handler ran.
    pub ran: u32,
}

#[rdj::events]
impl ProbeState {
    async fn look(&mut self, cx: &Cx, what: String) -> Result {
        self.seen = format!("[{}]", look(cx, &what).await?);
        Ok(())
    }

    async fn put(&mut self, cx: &Cx, key: String, value: String) -> Result {
        Ok(cx.session()?.insert(&key, value).await?)
    }

    async fn say(&mut self, cx: &Cx, text: String) {
        cx.messages().success(text);
    }

    async fn bake(&mut self, cx: &Cx, cookie: String) -> Result {
        cx.response().cookie(&cookie)
    }

    async fn login(&mut self, cx: &Cx, name: String) -> Result {
        let done = cx.login(&name, PASSWORD).await?;
        self.seen = match done {
            Ok(user) => format!("[hello {}]", user.name()),
            Err(error) => error.to_string(),
        };
        Ok(())
    }

    async fn logout(&mut self, cx: &Cx) -> Result {
        cx.logout().await
    }

    #[event(login)]
    async fn private(&mut self, _cx: &Cx) {
        self.ran += 1;
    }

    #[event(group = "editors")]
    async fn edit(&mut self, _cx: &Cx) {
        self.ran += 1;
    }

    async fn nothing(&mut self, _cx: &Cx) {}
}

/// One fact of the request, by its name.
async fn look(cx: &Cx, what: &str) -> Result<String> {
    let (kind, name) = what.split_once(':').unwrap_or((what, ""));
    let header = |name: &str| cx.headers().get(name).and_then(|value| value.to_str().ok());
    let name_of = |user: Option<CurrentUser>| {
        user.map_or_else(|| "nobody".to_owned(), |user| user.name().to_owned())
    };
    Ok(match kind {
        "path" => cx.uri().path().to_owned(),
        "method" => cx.method().to_string(),
        "query" => {
            let query = cx.uri().query().unwrap_or_default();
            let entries = Entries::parse(query.as_bytes())?;
            entries.get(name).unwrap_or("none").to_owned()
        }
        "header" => header(name).unwrap_or("none").to_owned(),
        "cookies" => header(COOKIE.as_str()).unwrap_or("none").to_owned(),
        "peer" => cx
            .extension::<ConnectInfo<SocketAddr>>()
            .map_or_else(String::new, |ConnectInfo(peer)| peer.ip().to_string()),
        "user" => name_of(cx.user()),
        "users" => format!("{} {}", name_of(cx.user()), name_of(rdj::current_user()?)),
        "session" => {
            let value: Option<String> = cx.session()?.get(name).await?;
            value.unwrap_or_else(|| "none".to_owned())
        }
        "language" => rdj::current_language().code().to_owned(),
        "csrf" => rdj::current_csrf_token(),
        "messages" => rdj::current_messages().iter().count().to_string(),
        "nth" => cx
            .extension::<Nth>()
            .map_or_else(String::new, |nth| nth.0.to_string()),
        "context" => {
            let value: Option<serde_json::Value> = cx.context_value(name).await?;
            value.unwrap_or_default().to_string()
        }
        _ => return Err(Error::invalid("There is no such fact.")),
    })
}

/// The user whose context it is.
#[must_use]
pub fn whose(context: &ContextState) -> &str {
    let name = context
        .get("user")
        .and_then(|user| user["username"].as_str());
    match name {
        Some(name) if !name.is_empty() => name,
        _ => "nobody",
    }
}

/// The probe, and the states that are ready made.
#[rdj::page(route = "/probe", template = "probe.html", title = "Probe")]
pub struct ProbePage {
    /// What is seen.
    pub probe: ProbeState,
    /// The user.
    pub user: UserState,
    /// The language.
    pub i18n: I18nState,
    /// The values of the context processors.
    pub context: ContextState,
}

/// The probe for signed-in users.
#[rdj::page(
    route = "/probe/private",
    template = "probe.html",
    title = "Private",
    login
)]
pub struct PrivateProbePage {
    /// What is seen.
    pub probe: ProbeState,
    /// The user.
    pub user: UserState,
    /// The language.
    pub i18n: I18nState,
    /// The values of the context processors.
    pub context: ContextState,
}

/// A server with the probe, its users, and a browser.
#[derive(Debug)]
pub struct Site {
    /// The server.
    pub server: Server,
    /// Its users.
    pub auth: Auth,
    /// A browser.
    pub browser: Browser,
}

impl Site {
    /// A server with the user `ann`.
    ///
    /// # Panics
    ///
    /// It does not start.
    pub async fn start() -> Self {
        Self::with(|app| app).await
    }

    /// The same with more in its application.
    ///
    /// # Panics
    ///
    /// It does not start.
    pub async fn with(more: impl FnOnce(App) -> App) -> Self {
        Self::with_settings(AuthSettings::default(), more).await
    }

    /// The same with other settings of its users.
    ///
    /// # Panics
    ///
    /// It does not start.
    pub async fn with_settings(settings: AuthSettings, more: impl FnOnce(App) -> App) -> Self {
        let auth = auth(settings).await;
        let app = App::new()
            .page::<ProbePage>()
            .page::<PrivateProbePage>()
            .layer_at(Stage::Session, rdj::session::memory())
            .layer_at(Stage::Locale, I18n::new().languages(["en", "de"]).layer())
            .auth(auth.clone());
        let server = Server::start(more(app)).await;
        let browser = server.browser();
        let site = Self {
            server,
            auth,
            browser,
        };
        site.add_user("ann").await;
        site
    }

    /// Makes a user.
    ///
    /// # Panics
    ///
    /// The name is taken.
    pub async fn add_user(&self, name: &str) -> user::Model {
        let users = self.auth.users(self.auth.db());
        let email = format!("{name}@example.org");
        let new = NewUser::new(name).password(PASSWORD).email(&email);
        users.create_user(new).await.expect("a new user")
    }

    /// The probe in the site's browser.
    pub async fn open(&self) -> Socket {
        Socket::open(&self.browser, "/probe").await
    }

    /// The probe in the site's browser, signed in as `ann`.
    pub async fn open_as_ann(&self) -> Socket {
        let mut socket = self.open().await;
        let reply = socket.event("probe.login", json!(["ann"])).await;
        assert!(reply.patched().contains("hello ann"), "{reply:?}");
        self.browser.redeem(&reply).await;
        socket
    }
}

/// Users in memory, with hashes that take no time.
///
/// # Panics
///
/// The settings are wrong.
pub async fn auth(settings: AuthSettings) -> Auth {
    let db = rdj::orm::connect("sqlite::memory:")
        .await
        .expect("a database");
    AuthTables::create(&db).await.expect("tables");
    let settings = AuthSettings {
        secret_key: Some("a secret of the tests, long enough to be no warning".into()),
        hashers: Hashers::new(Argon2id::new(64, 1, 1)),
        ..settings
    };
    Auth::new(db, settings).expect("settings")
}

/// A page in a browser that sends cookies and headers of a test's own beside the site's.
///
/// # Panics
///
/// The page is not opened.
pub async fn open_with(
    browser: &Browser,
    path: &str,
    cookies: &str,
    headers: &[(&'static str, &str)],
) -> Socket {
    // the token against forged requests comes with the first page
    browser.text("/probe").await;
    let own = browser.cookies().unwrap_or_default();
    let cookies = [cookies, &own].join("; ");
    let all = [&[("cookie", cookies.trim_start_matches("; "))], headers].concat();
    let mut socket = Socket::connect(browser, &all).await.expect("a socket");
    socket.join(path).await.expect("a hello");
    socket
}

/// What a handler sees of one fact.
pub async fn seen(socket: &mut Socket, what: &str) -> String {
    let reply = socket.event("probe.look", json!([what])).await;
    let text = reply.patched();
    let found = text
        .split_once('[')
        .and_then(|(_, rest)| rest.split_once(']'));
    found.map_or_else(
        || panic!("nothing seen of {what}: {reply:?}"),
        |(text, _)| text.to_owned(),
    )
}

/// Where the browser is sent.
#[must_use]
pub fn sent_to(reply: &Reply) -> Option<String> {
    let effect = reply.effect("navigate")?;
    effect["to"].as_str().map(str::to_owned)
}
