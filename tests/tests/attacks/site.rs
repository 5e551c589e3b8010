//! The application under attack: all pages of sign-in, a guarded page, rows with owners, two languages.

use std::{sync::Arc, time::Duration};

use rdj::{
    App,
    auth::{
        AppAuth as _, AppAuthPages as _, Auth, AuthPages, AuthSettings, AuthState, AuthTables,
        NewUser,
        entity::user,
        password::{Argon2id, Hashers},
        permission,
    },
    i18n::I18n,
    mail::{Mail, Mailer},
    orm::{Db, Tables},
    prelude::*,
    session::{self, MemorySessions},
};
use rdj_tests::{
    Browser, Server, Socket,
    guarded::Ran,
    notes::{NotesPage, folder, note},
    pages::{CounterPage, Runs},
};
use tokio::time::sleep;

/// The password of everybody.
pub(super) const PASSWORD: &str = "correct horse";
/// Where mails lead.
pub(super) const ORIGIN: &str = "https://notes.example";
/// What the vault asks for.
pub(super) const RIGHT: &str = "auth.view_user";

/// Who is signed in.
#[rdj::page(route = "/", template = "account.html", discover = false)]
pub(crate) struct StartPage {
    /// Name and sign-out.
    pub auth: AuthState,
}

/// For signed-in users.
#[rdj::page(route = "/private", template = "account.html", login, discover = false)]
pub(crate) struct PrivatePage {
    /// Name and sign-out.
    pub auth: AuthState,
}

/// A secret, for those who have a permission.
#[rdj::app_state]
pub(crate) struct VaultState {
    /// The secret.
    pub said: String,
    /// How often it was opened.
    pub count: u32,
}

#[rdj::events]
impl VaultState {
    #[on_load]
    async fn on_load(&mut self, _cx: &Cx) {
        "the treasure".clone_into(&mut self.said);
    }

    async fn take(&mut self, cx: &Cx) -> Result {
        self.count += 1;
        cx.resource::<Arc<Runs>>()?.note();
        Ok(())
    }
}

/// The vault.
#[rdj::page(
    route = "/vault",
    template = "desk.html",
    permission = "auth.view_user",
    discover = false
)]
pub(crate) struct VaultPage {
    /// Its state.
    pub desk: VaultState,
}

/// The running application.
pub(super) struct Site {
    pub(super) server: Server,
    pub(super) auth: Auth,
    pub(super) db: Db,
    pub(super) store: MemorySessions,
    pub(super) mailer: Mailer,
    pub(super) runs: Arc<Runs>,
}

impl Site {
    pub(super) async fn start() -> Self {
        Self::with(|_| {}, |app| app).await
    }

    /// With other settings, and something more in the application.
    pub(super) async fn with(
        settings: impl FnOnce(&mut AuthSettings),
        change: impl FnOnce(App) -> App,
    ) -> Self {
        let db = rdj::orm::connect("sqlite::memory:")
            .await
            .expect("a database");
        AuthTables::create(&db).await.expect("tables");
        let tables = Tables::new().add(folder::Entity).add(note::Entity);
        tables.create(&db).await.expect("tables");
        permission::sync(&db).await.expect("permissions");
        let mut chosen = AuthSettings {
            secret_key: Some(
                "a key of the attacks, which is long enough to be a good one, 01".into(),
            ),
            hashers: Hashers::new(Argon2id::new(64, 1, 1)),
            ..AuthSettings::default()
        };
        settings(&mut chosen);
        let auth = Auth::new(db.clone(), chosen).expect("good settings");
        let (store, mailer) = (MemorySessions::default(), Mailer::memory());
        let runs = Arc::new(Runs::default());
        let app = App::new()
            .database(db.clone())
            .resource(Arc::clone(&runs))
            .resource(Ran::default())
            .resource(mailer.clone())
            .sessions(session::layer(store.clone()))
            .i18n(I18n::new().languages(["en", "de"]))
            .auth(auth.clone())
            .auth_pages(AuthPages::new().site_origin(ORIGIN))
            .page::<StartPage>()
            .page::<PrivatePage>()
            .page::<VaultPage>()
            .page::<NotesPage>()
            .page::<CounterPage>();
        let server = Server::start(change(app)).await;
        Self {
            server,
            auth,
            db,
            store,
            mailer,
            runs,
        }
    }

    /// All mails, when there are this many and time was for more; the answer comes before the mail is written.
    pub(super) async fn mails(&self, count: usize) -> Vec<Mail> {
        for _ in 0..400 {
            if self.mailer.outbox().len() >= count {
                break;
            }
            sleep(Duration::from_millis(50)).await;
        }
        sleep(Duration::from_millis(400)).await;
        self.mailer.flush().await;
        self.mailer.outbox()
    }

    pub(super) fn host(&self) -> String {
        self.server.host()
    }

    /// Makes a user.
    pub(super) async fn user(&self, name: &str) -> user::Model {
        let email = format!("{name}@example.com");
        let new = NewUser::new(name).password(PASSWORD).email(&email);
        let users = self.auth.users(&self.db);
        users.create_user(new).await.expect("a user")
    }

    /// Makes a user who may open the vault.
    pub(super) async fn keeper(&self, name: &str) -> user::Model {
        let user = self.user(name).await;
        let users = self.auth.users(&self.db);
        users.add_permission(&user, RIGHT).await.expect("a right");
        user
    }

    /// A browser that is signed in.
    pub(super) async fn signed_in(&self, name: &str) -> Browser {
        let browser = self.server.browser();
        let status = try_login(&browser, name, PASSWORD).await;
        assert_eq!(status, 303, "{name} signs in");
        browser
    }

    /// The vault in the browser of a user who may open it.
    pub(super) async fn vault(&self, browser: &Browser) -> Socket {
        let mut socket = Socket::open(browser, "/vault").await;
        let before = self.runs.count();
        socket.event("vault.take", serde_json::json!([])).await;
        assert_eq!(self.runs.count(), before + 1);
        socket
    }
}

/// Signs in without JavaScript; the status of the answer.
pub(super) async fn try_login(browser: &Browser, name: &str, password: &str) -> u16 {
    let form = [
        ("_event", "login.submit"),
        ("username", name),
        ("password", password),
    ];
    let body = encoded(&form);
    browser.post("/login", &body).await.status().as_u16()
}

/// A form as its body.
pub(super) fn encoded(form: &[(&str, &str)]) -> String {
    let pairs = form
        .iter()
        .map(|(name, value)| format!("{name}={}", percent(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// All bytes but letters and digits as `%..`.
pub(super) fn percent(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'_' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// An HTML answer without what is new in each: tokens of the page and of its forms.
pub(super) fn without_tokens(html: &str) -> String {
    let mut text = html.to_owned();
    for before in ["csrfmiddlewaretoken\" value=\"", "rdj-page\" content=\""] {
        let mut parts = text.split(before);
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            out.push_str(before);
            out.push_str(part.split_once('"').map_or("", |(_, rest)| rest));
        }
        text = out;
    }
    text
}
