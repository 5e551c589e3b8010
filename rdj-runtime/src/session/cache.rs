//! Reading a store less often: an event of an open page costs no access to the store.

use std::{
    collections::HashMap,
    hash::BuildHasher as _,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use rustc_hash::FxBuildHasher;
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store::Result,
};

/// In how many parts the cache is divided, so that requests rarely wait for one another.
const STRIPES: usize = 64;
/// How many records one part keeps.
const STRIPE_CAPACITY: usize = 512;

/// A store whose records are kept for a short time after they were read or written.
///
/// What this process writes or deletes is seen at once; what another process does, when the kept copy
/// is too old. Each session is written by one request at a time.
#[derive(Debug)]
pub(super) struct Cached {
    store: Arc<dyn SessionStore>,
    stripes: Vec<Stripe>,
    /// How long a copy is good; zero keeps none.
    age: Duration,
}

#[derive(Debug, Default)]
struct Stripe {
    writing: tokio::sync::Mutex<()>,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    /// Counts writes: a read that began before one must not put its old copy back.
    epoch: u64,
    records: HashMap<Id, (Instant, Arc<Record>), FxBuildHasher>,
}

impl Kept {
    fn put(&mut self, record: Arc<Record>, age: Duration) {
        if self.records.len() >= STRIPE_CAPACITY {
            self.records.retain(|_, (read, _)| read.elapsed() < age);
        }
        if !age.is_zero() && self.records.len() < STRIPE_CAPACITY {
            self.records.insert(record.id, (Instant::now(), record));
        }
    }

    fn forget(&mut self, id: &Id) {
        self.epoch = self.epoch.wrapping_add(1);
        self.records.remove(id);
    }
}

impl Cached {
    pub(super) fn new(store: Arc<dyn SessionStore>, age: Duration) -> Self {
        Self {
            store,
            stripes: std::iter::repeat_with(Stripe::default)
                .take(STRIPES)
                .collect(),
            age,
        }
    }

    pub(super) fn store(&self) -> &Arc<dyn SessionStore> {
        &self.store
    }

    fn stripe(&self, id: &Id) -> &Stripe {
        // the upper bits are the well-mixed ones
        let hash = FxBuildHasher.hash_one(id) >> 32;
        let at = usize::try_from(hash).unwrap_or_default() % STRIPES;
        &self.stripes[at]
    }

    fn kept(&self, id: &Id) -> MutexGuard<'_, Kept> {
        let kept = &self.stripe(id).kept;
        kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until nobody else in this process writes this session.
    pub(super) async fn lock(&self, id: &Id) -> tokio::sync::MutexGuard<'_, ()> {
        self.stripe(id).writing.lock().await
    }

    /// The record as it was at most the cache's age ago.
    pub(super) async fn load(&self, id: &Id) -> Result<Option<Arc<Record>>> {
        let epoch = {
            let kept = self.kept(id);
            if let Some((read, record)) = kept.records.get(id)
                && read.elapsed() < self.age
            {
                return Ok(Some(Arc::clone(record)));
            }
            kept.epoch
        };
        let found = self.store.load(id).await?.map(Arc::new);
        if let Some(record) = &found {
            let mut kept = self.kept(id);
            if kept.epoch == epoch {
                kept.put(Arc::clone(record), self.age);
            }
        }
        Ok(found)
    }

    /// The record as it is in the store.
    pub(super) async fn reload(&self, id: &Id) -> Result<Option<Record>> {
        self.store.load(id).await
    }

    pub(super) async fn create(&self, record: &mut Record) -> Result<()> {
        self.store.create(record).await?;
        self.written(record);
        Ok(())
    }

    pub(super) async fn save(&self, record: &Record) -> Result<()> {
        self.kept(&record.id).forget(&record.id);
        self.store.save(record).await?;
        self.written(record);
        Ok(())
    }

    pub(super) async fn delete(&self, id: &Id) -> Result<()> {
        self.kept(id).forget(id);
        let result = self.store.delete(id).await;
        self.kept(id).forget(id);
        result
    }

    fn written(&self, record: &Record) {
        let mut kept = self.kept(&record.id);
        kept.forget(&record.id);
        kept.put(Arc::new(record.clone()), self.age);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use time::OffsetDateTime;

    use super::*;
    use crate::session::MemorySessions;

    #[derive(Clone, Debug, Default)]
    struct Counting {
        inner: MemorySessions,
        loads: Arc<AtomicUsize>,
    }

    #[async_trait::async_trait]
    impl SessionStore for Counting {
        async fn create(&self, record: &mut Record) -> Result<()> {
            self.inner.create(record).await
        }
        async fn save(&self, record: &Record) -> Result<()> {
            self.inner.save(record).await
        }
        async fn load(&self, id: &Id) -> Result<Option<Record>> {
            self.loads.fetch_add(1, Ordering::SeqCst);
            self.inner.load(id).await
        }
        async fn delete(&self, id: &Id) -> Result<()> {
            self.inner.delete(id).await
        }
    }

    fn record() -> Record {
        Record {
            id: Id::default(),
            data: HashMap::new(),
            expiry_date: OffsetDateTime::now_utc() + time::Duration::hours(1),
        }
    }

    #[tokio::test]
    async fn reads_the_store_once_in_its_time() -> Result<()> {
        let store = Counting::default();
        let cached = Cached::new(Arc::new(store.clone()), Duration::from_mins(1));
        let mut record = record();
        cached.create(&mut record).await?;
        for _ in 0..10 {
            assert!(cached.load(&record.id).await?.is_some());
        }
        assert_eq!(store.loads.load(Ordering::SeqCst), 0, "written through");
        store.inner.delete(&record.id).await?;
        if let Some((read, _)) = cached.kept(&record.id).records.get_mut(&record.id) {
            *read -= Duration::from_mins(1);
        }
        assert!(cached.load(&record.id).await?.is_none(), "another process");
        Ok(())
    }

    #[tokio::test]
    async fn sees_own_writes_and_deletes_at_once() -> Result<()> {
        let cached = Cached::new(Arc::new(Counting::default()), Duration::from_mins(1));
        let mut record = record();
        cached.create(&mut record).await?;
        record.data.insert("a".to_owned(), 1.into());
        cached.save(&record).await?;
        let found = cached.load(&record.id).await?;
        assert_eq!(found.as_deref(), Some(&record));
        cached.delete(&record.id).await?;
        assert!(cached.load(&record.id).await?.is_none());
        Ok(())
    }

    #[tokio::test]
    async fn is_bounded() -> Result<()> {
        let cached = Cached::new(Arc::new(Counting::default()), Duration::from_mins(1));
        for _ in 0..STRIPES * STRIPE_CAPACITY + 1000 {
            cached.create(&mut record()).await?;
        }
        for stripe in &cached.stripes {
            let kept = stripe.kept.lock().unwrap_or_else(PoisonError::into_inner);
            assert!(kept.records.len() <= STRIPE_CAPACITY);
            assert!(kept.records.len() > STRIPE_CAPACITY / 2, "sessions spread");
        }
        Ok(())
    }
}
