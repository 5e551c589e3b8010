//! Pages without a socket: between the HTML and the join, and for a while after a socket is gone.

use std::{
    collections::{HashMap, VecDeque},
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};

use super::mount::Mounted;
use crate::work::PageWork;

/// Whose page it is: a page is given only to the session and user it was made for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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

/// What a page waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Waits {
    /// Its first socket.
    First,
    /// The same, and it is in no store: no other process can ever have had it.
    FirstHere,
    /// Its browser, which was there before.
    Return,
}

/// A page that waits. What it holds is the application's: it is dropped without the lock of the shelf, as
/// it may take long, or come back here.
#[must_use]
struct Held {
    mounted: Mounted,
    holder: Holder,
    waits: Waits,
    until: Instant,
}

#[derive(Default)]
struct Shelf {
    pages: HashMap<String, Held>,
    /// Pages that no socket has joined yet.
    new: Order,
    /// Pages whose browsers may come back.
    left: Order,
}

/// Tokens by the time of holding; a token can stand here longer than its page.
type Order = VecDeque<(Instant, String)>;

/// The pages that wait for a socket in this process.
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
    ///
    /// Where there are too many, most of those go first that no socket has ever joined: they are opened
    /// again from their address, and anybody can have any number of them made.
    pub(super) fn hold(&self, mounted: Mounted, holder: Holder, waits: Waits) {
        let now = Instant::now();
        let until = now + self.time;
        let token = mounted.token().to_owned();
        let mut waiting = self.lock();
        let mut dropped = waiting.take_expired(now);
        while waiting.pages.len() >= self.capacity
            && let Some(oldest) = waiting.take_oldest(self.capacity)
        {
            dropped.push(oldest);
        }
        let order = match waits {
            Waits::First | Waits::FirstHere => &mut waiting.new,
            Waits::Return => &mut waiting.left,
        };
        order.push_back((until, token.clone()));
        let held = Held {
            mounted,
            holder,
            waits,
            until,
        };
        dropped.extend(waiting.pages.insert(token, held));
        drop(waiting);
        drop(dropped);
    }

    /// Takes the page out, if it is still there and `holder` may have it.
    pub(crate) fn take(&self, token: &str, holder: &Holder) -> Option<Mounted> {
        self.take_if(token, holder, |_| true)
    }

    /// As [`HeldPages::take`], of a page that was never anywhere else.
    pub(super) fn take_here(&self, token: &str, holder: &Holder) -> Option<Mounted> {
        self.take_if(token, holder, |waits| waits == Waits::FirstHere)
    }

    fn take_if(
        &self,
        token: &str,
        holder: &Holder,
        fits: impl FnOnce(Waits) -> bool,
    ) -> Option<Mounted> {
        let now = Instant::now();
        let mut waiting = self.lock();
        let held = waiting.pages.get(token)?;
        if held.until < now || !held.holder.admits(holder) || !fits(held.waits) {
            return None;
        }
        waiting.pages.remove(token).map(|held| held.mounted)
    }

    /// What waits for a page, if it is there and `holder` may have it.
    pub(crate) fn work(&self, token: &str, holder: &Holder) -> Option<Arc<PageWork>> {
        let waiting = self.lock();
        let held = waiting.pages.get(token);
        let held = held.filter(|held| held.holder.admits(holder))?;
        Some(Arc::clone(&held.mounted.work))
    }

    /// How many wait.
    pub(crate) fn count(&self) -> usize {
        self.lock().pages.len()
    }

    /// Drops what nobody came for.
    pub(crate) fn sweep(&self) {
        let expired = self.lock().take_expired(Instant::now());
        drop(expired);
    }

    fn lock(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shelf {
    fn take_expired(&mut self, now: Instant) -> Vec<Held> {
        let mut expired = Vec::new();
        for order in [&mut self.new, &mut self.left] {
            while order.front().is_some_and(|(until, _)| *until < now) {
                expired.extend(take_first(order, &mut self.pages));
            }
        }
        expired
    }

    /// The page that goes first of more than `capacity`: of those that no socket has joined while they
    /// are a quarter of all or more, so that they leave each other the time to be joined.
    fn take_oldest(&mut self, capacity: usize) -> Option<Held> {
        let mut orders = [&mut self.new, &mut self.left];
        if orders[0].len() * 4 < capacity {
            orders.reverse();
        }
        for order in orders {
            while !order.is_empty() {
                let oldest = take_first(order, &mut self.pages);
                if oldest.is_some() {
                    return oldest;
                }
            }
        }
        None
    }
}

fn take_first(order: &mut Order, pages: &mut HashMap<String, Held>) -> Option<Held> {
    let (until, token) = order.pop_front()?;
    // the page may have been taken and held again since
    let is_same = pages.get(&token)?.until == until;
    is_same.then(|| pages.remove(&token)).flatten()
}

impl fmt::Debug for HeldPages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HeldPages({})", self.lock().pages.len())
    }
}
