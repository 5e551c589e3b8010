//! What is known of signed-in users, for a second at most.

use std::{
    collections::HashMap,
    fmt,
    future::Future,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use rdj_runtime::{IdentityChange, Result};
use tokio::sync::OnceCell;

use crate::backend::Account;

/// How old what is known may be: changes that nobody tells, such as Django's, hold after that.
const LIFETIME: Duration = Duration::from_secs(1);
/// When so many users are known, those of before are forgotten.
const CAPACITY: usize = 10_000;

/// A user with the signature of its sessions.
#[derive(Debug)]
pub(crate) struct Signed {
    pub(crate) account: Account,
    pub(crate) hash: String,
}

/// A backend's place and a user's key.
type Key = (usize, i64);

/// Users that were loaded, or are being loaded: several requests of one user share one load.
#[derive(Default)]
pub(super) struct Cache(Mutex<HashMap<Key, Arc<Slot>>>);

struct Slot {
    /// When the load began: what changed since may be missing.
    since: Instant,
    user: OnceCell<Option<Arc<Signed>>>,
}

impl Cache {
    /// The user as it is known, or as `load` finds it.
    pub(super) async fn get<F>(
        &self,
        key: Key,
        load: impl FnOnce() -> F,
    ) -> Result<Option<Arc<Signed>>>
    where
        F: Future<Output = Result<Option<Signed>>>,
    {
        let slot = self.slot(key);
        let load = async || Ok(load().await?.map(Arc::new));
        slot.user.get_or_try_init(load).await.cloned()
    }

    fn slot(&self, key: Key) -> Arc<Slot> {
        let mut slots = self.slots();
        let fresh = |slot: &Arc<Slot>| slot.since.elapsed() < LIFETIME;
        if let Some(slot) = slots.get(&key).filter(|slot| fresh(slot)) {
            return Arc::clone(slot);
        }
        if slots.len() >= CAPACITY {
            slots.retain(|_, slot| fresh(slot));
        }
        let slot = Arc::new(Slot {
            since: Instant::now(),
            user: OnceCell::new(),
        });
        slots.insert(key, Arc::clone(&slot));
        slot
    }

    /// Drops what a change makes wrong. A load that is under way ends for those who wait for it, and
    /// is not used again.
    pub(super) fn follow(&self, change: &IdentityChange) {
        match change {
            IdentityChange::User(id) => self.slots().retain(|(_, known), _| known != id),
            IdentityChange::Session(_) => {}
            _ => self.slots().clear(),
        }
    }

    fn slots(&self) -> MutexGuard<'_, HashMap<Key, Arc<Slot>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Cache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cache({})", self.slots().len())
    }
}
