//! Pages that wait for a socket: in this process as they are, and in the store that several processes
//! share as what another one needs to open them from their address.

use std::{sync::Arc, time::Duration};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    answers::Answers,
    held::{HeldPages, Holder, Waits},
    mount::Mounted,
    share::Share,
};
use crate::{
    config::Config, error::Result, message::Messages, page_store::Sealed, state::Keeper,
    work::PageWork,
};

/// What is kept of a page at most, in bytes: a larger one is opened from its address alone.
const LONGEST: usize = 100 * 1024;
/// When a page is written again that the store did not take: a database that changes over is away for
/// moments.
const AGAIN: [Duration; 4] = [
    Duration::from_millis(200),
    Duration::from_millis(400),
    Duration::from_millis(800),
    Duration::from_millis(1600),
];
/// The kind of what is put into the store.
const KIND: &str = "page";

/// The pages that wait for a socket.
#[derive(Debug)]
pub(crate) struct KeptPages {
    own: HeldPages,
    shared: Option<Shared>,
    time: Duration,
}

/// The store that other processes of the same application use too.
#[derive(Debug)]
struct Shared {
    store: Sealed,
    build: Arc<str>,
    share: Share,
}

/// What the store knows of a page.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Record {
    /// The build that wrote it: another one drops it and guesses nothing.
    build: String,
    holder: Holder,
    /// Path and query that rebuild the page.
    pub(crate) address: String,
    seq: u64,
    answers: Answers,
    pub(crate) version: u64,
    pub(crate) messages: Messages,
    states: Map<String, Value>,
    /// Whether the states and the address say all there is.
    whole: bool,
}

/// A page that waited.
pub(crate) enum Found {
    /// In this process.
    Page(Box<Mounted>),
    /// It has to be opened from its address.
    Record(Box<Record>),
}

impl KeptPages {
    pub(crate) fn new(config: &Config, store: Option<Sealed>, build: &Arc<str>) -> Self {
        let build = Arc::clone(build);
        Self {
            own: HeldPages::new(config.hold_time, config.max_held_pages),
            shared: store.map(|store| Shared {
                store,
                build,
                share: Share::new(config.max_held_pages, config.hold_time),
            }),
            time: config.hold_time,
        }
    }

    /// How many wait in this process.
    pub(crate) fn count(&self) -> usize {
        self.own.count()
    }

    /// Whether other processes have the pages too.
    pub(crate) fn is_shared(&self) -> bool {
        self.shared.is_some()
    }

    /// Keeps a page under its token. Until this ends a page that was joined still has its socket's place:
    /// its browser waits meanwhile.
    pub(crate) async fn hold(&self, mut mounted: Mounted, holder: Holder, was_joined: bool) {
        let waits = if was_joined {
            Waits::Return
        } else {
            Waits::First
        };
        if let Some(shared) = &self.shared {
            let has_messages = !mounted.messages().is_empty();
            if !was_joined && !shared.share.take(has_messages) {
                return self.own.hold(mounted, holder, Waits::FirstHere);
            }
            let record = Record::of(&mut mounted, &shared.build, &holder);
            let waits: &[_] = if was_joined { &AGAIN } else { &[] };
            // a page that nobody can claim is not given out: another process may have it after all
            if !self.put(mounted.token(), record, waits).await {
                return;
            }
        }
        self.own.hold(mounted, holder, waits);
    }

    /// Puts a record back that was taken, and belongs to a page with events.
    pub(crate) async fn put_back(&self, token: &str, record: Record) {
        self.put(token, record, &AGAIN).await;
    }

    /// Puts a record into the store, again after each of these times where the store fails.
    ///
    /// A write that takes long is waited for, however long the store lets it: one that was given up and
    /// is done later would bring back a page that somebody has taken since.
    async fn put(&self, token: &str, record: Record, waits: &[Duration]) -> bool {
        let Some(shared) = &self.shared else {
            return false;
        };
        let bytes = match record.into_bytes() {
            Ok(bytes) => bytes,
            Err(error) => {
                tracing::error!(%error, "a page could not be written down");
                return false;
            }
        };
        let mut waits = waits.iter();
        loop {
            let put = shared.store.put(KIND, token, bytes.clone(), self.time);
            let Err(error) = put.await else { return true };
            let Some(wait) = waits.next() else {
                tracing::error!(%error, "a page could not be kept");
                return false;
            };
            tracing::warn!(%error, "a page could not be kept: tried again");
            tokio::time::sleep(*wait).await;
        }
    }

    /// Takes a page out, if it is still there and `holder` may have it. Where the store is shared it
    /// says who gets it: what this process has may be older than what another one did.
    ///
    /// # Errors
    ///
    /// The store fails.
    pub(crate) async fn take(&self, token: &str, holder: &Holder) -> Result<Option<Found>> {
        let Some(shared) = &self.shared else {
            let page = self.own.take(token, holder);
            return Ok(page.map(|page| Found::Page(Box::new(page))));
        };
        let Some(bytes) = shared.store.take(KIND, token).await? else {
            let page = self.own.take_here(token, holder);
            return Ok(page.map(|page| Found::Page(Box::new(page))));
        };
        let record = match serde_json::from_slice::<Record>(&bytes) {
            Ok(record) if *record.build == *shared.build => record,
            _ => {
                tracing::debug!("a page of another build is dropped");
                return Ok(None);
            }
        };
        if !record.holder.admits(holder) {
            self.put_back(token, record).await;
            return Ok(None);
        }
        let own = self.own.take(token, holder);
        let same = |page: &Mounted| (page.last_seq, page.version) == (record.seq, record.version);
        Ok(Some(match own.filter(same) {
            Some(page) => Found::Page(Box::new(page)),
            None => Found::Record(Box::new(record)),
        }))
    }

    /// What waits for a page of this process, if `holder` may have it.
    pub(crate) fn work(&self, token: &str, holder: &Holder) -> Option<Arc<PageWork>> {
        self.own.work(token, holder)
    }

    /// Drops what nobody came for.
    pub(crate) async fn sweep(&self) {
        self.own.sweep();
        if let Some(shared) = &self.shared {
            shared.store.sweep().await;
        }
    }
}

impl Record {
    fn of(mounted: &mut Mounted, build: &str, holder: &Holder) -> Self {
        let mut keeper = Keeper::saving();
        mounted.page.keep(&mut keeper);
        let (states, whole) = keeper.into_parts();
        Self {
            build: build.to_owned(),
            holder: holder.clone(),
            address: mounted.address().to_string(),
            seq: mounted.last_seq,
            answers: mounted.answers.clone(),
            version: mounted.version,
            messages: mounted.messages().clone(),
            states,
            whole,
        }
    }

    /// What is written down of it: without the states where they are too much.
    fn into_bytes(mut self) -> serde_json::Result<Vec<u8>> {
        let bytes = serde_json::to_vec(&self)?;
        let length = bytes.len();
        if length <= LONGEST {
            return Ok(bytes);
        }
        tracing::debug!(length, address = self.address, "too much to be kept");
        self.states.clear();
        self.whole = false;
        serde_json::to_vec(&self)
    }

    /// Whether the page was opened for the user whose page this is.
    pub(crate) fn is_of_user_of(&self, mounted: &Mounted) -> bool {
        self.holder.user == mounted.owner
    }

    /// Gives a page that was opened from the address what its states had; false where that is not all:
    /// the browser is told then that its page is a new one.
    pub(crate) fn restore(self, mounted: &mut Mounted, token: &str) -> bool {
        let mut keeper = Keeper::restoring(self.states);
        mounted.page.keep(&mut keeper);
        mounted.go_on_as(token, self.version);
        mounted.last_seq = self.seq;
        mounted.answers = self.answers;
        self.whole && keeper.into_parts().1
    }
}
