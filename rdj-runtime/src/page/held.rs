//! Pages without a socket: between the HTML and the join, and for a while after a socket is gone.

use std::{
    collections::{HashMap, VecDeque},
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use super::mount::Mounted;

/// Whose page it is: a page is given only to the session and user it was made for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Holder {
    /// The session's id; none if the request came without a session.
    pub(crate) session: Option<String>,
    pub(crate) user: Option<i64>,
}

impl Holder {
    /// Whether `self`, who holds the page, may be joined by `other`.
    ///
    /// A page made before there was a session is open to a session of the same user: the cookie may
    /// have been set by the very response that carried the page.
    pub(crate) fn admits(&self, other: &Self) -> bool {
        self.user == other.user && (self.session.is_none() || self.session == other.session)
    }
}

struct Held {
    mounted: Mounted,
    holder: Holder,
    until: Instant,
}

#[derive(Default)]
struct Shelf {
    pages: HashMap<String, Held>,
    /// Tokens by the time of holding; a token can stand here longer than its page.
    order: VecDeque<(Instant, String)>,
}

/// The pages that wait for a socket.
pub(crate) struct HeldPages {
    shelf: Mutex<Shelf>,
    time: Duration,
    capacity: usize,
}

impl HeldPages {
    pub(crate) fn new(time: Duration, capacity: usize) -> Self {
        Self {
            shelf: Mutex::default(),
            time,
            capacity,
        }
    }

    /// Keeps a page under its token.
    pub(crate) fn hold(&self, mounted: Mounted, holder: Holder) {
        let now = Instant::now();
        let until = now + self.time;
        let mut waiting = self.lock();
        waiting.drop_expired(now);
        while waiting.pages.len() >= self.capacity && waiting.drop_oldest() {}
        let token = mounted.token().to_owned();
        waiting.order.push_back((until, token.clone()));
        waiting.pages.insert(
            token,
            Held {
                mounted,
                holder,
                until,
            },
        );
    }

    /// Takes the page out, if it is still there and `holder` may have it.
    pub(crate) fn take(&self, token: &str, holder: &Holder) -> Option<Mounted> {
        let now = Instant::now();
        let mut waiting = self.lock();
        let held = waiting.pages.get(token)?;
        if held.until < now || !held.holder.admits(holder) {
            return None;
        }
        waiting.pages.remove(token).map(|held| held.mounted)
    }

    /// Drops what nobody came for.
    pub(crate) fn sweep(&self) {
        self.lock().drop_expired(Instant::now());
    }

    fn lock(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shelf {
    fn drop_expired(&mut self, now: Instant) {
        while self.order.front().is_some_and(|(until, _)| *until < now) {
            self.drop_oldest();
        }
    }

    fn drop_oldest(&mut self) -> bool {
        let Some((until, token)) = self.order.pop_front() else {
            return false;
        };
        // the page may have been taken and held again since
        if self
            .pages
            .get(&token)
            .is_some_and(|held| held.until == until)
        {
            self.pages.remove(&token);
        }
        true
    }
}

impl fmt::Debug for HeldPages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HeldPages({})", self.lock().pages.len())
    }
}
