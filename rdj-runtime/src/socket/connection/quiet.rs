//! A connection on which nothing happens: what is due then.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{body::Bytes, extract::ws::Message};

use super::{CLOSE_IDLE, Close, Connection, Gone, JOIN_TIME, Step, told};

/// How many idle times after its last event a page is closed although it works: nobody may be there.
const LONGEST_BUSY: u32 = 24;
/// When the rights of a browser are looked at again that could not be, where something waits for it.
const CHECK_AGAIN: Duration = Duration::from_secs(5);

impl Connection {
    /// When something is due next: a ping, the end of an idle socket, compressing a quiet page.
    pub(super) fn next_wake(&self) -> Instant {
        let config = &self.runtime.config;
        let mut wake = self.idle_at().min(self.last_heard + config.ping_interval);
        if self.page.is_none() {
            return wake.min(self.last_event + JOIN_TIME);
        }
        wake = wake.min(self.last_check + config.recheck_interval);
        if let Some(due) = self.working.due() {
            wake = wake.min(due);
        }
        if !self.cooled {
            wake = wake.min(self.last_event + config.cool_after);
        }
        wake
    }

    /// When the socket is idle, if nothing happens until then.
    fn idle_at(&self) -> Instant {
        let last = self.working.busy_at.max(Some(self.last_event));
        last.unwrap_or(self.last_event) + self.runtime.config.idle_timeout
    }

    /// Whether a page that works may still have a user who waits for it.
    fn may_be_busy(&self, now: Instant) -> bool {
        let longest = self
            .runtime
            .config
            .idle_timeout
            .saturating_mul(LONGEST_BUSY);
        now.saturating_duration_since(self.last_event) < longest
    }

    /// Work of the page goes on, or has just been shown: its user may be watching it.
    pub(super) fn stay(&mut self, now: Instant) {
        if self.may_be_busy(now) {
            self.working.busy_at = Some(now);
        }
    }

    pub(super) async fn wake(&mut self) -> Step {
        let runtime = Arc::clone(&self.runtime);
        let config = &runtime.config;
        let now = Instant::now();
        if self.page.is_none() && now >= self.last_event + JOIN_TIME {
            return Err(Some(Close::policy("no join")));
        }
        if now >= self.idle_at() {
            if !self.working.is_busy() || !self.may_be_busy(now) {
                return Err(Some(Close::new(CLOSE_IDLE, "idle")));
            }
            self.stay(now);
        }
        if self.working.due().is_some_and(|due| now >= due) {
            Box::pin(self.work()).await?;
        }
        if now >= self.last_event + config.cool_after && !self.cooled {
            self.cool();
        }
        if self.page.is_some() && now >= self.last_check + config.recheck_interval {
            Box::pin(self.watched_check()).await?;
        }
        if now >= self.last_heard + config.ping_interval {
            return self.ping().await;
        }
        Ok(())
    }

    /// Compresses what the browser has, as long as nothing happens.
    pub(super) fn cool(&mut self) {
        self.cooled = true;
        if let Some(Ok(mut mounted)) = self.page.as_ref().map(|page| page.try_lock()) {
            mounted.cool();
        }
        self.count_view();
    }

    /// What was sent before a ping has come to the browser that answers it.
    fn heard(&self, frame: &Message) {
        if let Message::Pong(answer) = frame
            && **answer == self.pings.to_be_bytes()
            && let Some(Ok(mut mounted)) = self.page.as_ref().map(|page| page.try_lock())
        {
            mounted.forget_sent();
        }
    }

    /// Asks the browser for a sign of life: a socket without one for another interval is dead.
    async fn ping(&mut self) -> Step {
        self.pings += 1;
        let number = Bytes::copy_from_slice(&self.pings.to_be_bytes());
        self.send(Message::Ping(number)).await?;
        let wait = self.runtime.config.ping_interval;
        let signals = Arc::clone(&self.signals);
        let mut stopping = self.runtime.stopping.subscribe();
        let answer = tokio::select! {
            // the end of a server waits for no browser
            () = told(&mut stopping) => {
                self.last_heard = Instant::now();
                return Ok(());
            }
            () = signals.leave.notified() => return Err(Some(Close::taken_over())),
            answer = tokio::time::timeout(wait, self.socket.recv()) => answer,
        };
        let Ok(message) = answer else {
            self.give_up(Gone::Dead);
            return Err(None);
        };
        self.last_heard = Instant::now();
        // nothing was sent since the ping: an answer that comes later says too little
        if let Some(Ok(frame)) = &message {
            self.heard(frame);
        }
        Box::pin(self.receive(message)).await
    }

    /// The rights of a browser could not be looked at for now: the next regular look is one, and comes
    /// sooner where rights have changed, or the browser waits for its page as a whole.
    pub(super) fn check_again(&mut self) {
        if self.is_check_asked {
            let interval = self.runtime.config.recheck_interval;
            let early = self
                .last_check
                .checked_sub(interval.saturating_sub(CHECK_AGAIN));
            self.last_check = early.unwrap_or(self.last_check);
        }
    }
}
