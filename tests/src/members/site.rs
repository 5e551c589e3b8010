//! The running site and its users.

use std::sync::Arc;

use rdj::{
    App, AppDatabase as _,
    auth::{
        AppAuth as _, AppAuthPages as _, Auth, AuthPages, AuthSettings, AuthTables, NewUser,
        entity::user,
        password::{Argon2id, Hashers, Pbkdf2},
        permission,
    },
    mail::{Mail, Mailer},
    orm::{Db, DbSessions},
    session::{self, MemorySessions, SessionLayer},
};

use super::{Gate, Visitor, pages};
use crate::Server;

/// Everybody's password.
pub const PASSWORD: &str = "correct horse battery";

/// Hashes that take no time: nobody is here to steal them.
pub fn quick() -> Hashers {
    Hashers::new(Argon2id::new(64, 1, 1)).reads(Pbkdf2::new(1000))
}

/// Settings of a site that is tested.
pub fn settings() -> AuthSettings {
    AuthSettings {
        secret_key: Some("a key of this site, long enough to be a good one: 0123456789".into()),
        hashers: quick(),
        ..AuthSettings::default()
    }
}

/// A database with the tables and permissions of users, and a table of sessions.
pub async fn database() -> Db {
    let db = rdj::orm::connect("sqlite::memory:").await;
    let db = db.expect("a database");
    AuthTables::create(&db).await.expect("tables of users");
    permission::sync(&db).await.expect("permissions");
    let sessions = DbSessions::new(db.clone());
    sessions.create_table().await.expect("a table of sessions");
    db
}

/// A running site.
#[derive(Debug)]
pub struct Members {
    /// Its server.
    pub server: Server,
    /// Its users.
    pub auth: Auth,
    /// Where an event of its pages can be held up.
    pub gate: Arc<Gate>,
    mailer: Mailer,
}

impl Members {
    /// A site with `ann`, whose sessions are in memory, and the sessions.
    pub async fn start() -> (Self, MemorySessions) {
        let store = MemorySessions::default();
        let site = Self::with(database().await, settings(), session::layer(store.clone()));
        let site = site.await;
        site.user("ann").await;
        (site, store)
    }

    /// A site with `ann`, whose sessions are in its database.
    pub async fn over_database() -> Self {
        let db = database().await;
        let sessions = session::layer(DbSessions::new(db.clone()));
        let site = Self::with(db, settings(), sessions).await;
        site.user("ann").await;
        site
    }

    /// A site without users.
    pub async fn with(db: Db, settings: AuthSettings, sessions: SessionLayer) -> Self {
        Self::with_app(pages(), db, settings, sessions).await
    }

    /// A site with `ann` that looks at its open pages five times in a second, over its database.
    pub async fn rechecking() -> Self {
        let db = database().await;
        let sessions = session::layer(DbSessions::new(db.clone()));
        let app = pages().configure(|config| {
            config.recheck_interval = std::time::Duration::from_millis(200);
        });
        let site = Self::with_app(app, db, settings(), sessions).await;
        site.user("ann").await;
        site
    }

    async fn with_app(app: App, db: Db, settings: AuthSettings, sessions: SessionLayer) -> Self {
        let auth = Auth::new(db, settings).expect("good settings");
        let mailer = Mailer::memory();
        let gate = Arc::<Gate>::default();
        let app = app
            .database(auth.db().clone())
            .resource(mailer.clone())
            .resource(Arc::clone(&gate))
            .sessions(sessions)
            .auth(auth.clone())
            .auth_pages(AuthPages::new().site_origin("https://members.example"));
        Self {
            server: Server::start(app).await,
            auth,
            gate,
            mailer,
        }
    }

    /// Makes a user.
    pub async fn user(&self, name: &str) -> user::Model {
        let users = self.auth.users(self.auth.db());
        let new = NewUser::new(name)
            .password(PASSWORD)
            .email(&format!("{name}@example.com"));
        users.create_user(new).await.expect("a user")
    }

    /// The user with this name.
    pub async fn row(&self, name: &str) -> user::Model {
        let users = self.auth.users(self.auth.db());
        let found = users.by_username(name).await.expect("an answer");
        found.expect("a user")
    }

    /// All mails, when there are this many.
    pub async fn mails(&self, count: usize) -> Vec<Mail> {
        for _ in 0..2400 {
            if self.mailer.outbox().len() >= count {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        self.mailer.outbox()
    }

    /// A browser without cookies.
    pub fn visitor(&self) -> Visitor {
        Visitor(self.server.browser())
    }

    /// A browser in which somebody has signed in.
    pub async fn signed_in(&self, name: &str) -> Visitor {
        let visitor = self.visitor();
        let said = visitor.sign_in(name, PASSWORD).await;
        assert!(said.contains(&format!("Hello {name}")), "{said}");
        visitor
    }
}
