//! Sessions in the memory of this process.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use time::OffsetDateTime;
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store::Result,
};

use super::{ClearExpired, gone};

/// How many sessions the default store holds.
const CAPACITY: usize = 100_000;

/// A store in memory: for development, tests, and services of one process whose users may be signed
/// out by a restart.
///
/// It holds a bounded number of sessions. When it is full, expired ones go first, then the sixteenth
/// part that would expire soonest.
#[derive(Clone, Debug)]
pub struct MemorySessions {
    records: Arc<Mutex<HashMap<Id, Record>>>,
    capacity: usize,
}

impl Default for MemorySessions {
    fn default() -> Self {
        Self::new(CAPACITY)
    }
}

impl MemorySessions {
    /// A store for at most `capacity` sessions.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        Self {
            records: Arc::default(),
            capacity: capacity.max(1),
        }
    }

    /// How many sessions it holds, expired ones included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records().len()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records().is_empty()
    }

    /// The names under which sessions are kept; no keys.
    #[must_use]
    pub fn ids(&self) -> Vec<Id> {
        self.records().keys().copied().collect()
    }

    fn records(&self) -> MutexGuard<'_, HashMap<Id, Record>> {
        self.records.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn drop_expired(records: &mut HashMap<Id, Record>) -> usize {
    let now = OffsetDateTime::now_utc();
    let before = records.len();
    records.retain(|_, record| record.expiry_date > now);
    before - records.len()
}

/// Makes room: a part at once, so that a full store does not search all of itself for each session.
fn make_room(records: &mut HashMap<Id, Record>) {
    if drop_expired(records) > 0 || records.is_empty() {
        return;
    }
    let mut ends: Vec<_> = records.values().map(|record| record.expiry_date).collect();
    let at = ends.len() / 16;
    let (_, end, _) = ends.select_nth_unstable(at);
    let end = *end;
    records.retain(|_, record| record.expiry_date > end);
    tracing::warn!("the memory for sessions is full: the oldest ones were dropped");
}

#[async_trait::async_trait]
impl SessionStore for MemorySessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let mut records = self.records();
        if records.len() >= self.capacity {
            make_room(&mut records);
        }
        while records.contains_key(&record.id) {
            record.id = Id::default();
        }
        records.insert(record.id, record.clone());
        Ok(())
    }

    async fn save(&self, record: &Record) -> Result<()> {
        match self.records().get_mut(&record.id) {
            Some(stored) => {
                stored.clone_from(record);
                Ok(())
            }
            None => Err(gone()),
        }
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let found = self.records().get(id).cloned();
        Ok(found.filter(|record| record.expiry_date > OffsetDateTime::now_utc()))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        self.records().remove(id);
        Ok(())
    }
}

#[async_trait::async_trait]
impl ClearExpired for MemorySessions {
    async fn clear_expired(&self) -> Result<u64> {
        Ok(drop_expired(&mut self.records()) as u64)
    }

    fn is_persistent(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use time::Duration;

    use super::*;

    fn record(minutes: i64) -> Record {
        Record {
            id: Id::default(),
            data: HashMap::new(),
            expiry_date: OffsetDateTime::now_utc() + Duration::minutes(minutes),
        }
    }

    #[tokio::test]
    async fn never_brings_a_deleted_session_back() -> Result<()> {
        let store = MemorySessions::default();
        let mut first = record(1);
        store.create(&mut first).await?;
        store.save(&first).await?;
        store.delete(&first.id).await?;
        assert!(store.save(&first).await.is_err());
        assert!(store.is_empty());
        Ok(())
    }

    #[tokio::test]
    async fn m3_expired_is_not_found_and_cleared() -> Result<()> {
        let store = MemorySessions::default();
        let (mut old, mut new) = (record(-1), record(1));
        store.create(&mut old).await?;
        store.create(&mut new).await?;
        assert_eq!(store.load(&old.id).await?, None);
        assert_eq!(store.clear_expired().await?, 1);
        assert_eq!(store.len(), 1);
        assert!(store.load(&new.id).await?.is_some());
        Ok(())
    }

    #[tokio::test]
    async fn is_bounded() -> Result<()> {
        let store = MemorySessions::new(32);
        for minute in 1..100 {
            store.create(&mut record(minute)).await?;
        }
        assert!(store.len() <= 32, "{}", store.len());
        Ok(())
    }
}
