//! A store in the memory of one process.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use super::PageStore;
use crate::error::Result;

/// Bytes by name, and until when they are good.
type Waiting = HashMap<String, (Instant, Vec<u8>)>;

/// A store that several applications of one process share, for tests of what pages take along.
///
/// An application without a store keeps its pages in memory as they are, which costs less.
#[derive(Clone, Default)]
pub struct MemoryPages(Arc<Mutex<Waiting>>);

impl MemoryPages {
    /// How much is there, also of what is too old.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lock().len()
    }

    /// Whether nothing is there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lock().is_empty()
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for MemoryPages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MemoryPages({})", self.len())
    }
}

#[async_trait::async_trait]
impl PageStore for MemoryPages {
    async fn put(&self, name: &str, bytes: Vec<u8>, time: Duration) -> Result {
        let until = Instant::now() + time;
        self.lock().insert(name.to_owned(), (until, bytes));
        Ok(())
    }

    async fn take(&self, name: &str) -> Result<Option<Vec<u8>>> {
        let found = self.lock().remove(name);
        let found = found.filter(|(until, _)| *until > Instant::now());
        Ok(found.map(|(_, bytes)| bytes))
    }

    async fn sweep(&self) -> Result<u64> {
        let mut kept = self.lock();
        let (before, now) = (kept.len(), Instant::now());
        kept.retain(|_, (until, _)| *until > now);
        Ok((before - kept.len()) as u64)
    }
}
