//! Keys that were exchanged a moment ago.

use std::{
    collections::HashMap,
    fmt,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use tower_sessions::session::Id;

/// How long a browser may still show the key of before: longer than a ticket of a socket waits.
const LIFETIME: Duration = Duration::from_mins(1);
/// When so many are known, those that are over are dropped, and new ones are not taken.
const CAPACITY: usize = 100_000;

/// Stored names of sessions that have another key now, such as after a login.
///
/// A browser sends requests side by side, and each socket has the cookies of its beginning: what comes
/// with the key of before is answered as without a session, but it does not take the cookie away. That
/// would undo the login of the other tab when its answer comes last.
#[derive(Default)]
pub(super) struct Exchanged(Mutex<HashMap<Id, Instant>>);

impl Exchanged {
    pub(super) fn add(&self, id: Id) {
        let now = Instant::now();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= CAPACITY {
            known.retain(|_, since| now.duration_since(*since) < LIFETIME);
        }
        if known.len() < CAPACITY {
            known.insert(id, now);
        }
    }

    pub(super) fn has(&self, id: &Id) -> bool {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known
            .get(id)
            .is_some_and(|since| since.elapsed() < LIFETIME)
    }
}

impl fmt::Debug for Exchanged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Exchanged")
    }
}
