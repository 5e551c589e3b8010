//! The first frame of a socket: which page it is for.

use std::sync::Arc;

use axum::extract::ws::Message;
use tokio::sync::Mutex;

use super::{Close, Connection, Step, TAKEN, outgoing::first_body};
use crate::{
    bridge::Ticket,
    identity::Identities,
    page::mount::{Mounted, SharedMounted},
    socket::join::{Refusal, join},
    wire::{Effect, Frame, Join, VERSION},
};

/// The longest reason that fits into a close frame (RFC 6455, section 5.5).
const LONGEST_REASON: usize = 123;

impl Connection {
    pub(super) async fn join(&mut self, request: &Join) -> Step {
        let joined = join(&self.runtime, &mut self.caller, &self.holder, request).await;
        let joined = match joined {
            Ok(joined) => joined,
            Err(refusal) => {
                self.count_join("refused");
                return self.refuse_join(request, refusal).await;
            }
        };
        self.count_join(if joined.fresh { "opened" } else { "restored" });
        let mut mounted = joined.mounted;
        let (seq, version) = (mounted.last_seq, mounted.version);
        if let Some(cx) = &joined.opened_by {
            self.holder.user = cx.user().map(|user| user.id());
        }
        let rows = mounted.streamed_again();
        let answers = mounted.answers_again(request.waits);
        let unasked = mounted.unasked_again(request.version);
        let page = self.enter(mounted);
        // it is this socket's place from now on
        drop(joined.reserved);
        // before anything is sent: a socket that is gone already leaves the page as it would show it
        let body = match joined.opened_by {
            Some(cx) => Some(first_body(&page, &cx).await?),
            None => None,
        };
        for answer in answers {
            // before the hello, whose number says of all others that they ran well
            self.send(Message::Binary(answer)).await?;
        }
        let mut effects = vec![self.hello(seq, joined.fresh)];
        effects.extend(self.ticket_effect(joined.ticket).await);
        // the version before the body: a browser that never gets it is sent it when it is back
        let hello = Frame::effects(0, version, &effects);
        self.send(Message::Binary(hello)).await?;
        let rows = match body {
            Some((body, rows)) => {
                self.send(Message::Binary(body)).await?;
                rows
            }
            None if version != request.version => {
                self.send_body(&page).await?;
                rows
            }
            None => rows,
        };
        for effects in unasked {
            // behind the page that they are about
            self.send(Message::Binary(effects)).await?;
        }
        if !rows.is_empty() {
            self.send_effects(0, &rows).await?;
        }
        Ok(())
    }

    /// Makes a page the one of this socket.
    pub(super) fn enter(&mut self, mounted: Mounted) -> SharedMounted {
        let told = mounted.told;
        let tables = mounted.tables();
        let work = Arc::clone(&mounted.work);
        self.spec = Some(mounted.spec());
        self.holder.session = self.caller.session().map(str::to_owned);
        mounted.token().clone_into(&mut self.token);
        self.signals = self.runtime.live.enter(&self.token, self.holder.clone());
        let identities = self.runtime.resources.get::<Identities>();
        if identities.is_some_and(|identities| identities.told() != told) {
            // while the page had no socket nobody could be told
            self.signals.check.notify_one();
        }
        let page = Arc::new(Mutex::new(mounted));
        self.page = Some(Arc::clone(&page));
        self.listen(tables);
        self.listen_to_work(work);
        page
    }

    /// Names the page of this socket to the browser.
    pub(super) fn hello(&self, seq: u64, fresh: bool) -> Effect {
        Effect::Hello {
            v: VERSION,
            build: self.runtime.build.as_ref().to_owned(),
            seq,
            fresh,
            max: self.runtime.config.max_message_size,
            token: self.token.clone(),
        }
    }

    async fn refuse_join(&mut self, request: &Join, refusal: Refusal) -> Step {
        let code = refusal.code();
        let (reason, effects) = match refusal {
            Refusal::Taken => (TAKEN.to_owned(), Vec::new()),
            Refusal::Load(_) => ("this page was never opened".to_owned(), Vec::new()),
            Refusal::Close(reason) | Refusal::Outdated(reason) | Refusal::Later(reason) => {
                (reason, Vec::new())
            }
            Refusal::Failed(id) => {
                let text = self.caller.text("rdj-failed");
                (
                    "the page could not be opened".to_owned(),
                    vec![Effect::Error { id, text }],
                )
            }
            Refusal::Go(outcome, ticket) => {
                let from = request.url.parse().unwrap_or_default();
                let effect = self.ticket_effect(ticket.map(|ticket| *ticket)).await;
                let mut effects: Vec<_> = effect.into_iter().collect();
                effects.extend(self.effect_of(outcome, &from));
                ("go elsewhere".to_owned(), effects)
            }
        };
        if !effects.is_empty() {
            self.send_effects(0, &effects).await?;
        }
        Err(Some(Close::new(code, shortened(reason))))
    }

    /// The effect that makes the browser fetch its cookies.
    pub(super) async fn ticket_effect(&mut self, ticket: Option<Ticket>) -> Option<Effect> {
        let tickets = &self.runtime.tickets;
        let id = tickets.issue(ticket?, &mut self.tickets).await?;
        Some(Effect::Ticket { id })
    }
}

/// As much of a reason as a close frame carries.
fn shortened(mut reason: String) -> String {
    reason.truncate(reason.floor_char_boundary(LONGEST_REASON));
    reason
}
