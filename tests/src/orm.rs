//! Driving states without a browser: a database and users who send events.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::Request;
use rdj::{
    __private::runtime::dispatch::Call,
    CurrentUser, Cx, Entries, Resources, Result, State,
    live::Changes,
    orm::{Db, Tables, connect, history},
};

use crate::models::{
    album, artist,
    bills::{bill, line, product, stamp},
    booking, country,
    documents::document,
    genre,
    mailboxes::mailbox,
    memos::{memo, memo_tag, tag},
    note, papers,
    playlists::{entry, playlist, song},
    reading, sample,
    sample::tally,
    seat, token, track,
};

/// Makes the tables of all models.
///
/// # Errors
///
/// The database fails.
pub async fn create_tables(db: &Db) -> Result {
    // a table stands before the one it refers to, to see that the order does not matter
    let tables = Tables::new().add(album::Entity).add(artist::Entity);
    let tables = tables.add(note::Entity).add(country::Entity);
    let tables = tables.add(token::Entity).add(seat::Entity);
    let tables = tables.add(entry::Entity).add(song::Entity);
    let tables = tables.add(playlist::Entity).add(sample::Entity);
    let tables = tables.add(tally::Entity);
    let tables = tables.add(track::Entity).add(genre::Entity);
    let tables = tables.add(booking::Entity);
    let tables = tables.add(memo_tag::Entity).add(memo::Entity);
    let tables = tables.add(tag::Entity).add(history::Entity);
    let tables = tables.add(document::Entity).add(mailbox::Entity);
    let tables = tables.add(stamp::Entity).add(line::Entity);
    let tables = tables.add(bill::Entity).add(product::Entity);
    let tables = tables
        .add(papers::tagged::Entity)
        .add(papers::sheet::Entity)
        .add(papers::paper::Entity);
    let tables = tables.add(papers::tag::Entity).add(papers::folder::Entity);
    tables.add(reading::Entity).create(db).await
}

/// A SQLite database in memory with all tables.
///
/// # Errors
///
/// The database fails.
pub async fn memory() -> Result<Db> {
    let db = connect("sqlite::memory:").await?;
    create_tables(&db).await?;
    Ok(db)
}

/// What a backend of a state finds beside the application's database.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// Another database.
    pub db: Option<Db>,
    /// What was asked for.
    pub log: Arc<Mutex<Vec<&'static str>>>,
}

impl Beside {
    /// Notes what was asked for.
    pub fn note(&self, what: &'static str) {
        self.lock().push(what);
    }

    /// What was asked for since the last time.
    #[must_use]
    pub fn take(&self) -> String {
        std::mem::take(&mut *self.lock()).join(", ")
    }

    fn lock(&self) -> MutexGuard<'_, Vec<&'static str>> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Somebody who sends events.
#[derive(Clone, Debug)]
pub struct Client {
    db: Db,
    user: Option<CurrentUser>,
    changes: Changes,
    /// What backends find.
    pub beside: Beside,
}

impl Client {
    /// A signed-in user.
    #[must_use]
    pub fn new(db: &Db, user: i64) -> Self {
        Self {
            db: db.clone(),
            user: Some(CurrentUser::new(user, "somebody")),
            changes: Changes::default(),
            beside: Beside::default(),
        }
    }

    /// A signed-in user with rights.
    #[must_use]
    pub fn of(db: &Db, user: CurrentUser) -> Self {
        Self {
            db: db.clone(),
            user: Some(user),
            changes: Changes::default(),
            beside: Beside::default(),
        }
    }

    /// Nobody in particular.
    #[must_use]
    pub fn anonymous(db: &Db) -> Self {
        Self {
            db: db.clone(),
            user: None,
            changes: Changes::default(),
            beside: Beside::default(),
        }
    }

    /// Where the events of this client tell what they have written.
    #[must_use]
    pub fn changes(&self) -> &Changes {
        &self.changes
    }

    /// The context of an event.
    #[must_use]
    pub fn cx(&self) -> Cx {
        let mut parts = Request::new(()).into_parts().0;
        if let Some(user) = &self.user {
            parts.extensions.insert(user.clone());
        }
        let mut resources = Resources::default();
        resources.insert(self.db.clone());
        resources.insert(self.changes.clone());
        resources.insert(self.beside.clone());
        Cx::new(parts, Vec::new(), None, Arc::new(resources))
    }

    /// Opens a page with the state and returns the messages.
    ///
    /// # Errors
    ///
    /// As `on_load`.
    pub async fn load<S: State>(&self, state: &mut S) -> Result<Vec<String>> {
        let cx = self.cx();
        state.on_load(&cx).await?;
        Ok(messages(&cx))
    }

    /// Sends an event and returns the messages.
    ///
    /// # Errors
    ///
    /// As `dispatch`.
    pub async fn call<S: State>(
        &self,
        state: &mut S,
        event: &str,
        args: &str,
    ) -> Result<Vec<String>> {
        let cx = self.cx();
        let call = Call {
            event,
            args,
            form: None,
        };
        state.dispatch(&cx, call).await?;
        Ok(messages(&cx))
    }

    /// Submits a form and returns the messages.
    ///
    /// # Errors
    ///
    /// As `dispatch`.
    pub async fn submit<S: State>(
        &self,
        state: &mut S,
        event: &str,
        entries: &[(&str, &str)],
    ) -> Result<Vec<String>> {
        let cx = self.cx();
        let owned = |text: &str| text.to_owned();
        let pairs = entries
            .iter()
            .map(|(name, value)| (owned(name), owned(value)));
        let form = Entries::new(pairs.collect());
        let call = Call {
            event,
            args: "[]",
            form: Some(&form),
        };
        state.dispatch(&cx, call).await?;
        Ok(messages(&cx))
    }
}

fn messages(cx: &Cx) -> Vec<String> {
    let messages = cx.messages().all();
    messages
        .iter()
        .map(|message| message.text.clone())
        .collect()
}
