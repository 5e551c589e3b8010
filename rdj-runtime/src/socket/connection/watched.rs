//! What a connection does, watched by whoever wants to see inside.

use axum::extract::ws::close_code;
use tokio::sync::OwnedSemaphorePermit;

use super::{CLOSE_IDLE, CLOSE_OUTDATED, CLOSE_TAKEN, Close, Connection, Gone, Step};
use crate::{
    inside::{Kind, Metrics, Watch},
    page::mount::SharedMounted,
    upload::Sent,
    wire::{Event, Go},
    work::{PageWork, Update},
};

impl Connection {
    pub(super) async fn watched_event(&mut self, page: &SharedMounted, event: Event) -> Step {
        let kind = || Kind::Event(event.name.clone());
        let watch = match self.spec {
            Some(spec) => {
                let received = Some(self.last_heard);
                Watch::begin(&self.runtime.inside, spec, kind, event.seq, received)
            }
            None => Watch::none(),
        };
        let step = watch.run(self.event(page, event)).await;
        self.tell(watch, step).await
    }

    pub(super) async fn watched_follow(&mut self, turn: OwnedSemaphorePermit) -> Step {
        let watch = self.watch(Kind::Follow);
        let step = watch.run(self.follow(turn)).await;
        self.tell(watch, step).await
    }

    pub(super) async fn watched_check(&mut self) -> Step {
        let watch = self.watch(Kind::Check);
        let step = watch.run(self.check()).await;
        self.tell(watch, step).await
    }

    pub(super) async fn watched_go(&mut self, page: &SharedMounted, go: Go) -> Step {
        let watch = match self.spec {
            Some(spec) => {
                let received = Some(self.last_heard);
                Watch::begin(&self.runtime.inside, spec, || Kind::Go, go.seq, received)
            }
            None => Watch::none(),
        };
        let step = watch.run(self.go(page, go)).await;
        self.tell(watch, step).await
    }

    pub(super) async fn watched_file(&mut self, page: &SharedMounted, sent: Sent) -> Step {
        let watch = self.watch(Kind::Upload(sent.event.clone()));
        let step = watch.run(self.take_file(page, sent)).await;
        self.tell(watch, step).await
    }

    pub(super) async fn watched_updates(
        &mut self,
        page: &SharedMounted,
        work: &PageWork,
        updates: Vec<Update>,
    ) -> Step {
        let watch = self.watch(Kind::Work);
        let step = watch.run(self.take_up(page, work, updates)).await;
        self.tell(watch, step).await
    }

    fn watch(&self, kind: Kind) -> Watch {
        match self.spec {
            Some(spec) => Watch::begin(&self.runtime.inside, spec, || kind, 0, None),
            None => Watch::none(),
        }
    }

    /// Tells what it has cost, whatever came of it.
    async fn tell(&mut self, watch: Watch, step: Step) -> Step {
        let effect = watch.end();
        self.count_view();
        step?;
        match effect {
            Some(effect) => Ok(self.send_effects(0, &[effect]).await?),
            None => Ok(()),
        }
    }

    fn metrics(&self) -> Option<&Metrics> {
        self.runtime.inside.metrics.as_ref()
    }

    pub(super) fn count_join(&self, how: &'static str) {
        if let Some(metrics) = self.metrics() {
            metrics.joined(how);
        }
    }

    pub(super) fn count_miss(&self) {
        if let Some(metrics) = self.metrics() {
            metrics.missed();
        }
    }

    pub(super) fn count_gone(&self, gone: Gone) {
        let why = match gone {
            Gone::Left => return,
            Gone::Slow => "slow",
            Gone::Dead => "dead",
        };
        tracing::debug!(why, "a browser is given up until it comes back");
        if let Some(metrics) = self.metrics() {
            metrics.closed(why);
        }
    }

    pub(super) fn count_close(&self, close: &Close) {
        let Some(metrics) = self.metrics() else {
            return;
        };
        metrics.closed(why(close));
    }

    /// Counts what the page holds of its HTML now.
    pub(super) fn count_view(&mut self) {
        let Some(metrics) = self.runtime.inside.metrics.as_ref() else {
            return;
        };
        let page = self.page.as_ref();
        let held = page.and_then(|page| page.try_lock().ok().map(|page| page.view.memory()));
        if let Some(held) = held {
            metrics.view_changed(difference(held, self.counted));
            self.counted = held;
        }
    }

    /// The page is no open one any more.
    pub(super) fn uncount_view(&mut self) {
        let counted = std::mem::take(&mut self.counted);
        if let Some(metrics) = self.metrics() {
            metrics.view_changed(difference(0, counted));
        }
    }
}

/// What a close is counted as.
fn why(close: &Close) -> &'static str {
    match close.code {
        close_code::NORMAL => "done",
        close_code::AWAY => "away",
        close_code::SIZE => "large",
        close_code::AGAIN => "later",
        close_code::RESTART => "restart",
        close_code::PROTOCOL => "protocol",
        close_code::POLICY if close.reason == super::TOO_MANY => "flood",
        close_code::POLICY => "policy",
        CLOSE_IDLE => "idle",
        CLOSE_TAKEN => "taken",
        CLOSE_OUTDATED => "outdated",
        _ => "other",
    }
}

fn difference(now: usize, before: usize) -> i64 {
    let [now, before] = [now, before].map(|bytes| i64::try_from(bytes).unwrap_or(i64::MAX));
    now - before
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn closes_of_the_server_have_names() {
        assert_eq!(why(&Close::restart(Duration::ZERO)), "restart");
        assert_eq!(why(&Close::taken_over()), "taken");
        assert_eq!(why(&Close::policy(super::super::TOO_MANY)), "flood");
        assert_eq!(why(&Close::policy("malformed frame")), "policy");
    }
}
