//! Rows that others have changed: when the page of a socket reads them again, and what it sends.

use std::{
    borrow::Cow,
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{Connection, Step};
use crate::{
    bridge::{Answer, Job, Outcome},
    error::Error,
    inside::{Ended, ended_as},
    live::{Changes, Subscription},
    runtime::incident,
};

/// Which changes a page follows, and when it reads them.
#[derive(Debug, Default)]
pub(super) struct Following {
    /// Ends with the socket.
    subscription: Option<Subscription>,
    /// When rows are to be read, if some have changed.
    due: Option<Instant>,
    /// Not before this time again.
    rests_until: Option<Instant>,
}

impl Following {
    /// Whether a reading is due already: further changes are part of it.
    pub(super) fn waits(&self) -> bool {
        self.due.is_some()
    }

    /// A turn to read, once it is due and no more than a few other pages read; never if none is due.
    pub(super) fn turn(
        &self,
        readers: &Arc<Semaphore>,
    ) -> impl Future<Output = OwnedSemaphorePermit> + use<> {
        // boxed, so that a connection that waits for nothing does not carry its space
        let due = self.due.map(|due| Box::pin(turn(due, Arc::clone(readers))));
        async move {
            match due {
                Some(turn) => turn.await,
                None => std::future::pending().await,
            }
        }
    }

    fn plan(&mut self) {
        let now = Instant::now();
        self.due = Some(self.rests_until.map_or(now, |until| until.max(now)));
    }

    /// Takes up the reading that is due; the next one is `rest` after its end.
    fn begin(&mut self) -> Instant {
        self.due = None;
        Instant::now()
    }

    fn rest(&mut self, rest: Duration) {
        self.rests_until = Some(Instant::now() + rest);
    }
}

async fn turn(due: Instant, readers: Arc<Semaphore>) -> OwnedSemaphorePermit {
    tokio::time::sleep_until(due.into()).await;
    match readers.acquire_owned().await {
        Ok(permit) => permit,
        // nobody closes it
        Err(_) => std::future::pending().await,
    }
}

impl Connection {
    /// Listens for changes of the tables that the page shows; what changed before is seen at once.
    pub(super) fn listen(&mut self, tables: Vec<Cow<'static, str>>) {
        let changes = self.runtime.resources.get::<Changes>();
        let Some(changes) = changes.filter(|_| !tables.is_empty()) else {
            return;
        };
        let signals = Arc::clone(&self.signals);
        // one wish to look is kept however many changes there are: nothing grows behind a slow browser
        let subscription = changes.subscribe_all(tables, move |_| signals.changed.notify_one());
        self.following.subscription = Some(subscription);
        self.signals.changed.notify_one();
    }

    /// Something has changed; the page may have read it itself already.
    pub(super) fn changed(&mut self) {
        if !self.following.waits() && self.is_stale() {
            self.following.plan();
        }
    }

    fn is_stale(&self) -> bool {
        let Some(changes) = self.runtime.resources.get::<Changes>() else {
            return false;
        };
        let page = self.page.as_ref();
        // only this task locks the page
        page.is_some_and(|page| page.try_lock().is_ok_and(|page| page.is_stale(changes)))
    }

    /// Lets the page read changed rows, inside of all layers and behind its guards as any event, and
    /// sends what is different then.
    pub(super) async fn follow(&mut self, turn: OwnedSemaphorePermit) -> Step {
        let began = self.following.begin();
        let Some(page) = self.page.clone().filter(|_| self.is_stale()) else {
            return Ok(());
        };
        let job = Job::Follow {
            mounted: page.clone(),
        };
        let (uri, mut answer) = self.send_unasked(&page, job).await;
        // the next page reads while this one sends
        drop(turn);
        // a database that is slow is asked no more than half of the time
        let rest = self.runtime.config.live_interval.max(began.elapsed());
        self.following.rest(rest);
        if is_put_off(&mut answer, "changed rows could not be read") {
            self.following.rest(self.runtime.config.recheck_interval);
            self.following.plan();
            return Ok(());
        }
        self.answer_unasked(&page, &uri, answer).await
    }
}

/// Whether the layers did not let a job pass that nobody has asked for, but may the next time; the log says
/// `what` could not be done.
pub(super) fn is_held_up(outcome: &Outcome, what: &'static str) -> bool {
    if !outcome.is_for_now() {
        return false;
    }
    ended_as(outcome.ended());
    if let Outcome::Failed { id } | Outcome::Answered { id } = outcome {
        tracing::warn!(id, "{what}");
    }
    true
}

/// Whether a job that nobody has asked for could not be done for now; the log says `what` that is. The
/// user is told nothing: the page keeps what it shows, and tries again later.
pub(super) fn is_put_off(answer: &mut Answer, what: &'static str) -> bool {
    if is_held_up(&answer.outcome, what) {
        return true;
    }
    if answer.outcome != Outcome::Ran {
        return false;
    }
    let Some(done) = &mut answer.done else {
        ended_as(Ended::Failed);
        return true;
    };
    match std::mem::replace(&mut done.result, Ok(())) {
        Err(error) if error.is_internal() => {
            let id = incident();
            tracing::error!(%error, id, "{what}");
            ended_as(Ended::Failed);
            true
        }
        Err(Error::LoginRequired) => {
            done.result = Err(Error::LoginRequired);
            false
        }
        Err(error) => {
            tracing::debug!(%error, "refused: {what}");
            ended_as(Ended::Refused);
            false
        }
        Ok(()) => false,
    }
}
