//! A throttle in the memory of one process.

use std::{
    collections::HashMap,
    iter,
    net::IpAddr,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use rdj_runtime::Result;
use sea_orm::prelude::async_trait::async_trait;

use super::{Attempt, Throttle};
use crate::client::is_public;

/// The most that is remembered; about 200 bytes each.
const CAPACITY: usize = 100_000;
/// The longest part of an identifier that is kept.
const LONGEST: usize = 254;

/// How failures slow down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Failures without a delay.
    pub free: u32,
    /// The delay after the next one; it doubles with each further one.
    pub first: Duration,
    /// The longest delay.
    pub longest: Duration,
    /// Failures are forgotten this long after the last one.
    pub forget: Duration,
}

impl Limit {
    fn delay(&self, failures: u32) -> Duration {
        match failures.checked_sub(self.free) {
            None => Duration::ZERO,
            Some(over) => {
                let factor = 2_u32.saturating_pow(over);
                self.first.saturating_mul(factor).min(self.longest)
            }
        }
    }
}

/// Counts by account and network, and by network.
#[derive(Debug)]
pub struct MemoryThrottle {
    account: Limit,
    network: Limit,
    known: Mutex<HashMap<Key, Count>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    action: &'static str,
    identifier: Option<String>,
    network: Option<IpAddr>,
}

#[derive(Clone, Copy, Debug)]
struct Count {
    failures: u32,
    last: Instant,
}

impl Default for MemoryThrottle {
    /// 5 failures for an account from one network, 100 from one network; then 1 second, doubled with
    /// each failure up to 15 minutes, and up to 1 minute.
    fn default() -> Self {
        let limit = |free, longest| Limit {
            free,
            first: Duration::from_secs(1),
            longest: Duration::from_secs(longest),
            forget: Duration::from_hours(1),
        };
        Self::new(limit(5, 15 * 60), limit(100, 60))
    }
}

impl MemoryThrottle {
    /// Other limits: for an account from one network, and for a network.
    #[must_use]
    pub fn new(account: Limit, network: Limit) -> Self {
        Self {
            account,
            network,
            known: Mutex::default(),
        }
    }

    /// The account from its network, then the network: where that is of the server's own, it may stand for
    /// everybody, and has no count.
    fn keys(&self, attempt: &Attempt) -> impl Iterator<Item = (Key, Limit)> + use<> {
        let end = attempt.identifier.floor_char_boundary(LONGEST);
        let key = |identifier| Key {
            action: attempt.action,
            identifier,
            network: attempt.network,
        };
        let account = attempt.identifier[..end].to_owned();
        let network = attempt.network.filter(|network| is_public(*network));
        let network = network.map(|_| (key(None), self.network));
        iter::once((key(Some(account)), self.account)).chain(network)
    }

    fn known(&self) -> MutexGuard<'_, HashMap<Key, Count>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes room by forgetting what is over, then what is oldest.
    fn shrink(&self, known: &mut HashMap<Key, Count>, now: Instant) {
        let longest = self.account.forget.max(self.network.forget);
        known.retain(|_, count| now.duration_since(count.last) < longest);
        if known.len() < CAPACITY {
            return;
        }
        let mut times: Vec<Instant> = known.values().map(|count| count.last).collect();
        let half = times.len() / 2;
        let (_, middle, _) = times.select_nth_unstable(half);
        let middle = *middle;
        known.retain(|_, count| count.last > middle);
    }
}

#[async_trait]
impl Throttle for MemoryThrottle {
    async fn attempt(&self, attempt: &Attempt) -> Result<Option<Duration>> {
        let now = Instant::now();
        let keys: Vec<_> = self.keys(attempt).collect();
        let mut known = self.known();
        let wait = keys.iter().filter_map(|(key, limit)| {
            let count = known.get(key)?;
            let since = now.duration_since(count.last);
            limit.delay(count.failures).checked_sub(since)
        });
        let wait = wait.max().filter(|wait| !wait.is_zero());
        if wait.is_some() {
            return Ok(wait);
        }
        if known.len() + keys.len() > CAPACITY {
            self.shrink(&mut known, now);
        }
        for (key, limit) in keys {
            let fresh = Count {
                failures: 0,
                last: now,
            };
            let count = known.entry(key).or_insert(fresh);
            if now.duration_since(count.last) >= limit.forget {
                count.failures = 0;
            }
            count.failures = count.failures.saturating_add(1);
            count.last = now;
        }
        Ok(None)
    }

    async fn succeeded(&self, attempt: &Attempt) -> Result {
        let mut known = self.known();
        for (key, _) in self.keys(attempt) {
            if key.identifier.is_some() {
                known.remove(&key);
            } else if let Some(count) = known.get_mut(&key) {
                // the failures of others in the network stay
                count.failures = count.failures.saturating_sub(1);
            }
        }
        Ok(())
    }
}
