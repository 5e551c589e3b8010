//! What tasks and uploads want of the page of a socket.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use http::Method;

use super::{Connection, Step, follow::is_held_up};
use crate::{
    bridge::{Answer, Job, Outcome},
    inside::{Ended, ended_as},
    page::mount::SharedMounted,
    runtime::incident,
    upload::Sent,
    work::{PageWork, Update, Waiting},
};

/// The least time between two looks: what comes in between is shown together.
const INTERVAL: Duration = Duration::from_millis(50);
/// After a layer could not let the page through for now.
const LATER: Duration = Duration::from_secs(5);

/// When a page is looked at for what waits for it.
#[derive(Debug, Default)]
pub(super) struct Working {
    pub(super) work: Option<Arc<PageWork>>,
    due: Option<Instant>,
    /// Not before this time again.
    rests_until: Option<Instant>,
    /// When it was last known to work.
    pub(super) busy_at: Option<Instant>,
}

impl Working {
    /// When there is something to do, if there is.
    pub(super) fn due(&self) -> Option<Instant> {
        self.due
    }

    pub(super) fn waits(&self) -> bool {
        self.due.is_some()
    }

    /// Whether tasks of the page run, what they did is to be shown, or files wait for it.
    pub(super) fn is_busy(&self) -> bool {
        self.work.as_ref().is_some_and(|work| work.is_busy())
    }

    /// Plans a look if one is wanted.
    pub(super) fn plan(&mut self) {
        let wanted = |work: &Arc<PageWork>| work.is_wanted();
        if self.due.is_none() && self.work.as_ref().is_some_and(wanted) {
            let now = Instant::now();
            self.due = Some(self.rests_until.map_or(now, |until| until.max(now)));
        }
    }

    /// The page may not be had any more: nothing goes on in it.
    pub(super) fn cancel(&mut self) {
        if let Some(work) = &self.work {
            work.cancel();
        }
    }
}

impl Connection {
    /// Looks at the page from now on when something waits for it.
    pub(super) fn listen_to_work(&mut self, work: Arc<PageWork>) {
        let _ = self.signals.work.set(Arc::downgrade(&work));
        let signals = Arc::downgrade(&self.signals);
        work.on_wanted(move || {
            if let Some(signals) = signals.upgrade() {
                signals.changed.notify_one();
            }
        });
        self.working.work = Some(work);
    }

    /// Lets the page take up what waits for it, through all layers and behind its guards as any event.
    pub(super) async fn work(&mut self) -> Step {
        self.working.due = None;
        let (Some(page), Some(work)) = (self.page.clone(), self.working.work.clone()) else {
            return Ok(());
        };
        let began = Instant::now();
        let step = match work.take() {
            Waiting::Sent(sent) => self.watched_file(&page, sent).await,
            Waiting::Updates(updates) => self.watched_updates(&page, &work, updates).await,
        };
        // a page that is slow to look at is looked at no more than half of the time
        let rest = INTERVAL.max(began.elapsed());
        let now = Instant::now();
        // also the end of it is to be seen for a while
        self.stay(now);
        let until = now + rest;
        self.working.rests_until = self.working.rests_until.max(Some(until));
        self.working.plan();
        step
    }

    pub(super) async fn take_up(
        &mut self,
        page: &SharedMounted,
        work: &PageWork,
        updates: Vec<Update>,
    ) -> Step {
        let (job, rest) = Job::work(page.clone(), updates);
        let (uri, mut answer) = self.send_unasked(page, job).await;
        if is_held_up(
            &answer.outcome,
            "what tasks have changed could not be shown",
        ) {
            self.working.rests_until = Some(Instant::now() + LATER);
            // it outlives the socket: the page may come back on another one
            work.put_back(rest.take());
            return Ok(());
        }
        forgive(&mut answer);
        self.answer_unasked(page, &uri, answer).await
    }

    /// Runs the event of a file.
    pub(super) async fn take_file(&mut self, page: &SharedMounted, sent: Sent) -> Step {
        let Sent {
            event,
            args,
            file,
            done,
        } = sent;
        let job = Job::Upload {
            mounted: page.clone(),
            event,
            args,
            file,
        };
        let uri = page.lock().await.address().clone();
        let mut answer = self.caller.send(Method::POST, uri.clone(), job).await;
        let told = self.told(&mut answer);
        if answer.outcome.is_refused_for_now() {
            ended_as(Ended::Refused);
            // a refusal for now is for this file alone
            let _ = done.send(told);
            return Ok(());
        }
        let has_run = answer.done.as_ref().is_some_and(|done| done.result.is_ok());
        let is_refused = told.is_err() && has_run;
        let step = self.answer_unasked(page, &uri, answer).await;
        if is_refused {
            // the handler has, and the page hears nothing of it
            ended_as(Ended::Refused);
        }
        // the page is shown before the script hears that it is done; it may be gone
        let _ = done.send(told);
        step
    }

    /// What the script that has sent a file is told. What the handler refused is told there alone.
    fn told(&self, answer: &mut Answer) -> Result<(), String> {
        let done = match (&answer.outcome, &mut answer.done) {
            (Outcome::Ran, Some(done)) => done,
            (Outcome::Refused { text, .. }, _) => return Err(text.clone()),
            _ => return Err(self.caller.text("rdj-failed")),
        };
        match &done.result {
            Ok(()) => Ok(()),
            Err(error) => {
                let text = done.cx.scope_sync(|| error.public_text().into_owned());
                if !error.is_internal() && !matches!(error, crate::Error::LoginRequired) {
                    done.result = Ok(());
                }
                Err(text)
            }
        }
    }
}

/// A fault after the changes of tasks is told once, in the log: they are made, and the page shows them.
fn forgive(answer: &mut Answer) {
    if let Some(done) = &mut answer.done
        && let Err(error) = &done.result
        && error.is_internal()
    {
        let id = incident();
        tracing::error!(%error, id, "a page failed after the changes of tasks");
        ended_as(Ended::Failed);
        done.result = Ok(());
    }
}
