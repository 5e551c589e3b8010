//! Bounded work on threads of its own.

use std::{
    num::NonZero,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use tokio::{sync::Semaphore, task::spawn_blocking};

use super::HashError;

/// How many may wait for each that runs: about two seconds of Argon2id.
const WAITING: usize = 100;

/// Who may hash now, and how many wait.
#[derive(Clone, Debug)]
pub(super) struct Queue {
    running: Arc<Semaphore>,
    inside: Arc<AtomicUsize>,
    limit: usize,
}

impl Default for Queue {
    fn default() -> Self {
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        Self::new(cores, cores * WAITING)
    }
}

impl Queue {
    pub(super) fn new(parallel: usize, waiting: usize) -> Self {
        let parallel = parallel.clamp(1, Semaphore::MAX_PERMITS);
        Self {
            running: Arc::new(Semaphore::new(parallel)),
            inside: Arc::default(),
            limit: parallel.saturating_add(waiting),
        }
    }

    /// Runs `work` when it is its turn.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, HashError> {
        let place = Place::take(&self.inside, self.limit).ok_or(HashError::Busy)?;
        let failed = |why: String| HashError::Failed(why);
        let turn = Arc::clone(&self.running).acquire_owned().await;
        let turn = turn.map_err(|closed| failed(closed.to_string()))?;
        // the work goes on when nobody waits for it any more: it keeps its turn until it is done
        let run = move || {
            let _held = (place, turn);
            work()
        };
        spawn_blocking(run)
            .await
            .map_err(|error| failed(error.to_string()))
    }
}

/// A place in the queue; given back when it is dropped.
struct Place(Arc<AtomicUsize>);

impl Place {
    fn take(inside: &Arc<AtomicUsize>, limit: usize) -> Option<Self> {
        inside
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |count| {
                (count < limit).then_some(count + 1)
            })
            .ok()?;
        Some(Self(Arc::clone(inside)))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
