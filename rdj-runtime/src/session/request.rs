//! The store as one request sees it: it turns keys into stored names, applies changes instead of
//! overwriting, and remembers what happened.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use time::{Duration, OffsetDateTime};
use tower_sessions::{
    Expiry, SessionStore,
    session::{Id, Record},
    session_store::{Error, Result},
};

use super::{
    cache::Cached,
    exchanged::Exchanged,
    gone,
    key::stored_id,
    meta::{Data, Meta, merge},
};

/// How often a new key is made when a random one is taken; it never is.
const TRIES: usize = 4;

/// Told the key of a session that ended.
pub(super) type OnEnd = Arc<dyn Fn(&str) + Send + Sync>;

/// What the requests of one layer share.
pub(super) struct Shared {
    pub(super) cached: Cached,
    pub(super) idle: Duration,
    pub(super) absolute: Duration,
    pub(super) on_end: Vec<OnEnd>,
    pub(super) exchanged: Exchanged,
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Shared({:?})", self.cached.store())
    }
}

/// The store of one request.
#[derive(Debug)]
pub(super) struct RequestStore {
    shared: Arc<Shared>,
    /// The key in the browser's cookie.
    key: Option<Id>,
    seen: Mutex<Seen>,
}

/// What happened in this request.
#[derive(Debug, Default)]
struct Seen {
    loaded: Option<Loaded>,
    asked: bool,
    /// A deletion found that it was deleted already.
    missing: bool,
    gone: bool,
    /// What the layer says the expiry is, for the next write.
    expiry: Option<Expiry>,
    /// When the session ends, as of the last write.
    end: Option<OffsetDateTime>,
    /// Keys that this request ended, which nobody was told yet; and whether they were in the store.
    ended: Vec<(Id, bool)>,
}

/// The session as this request last read or wrote it.
#[derive(Clone, Debug)]
struct Loaded {
    key: Id,
    record: Arc<Record>,
}

impl RequestStore {
    pub(super) fn new(shared: Arc<Shared>, key: Option<Id>) -> Self {
        Self {
            shared,
            key,
            seen: Mutex::default(),
        }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the store was asked for the session.
    pub(super) fn was_asked(&self) -> bool {
        self.seen().asked
    }

    /// Whether the browser shows a key that another request has exchanged: it has the new one by now, or
    /// will have it soon.
    pub(super) fn is_exchanged(&self) -> bool {
        self.key.is_some_and(|key| {
            let is_own = self.seen().ended.iter().any(|(own, _)| *own == key);
            !is_own && self.shared.exchanged.has(&stored_id(&key))
        })
    }

    /// Tells which keys ended. This comes after the last write: whoever hears it finds the new session.
    pub(super) fn tell_ended(&self) {
        let ended = std::mem::take(&mut self.seen().ended);
        for (key, _) in ended {
            let key = key.to_string();
            for told in &self.shared.on_end {
                told(&key);
            }
        }
    }

    /// Whether the session was there for this request and is not any more.
    pub(super) fn is_gone(&self) -> bool {
        self.seen().gone
    }

    /// When the session ends, as of the last write.
    pub(super) fn end(&self) -> Option<OffsetDateTime> {
        self.seen().end
    }

    /// The expiry that was stored with the session, if it has one of its own.
    pub(super) fn expiry(&self) -> Option<Expiry> {
        // also once the session was loaded and then exchanged for one with another key
        self.seen().expiry
    }

    /// Stores an expiry of its own with the session.
    pub(super) fn set_expiry(&self, expiry: Option<Expiry>) {
        self.seen().expiry = expiry;
    }

    fn loaded(&self, key: Id) -> Option<Loaded> {
        let seen = self.seen();
        seen.loaded.clone().filter(|loaded| loaded.key == key)
    }

    fn is_over(&self, record: &Record) -> bool {
        let now = OffsetDateTime::now_utc();
        record.expiry_date <= now || Meta::of(record).end(self.shared.absolute) <= now
    }

    /// The record as the store keeps it.
    fn sealed(&self, id: Id, mut data: Data, mut meta: Meta, expiry: OffsetDateTime) -> Record {
        let own = self.seen().expiry;
        meta.expiry = own;
        meta.put(&mut data);
        // a cookie that ends with the browser says nothing about how long the session is good here
        let idle = match own {
            Some(Expiry::OnSessionEnd) => {
                OffsetDateTime::now_utc().saturating_add(self.shared.idle)
            }
            _ => expiry,
        };
        let expiry_date = expiry.min(idle).min(meta.end(self.shared.absolute));
        Record {
            id,
            data,
            expiry_date,
        }
    }

    /// Remembers what was written: the base of the changes to come.
    fn wrote(&self, mine: &Record, end: OffsetDateTime) {
        let mut seen = self.seen();
        seen.end = Some(end);
        seen.loaded = Some(Loaded {
            key: mine.id,
            record: Arc::new(mine.clone()),
        });
    }

    fn lost(&self) -> Error {
        let mut seen = self.seen();
        seen.gone = seen.loaded.is_some();
        gone()
    }
}

#[async_trait::async_trait]
impl SessionStore for RequestStore {
    /// Stores a new session, always under a new key: neither the browser nor an earlier session
    /// chooses it.
    async fn create(&self, record: &mut Record) -> Result<()> {
        if self.seen().missing {
            return Err(self.lost());
        }
        let meta = Meta::new();
        for _ in 0..TRIES {
            record.id = Id::default();
            let id = stored_id(&record.id);
            let mut sealed = self.sealed(id, record.data.clone(), meta, record.expiry_date);
            self.shared.cached.create(&mut sealed).await?;
            if sealed.id == id {
                for (old, existed) in &self.seen().ended {
                    if *existed {
                        self.shared.exchanged.add(stored_id(old));
                    }
                }
                self.wrote(record, sealed.expiry_date);
                return Ok(());
            }
            // the store chose another name, and no key leads to that one
            self.shared.cached.delete(&sealed.id).await?;
        }
        Err(Error::Backend("no free session key".to_owned()))
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let id = stored_id(&record.id);
        let cached = &self.shared.cached;
        let _one_at_a_time = cached.lock(&id).await;
        let stored = cached.reload(&id).await?;
        let Some(stored) = stored.filter(|stored| !self.is_over(stored)) else {
            return Err(self.lost());
        };
        let meta = Meta::of(&stored);
        let data = match self.loaded(record.id) {
            Some(base) => merge(&base.record.data, &record.data, stored.data),
            // cleared without a look at it
            None => record.data.clone(),
        };
        let sealed = self.sealed(id, data, meta, record.expiry_date);
        match cached.save(&sealed).await {
            Ok(()) => {
                self.wrote(record, sealed.expiry_date);
                Ok(())
            }
            Err(error) if super::is_gone(&error) => Err(self.lost()),
            Err(error) => Err(error),
        }
    }

    async fn load(&self, key: &Id) -> Result<Option<Record>> {
        self.seen().asked = true;
        let Some(record) = self.shared.cached.load(&stored_id(key)).await? else {
            return Ok(None);
        };
        if self.is_over(&record) {
            return Ok(None);
        }
        let mut mine = Record {
            id: *key,
            ..(*record).clone()
        };
        Meta::strip(&mut mine.data);
        let meta = Meta::of(&record);
        let mut seen = self.seen();
        seen.expiry = meta.expiry;
        seen.loaded = Some(Loaded { key: *key, record });
        Ok(Some(mine))
    }

    async fn delete(&self, key: &Id) -> Result<()> {
        let loaded = self.loaded(*key).is_some();
        // a session that was never stored has a random key of its own
        if !loaded && self.key != Some(*key) {
            return Ok(());
        }
        let id = stored_id(key);
        let cached = &self.shared.cached;
        {
            let _one_at_a_time = cached.lock(&id).await;
            // a key that is exchanged takes the values along, unless they were deleted meanwhile
            if loaded && cached.reload(&id).await?.is_none() {
                self.seen().missing = true;
            }
            cached.delete(&id).await?;
        }
        // this request ended it: a second deletion of its own is nobody else's
        let mut seen = self.seen();
        if !seen.missing {
            seen.loaded = seen.loaded.take().filter(|loaded| loaded.key != *key);
        }
        let existed = loaded && !seen.missing;
        seen.ended.push((*key, existed));
        Ok(())
    }
}

/// A request that is given up half-way has ended its sessions all the same.
impl Drop for RequestStore {
    fn drop(&mut self) {
        self.tell_ended();
    }
}
