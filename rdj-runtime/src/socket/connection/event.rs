//! One event of one socket: through the bridge, then what changed.

use std::{sync::Arc, time::Instant};

use futures_util::FutureExt as _;
use http::Method;

use super::{Close, Connection, Step, TOO_MANY, follow::is_put_off, patches::Patches};
use crate::{
    bridge::{Answer, Job, Outcome},
    cx::Cx,
    error::{Error, Result},
    identity::Identities,
    inside::{Ended, ended_as},
    message::Messages,
    page::{Holder, http::login_address, mount::SharedMounted, named::DOWNLOAD_PARAM},
    runtime::incident,
    socket::join::page_address,
    wire::{Effect, Event},
};

impl Connection {
    pub(super) async fn event(&mut self, page: &SharedMounted, event: Event) -> Step {
        let now = Instant::now();
        if !self.limits.take(now) {
            return self.too_fast(event.seq).await;
        }
        let seq = event.seq;
        let uri = {
            let mut mounted = page.lock().await;
            // sent again after a reconnect, or replayed: it ran already
            if seq <= mounted.last_seq {
                drop(mounted);
                ended_as(Ended::Repeated);
                return Ok(self.send_again(page, seq).await?);
            }
            mounted.last_seq = seq;
            mounted.address().clone()
        };
        self.last_event = now;
        self.cooled = false;
        let patches = Arc::new(Patches::default());
        let job = Job::Run {
            mounted: page.clone(),
            event,
            shows: patches.clone(),
        };
        let work = self.caller.send(Method::POST, uri.clone(), job);
        let time = self.runtime.config.send_timeout;
        let (answer, sent) = patches.send_while(work, &mut self.socket, time).await;
        if let Err(gone) = sent {
            self.give_up(gone);
        }
        if answer.outcome == Outcome::Ran {
            // the layers and guards have let the browser pass
            self.last_check = now;
        }
        // the page gets its end also where nobody reads it: the browser may come back
        self.answer(page, seq, &uri, answer).await
    }

    /// The browser is on its way to another page: what this event changed of its rights, such as by
    /// signing out, is no reason to send it elsewhere too. The regular check stays.
    fn let_go(&self) {
        let _ = self.signals.check.notified().now_or_never();
    }

    pub(super) async fn too_fast(&mut self, seq: u64) -> Step {
        ended_as(Ended::Refused);
        if !self.limits.strike() {
            return Err(Some(Close::policy(TOO_MANY)));
        }
        let text = self.caller.text("rdj-too-many-requests");
        let effects = [Effect::Refused { status: 429, text }];
        // what is no event waits for no answer
        if let (Some(page), true) = (&self.page, seq > 0) {
            page.lock().await.answer(seq, &effects);
        }
        Ok(self.send_effects(seq, &effects).await?)
    }

    /// Sends the page's browser through the layers and guards again, without an event: somebody's
    /// rights have changed. A browser that may not have the page any more is sent to load it anew; for
    /// the others it is rendered with the rights of now.
    pub(super) async fn check(&mut self) -> Step {
        let Some(page) = self.page.clone() else {
            return Ok(());
        };
        let job = Job::Check {
            mounted: page.clone(),
        };
        let (uri, mut answer) = self.send_unasked(&page, job).await;
        if is_put_off(&mut answer, "a page could not be checked") {
            self.check_again();
            return Ok(());
        }
        self.is_check_asked = false;
        self.answer_unasked(&page, &uri, answer).await
    }

    /// Sends a job that is no event through the layers and guards: they look at the browser's rights.
    pub(super) async fn send_unasked(
        &mut self,
        page: &SharedMounted,
        job: Job,
    ) -> (http::Uri, Answer) {
        self.last_check = Instant::now();
        let identities = self.runtime.resources.get::<Identities>();
        let told = identities.map_or(0, Identities::told);
        let uri = page.lock().await.address().clone();
        let answer = self.caller.send(Method::GET, uri.clone(), job).await;
        // what sends the browser away may not reach it any more: then it is looked at again when it is back
        if let Outcome::Ran = answer.outcome {
            page.lock().await.told = told;
        }
        (uri, answer)
    }

    /// Answers no event: the page is rendered again, or the browser may not have it any more.
    pub(super) async fn answer_unasked(
        &mut self,
        page: &SharedMounted,
        uri: &http::Uri,
        mut answer: Answer,
    ) -> Step {
        if answer.outcome.ended() == Ended::Refused {
            self.working.cancel();
        }
        if let Outcome::Refused { .. } = answer.outcome {
            // a layer does not let the browser have the page
            answer.outcome = Outcome::Navigate(uri.to_string());
        }
        self.answer(page, 0, uri, answer).await?;
        if self.cooled {
            self.cool();
        }
        Ok(())
    }

    /// The page stays the one of its session and user when a handler changes these.
    ///
    /// True where they are others now.
    fn follow_session(&mut self, done: Option<&Cx>) -> bool {
        let user = done.map_or(self.holder.user, |cx| cx.user().map(|user| user.id()));
        let session = self.caller.session();
        let is_other = self.holder.session.as_deref() != session || self.holder.user != user;
        if is_other {
            self.holder = Holder {
                session: session.map(str::to_owned),
                user,
            };
            self.runtime.live.update(&self.token, self.holder.clone());
        }
        is_other
    }

    async fn answer(
        &mut self,
        page: &SharedMounted,
        seq: u64,
        uri: &http::Uri,
        answer: Answer,
    ) -> Step {
        let mut effects = Vec::new();
        effects.extend(self.ticket_effect(answer.ticket).await);
        let is_other = self.follow_session(answer.done.as_ref().map(|done| &done.cx));
        match (answer.outcome, answer.done) {
            (Outcome::Ran, Some(done)) => {
                // what follows a sign-in, and what needs new cookies, is loaded
                let live = !is_other && effects.is_empty();
                let messages = self.after_handler(uri, done.result, &done.cx, &mut effects, live);
                self.send_changes(page, seq, &done.cx, messages, effects)
                    .await
            }
            // a handler that ran although a layer answered otherwise may have changed the page; what
            // the layer says counts, and the next rendering shows the change
            (outcome, _) => {
                ended_as(outcome.ended());
                effects.extend(self.effect_of(outcome, uri));
                page.lock().await.answer(seq, &effects);
                Ok(self.send_effects(seq, &effects).await?)
            }
        }
    }

    /// Takes what the handler wants done; returns the messages to show.
    fn after_handler(
        &self,
        uri: &http::Uri,
        result: Result,
        cx: &Cx,
        effects: &mut Vec<Effect>,
        live: bool,
    ) -> Messages {
        let mut outbox = cx.outbox();
        effects.append(&mut outbox.effects);
        if result.is_ok() && outbox.redirect.is_some() && cx.form().is_some() {
            effects.push(Effect::Sent);
        }
        match result {
            Ok(()) => {}
            Err(Error::LoginRequired) => {
                ended_as(Ended::Refused);
                effects.push(Effect::navigate(login_address(uri, &self.runtime)));
            }
            Err(error) if error.is_internal() => {
                let id = incident();
                tracing::error!(%error, id, "a handler failed");
                ended_as(Ended::Failed);
                effects.push(Effect::Error {
                    id,
                    text: cx.scope_sync(|| error.public_text().into_owned()),
                });
            }
            Err(error) if outbox.messages.explain(&error) => ended_as(Ended::Refused),
            Err(error) => {
                ended_as(Ended::Refused);
                tracing::debug!(%error, "a handler refused");
                let status = error.status().as_u16();
                effects.push(Effect::Refused {
                    status,
                    text: cx.scope_sync(|| error.public_text().into_owned()),
                });
            }
        }
        if let Some(download) = outbox.download.take() {
            let token = self.runtime.downloads.put(download, self.holder.clone());
            let mark = if uri.query().is_some() { '&' } else { '?' };
            effects.push(Effect::Download {
                to: format!("{uri}{mark}{DOWNLOAD_PARAM}={token}"),
            });
        }
        if let Some(to) = outbox.redirect.take() {
            let host = cx.headers().get(http::header::HOST);
            let live = live && page_address(&to).is_some_and(|to| self.runtime.has_page(to.path()));
            let effect = self.effect_of(Outcome::to(&to, host), uri);
            self.let_go();
            effects.extend(effect.map(|effect| effect.of_handler(live, outbox.replace)));
        }
        std::mem::take(&mut outbox.messages)
    }
}
