//! Pages that outlive their socket and their process.

#![expect(
    missing_debug_implementations,
    reason = "states and pages are not printed here"
)]

use std::{env, path::Path, time::Duration};

use rdj::{
    App, AppDatabase as _,
    orm::{
        CxDb as _, Db, DbPages, DbSessions, Tables, connect_with,
        sea_orm::{ConnectOptions, ConnectionTrait as _, sea_query::Query},
    },
    prelude::*,
    session,
};
use tokio::time::sleep;

/// What was saved, one row for each run of a handler.
pub mod entry {
    use rdj::orm::prelude::*;

    /// A saved text.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "kept_entry")]
    #[rdj(app_label = "kept")]
    pub struct Model {
        /// The key.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// What the browser sent.
        #[rdj(max_length = 200)]
        pub text: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Saves texts, and counts how many of this page.
#[rdj::app_state]
pub struct KeptState {
    /// How many this page has saved.
    pub saved: u32,
    /// The last ones.
    pub texts: Vec<String>,
    /// In the form.
    #[var(bind)]
    pub title: String,
    /// In the form, and not a text.
    #[var(bind)]
    pub age: Option<i32>,
    /// In a form that leaves the page.
    #[var(bind)]
    pub order: String,
    /// Nothing that another process could have.
    #[var(transient)]
    pub cache: Option<std::sync::Arc<Vec<u8>>>,
}

#[rdj::events]
impl KeptState {
    /// Takes as long as a save does, so that many are under way when the server ends.
    async fn save(&mut self, cx: &Cx, text: String) -> Result {
        sleep(Duration::from_millis(5)).await;
        insert(cx, &text).await?;
        sleep(Duration::from_millis(5)).await;
        self.saved += 1;
        self.texts.insert(0, text);
        self.texts.truncate(3);
        Ok(())
    }

    async fn submit(&mut self, cx: &Cx) -> Result {
        let text = std::mem::take(&mut self.title);
        cx.messages().success(format!("Saved {text}."));
        self.save(cx, text).await
    }

    /// Leaves the page when it has saved, and fails as where the database is away.
    async fn place(&mut self, cx: &Cx) -> Result {
        if self.order.is_empty() {
            return Err(Error::internal("the database is away"));
        }
        let text = std::mem::take(&mut self.order);
        self.save_and_go(cx, text).await
    }

    async fn save_and_go(&mut self, cx: &Cx, text: String) -> Result {
        self.save(cx, text).await?;
        cx.redirect("/kept/entries");
        Ok(())
    }

    async fn refuse(&mut self, _cx: &Cx, text: String) -> Result {
        sleep(Duration::from_millis(5)).await;
        Err(Error::invalid(format!("Not {text}.")))
    }

    /// Shows that it has begun, and ends when there is a file at this path.
    async fn linger(&mut self, cx: &Cx, text: String, until: String) -> Result {
        self.texts.insert(0, "begun".to_owned());
        cx.flush(self).await;
        while !Path::new(&until).exists() {
            sleep(Duration::from_millis(5)).await;
        }
        self.save(cx, text).await
    }

    async fn grow(&mut self, _cx: &Cx, bytes: usize) {
        self.texts = vec!["x".repeat(bytes)];
    }

    async fn remember(&mut self, cx: &Cx, text: String) -> Result {
        cx.session()?.insert("kept", text).await?;
        Ok(())
    }

    async fn recall(&mut self, cx: &Cx) -> Result {
        let text: Option<String> = cx.session()?.get("kept").await?;
        self.texts = vec![text.unwrap_or_default()];
        Ok(())
    }
}

async fn insert(cx: &Cx, text: &str) -> Result {
    let mut insert = Query::insert();
    insert.into_table("kept_entry").columns(["text"]);
    insert.values_panic([text.into()]);
    cx.db()?.execute(&insert).await?;
    Ok(())
}

/// A form and the saves of this page.
#[rdj::page(
    route = "/kept",
    template = "kept.html",
    title = "Kept",
    discover = false
)]
pub struct KeptPage {
    kept: KeptState,
}

/// A state with something that nobody can write down.
#[rdj::app_state(name = "opaque")]
pub struct OpaqueState {
    /// Written down.
    pub saved: u32,
    /// Not.
    pub since: Option<std::time::Instant>,
}

#[rdj::events]
impl OpaqueState {
    async fn save(&mut self, cx: &Cx, text: String) -> Result {
        insert(cx, &text).await?;
        self.saved += 1;
        self.since = Some(std::time::Instant::now());
        Ok(())
    }
}

/// A page that is only as its address says in another process.
#[rdj::page(
    route = "/kept/opaque",
    template = "kept_opaque.html",
    title = "Opaque",
    discover = false
)]
pub struct OpaquePage {
    opaque: OpaqueState,
}

/// The entries, to edit.
#[rdj::model_state(
    model = entry::Entity,
    name = "entries",
    fields(text),
    ordering(id),
    list_display(text),
    paginate_by = 5,
)]
pub struct EntriesState;

/// The entries with their form.
#[rdj::page(
    route = "/kept/entries",
    template = "kept_entries.html",
    title = "Entries",
    discover = false
)]
pub struct EntriesPage {
    entries: EntriesState,
}

/// An application over the database that `DATABASE_URL` names, in the schema `RDJ_SCHEMA` if that is
/// set; pages wait in the database if `RDJ_PAGE_STORE` is set. How it stops is set in milliseconds.
///
/// # Errors
///
/// The database does not answer.
pub async fn app() -> Result<App> {
    let url = env::var("DATABASE_URL").unwrap_or_else(|_| "sqlite::memory:".to_owned());
    let mut options = ConnectOptions::new(&url);
    if let Ok(schema) = env::var("RDJ_SCHEMA") {
        options.set_schema_search_path(schema).max_connections(8);
    }
    let db = connect_with(options).await?;
    let app = app_on(db, env::var("RDJ_PAGE_STORE").is_ok()).await?;
    Ok(app.configure(|config| {
        for (name, time) in [
            ("RDJ_RESTART_TIME", &mut config.restart_time),
            ("RDJ_DRAIN_DELAY", &mut config.drain_delay),
            ("RDJ_DRAIN_SPREAD", &mut config.drain_spread),
            ("RDJ_DRAIN_GRACE", &mut config.drain_grace),
        ] {
            let set = env::var(name).ok().and_then(|set| set.parse().ok());
            *time = set.map_or(*time, Duration::from_millis);
        }
    }))
}

/// The application over a database.
///
/// # Errors
///
/// The tables cannot be made.
pub async fn app_on(db: Db, shares: bool) -> Result<App> {
    Tables::new().add(entry::Entity).create(&db).await?;
    let (sessions, pages) = (DbSessions::new(db.clone()), DbPages::new(db.clone()));
    sessions.create_table().await?;
    pages.create_table().await?;
    let app = App::new()
        .database(db)
        .sessions(session::layer(sessions))
        .page::<KeptPage>()
        .page::<OpaquePage>()
        .page::<EntriesPage>();
    Ok(if shares { app.page_store(pages) } else { app })
}
