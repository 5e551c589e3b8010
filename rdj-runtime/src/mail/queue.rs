//! Delivery in the background: bounded, tried again, logged.

use std::{sync::Arc, time::Duration};

use tokio::{runtime::Handle, sync::Semaphore};

use super::{Letter, MailBackend};
use crate::error::{Error, Result};

/// The most letters that wait; one more is refused.
pub(super) const PLACES: u32 = 1_000;
/// Letters on their way at the same time.
const LANES: usize = 4;
/// The waits before a letter is tried again.
const WAITS: [Duration; 4] = [
    Duration::from_secs(2),
    Duration::from_secs(10),
    Duration::from_mins(1),
    Duration::from_mins(5),
];

/// Letters that wait for their delivery. Each is a task of its own, so that one that waits for its next
/// try holds up no other.
#[derive(Debug)]
pub(super) struct Queue {
    places: Arc<Semaphore>,
    lanes: Arc<Semaphore>,
    waits: Arc<[Duration]>,
}

impl Default for Queue {
    fn default() -> Self {
        Self::new(WAITS.into())
    }
}

impl Queue {
    /// A queue that waits this long before each further try.
    pub(super) fn new(waits: Arc<[Duration]>) -> Self {
        Self {
            places: Arc::new(Semaphore::new(PLACES as usize)),
            lanes: Arc::new(Semaphore::new(LANES)),
            waits,
        }
    }

    /// Takes a letter for delivery, at once.
    pub(super) fn add(&self, backend: &Arc<dyn MailBackend>, letter: Letter) -> Result {
        let place = Arc::clone(&self.places).try_acquire_owned();
        let place = place.map_err(|_| Error::internal("the mail queue is full"))?;
        let backend = Arc::clone(backend);
        let lanes = Arc::clone(&self.lanes);
        let waits = Arc::clone(&self.waits);
        Handle::try_current()?.spawn(async move {
            carry(backend.as_ref(), &lanes, &waits, &letter).await;
            drop(place);
        });
        Ok(())
    }

    /// How many letters wait.
    pub(super) fn len(&self) -> usize {
        (PLACES as usize).saturating_sub(self.places.available_permits())
    }

    /// Waits until no letter waits.
    pub(super) async fn is_empty(&self) {
        // the semaphore is never closed; permits are given back when this ends
        let _ = self.places.acquire_many(PLACES).await;
    }
}

/// Delivers a letter, if need be by several tries.
async fn carry(backend: &dyn MailBackend, lanes: &Semaphore, waits: &[Duration], letter: &Letter) {
    let to = letter.recipients();
    let subject = letter.mail().subject.as_str();
    let mut waits = waits.iter();
    loop {
        let result = {
            let _lane = lanes.acquire().await;
            backend.deliver(letter).await
        };
        match (result, waits.next()) {
            (Ok(()), _) => {
                tracing::debug!(to, subject, backend = backend.name(), "mail sent");
                return;
            }
            (Err(error), Some(wait)) if !error.is_permanent() => {
                tracing::warn!(to, subject, %error, again_in = ?wait, "mail not sent yet");
                tokio::time::sleep(*wait).await;
            }
            (Err(error), _) => {
                tracing::error!(to, subject, %error, "mail given up");
                return;
            }
        }
    }
}
