//! How many pages that no socket has joined go into the store that processes share.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Places in the store for a process: who asks for pages and never joins one fills no store.
#[derive(Debug)]
pub(super) struct Share {
    /// When places were taken: by pages without messages, and with them.
    taken: Mutex<[VecDeque<Instant>; 2]>,
    most: usize,
    time: Duration,
}

impl Share {
    /// As many places as `most`, each taken for `time`.
    pub(super) fn new(most: usize, time: Duration) -> Self {
        Self {
            taken: Mutex::default(),
            most,
            time,
        }
    }

    /// Takes a place, if there is one. Pages with messages have places of their own: their address does
    /// not say what the user is told once.
    pub(super) fn take(&self, has_messages: bool) -> bool {
        let now = Instant::now();
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = &mut taken[usize::from(has_messages)];
        while taken.front().is_some_and(|at| *at + self.time < now) {
            taken.pop_front();
        }
        let has_room = taken.len() < self.most;
        if has_room {
            taken.push_back(now);
        }
        has_room
    }
}
