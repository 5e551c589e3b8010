//! The first frame of a socket: which page it is for.

use std::sync::Arc;

use tokio::sync::Mutex;

use super::{Close, Connection, Step};
use crate::{
    bridge::Ticket,
    identity::Identities,
    runtime::build_id,
    socket::join::{Refusal, join},
    wire::{Effect, Join, VERSION},
};

/// The longest reason that fits into a close frame (RFC 6455, section 5.5).
const LONGEST_REASON: usize = 123;

impl Connection {
    pub(super) async fn join(&mut self, request: &Join) -> Step {
        let joined = join(&self.runtime, &mut self.caller, &self.holder, request).await;
        let joined = match joined {
            Ok(joined) => joined,
            Err(refusal) => return self.refuse_join(request, refusal).await,
        };
        let mounted = joined.mounted;
        let (seq, version) = (mounted.last_seq, mounted.version);
        let token = mounted.token().to_owned();
        let told = mounted.told;
        let tables = mounted.tables();
        let page = Arc::new(Mutex::new(mounted));
        self.holder.session = self.caller.session().map(str::to_owned);
        if let Some(cx) = &joined.opened_by {
            self.holder.user = cx.user().map(|user| user.id());
        }
        self.signals = self.runtime.live.enter(&token, self.holder.clone());
        let identities = self.runtime.resources.get::<Identities>();
        if identities.is_some_and(|identities| identities.told() != told) {
            // while the page had no socket nobody could be told
            self.signals.check.notify_one();
        }
        self.token.clone_from(&token);
        self.page = Some(Arc::clone(&page));
        self.listen(tables);
        let mut effects = vec![Effect::Hello {
            v: VERSION,
            build: build_id().to_owned(),
            seq,
            fresh: joined.opened_by.is_some(),
            max: self.runtime.config.max_message_size,
            token,
        }];
        effects.extend(self.ticket_effect(joined.ticket));
        self.send_effects(0, &effects).await?;
        if let Some(cx) = joined.opened_by {
            let messages = std::mem::take(&mut cx.outbox().messages);
            return self.send_first(&page, &cx, messages).await;
        }
        if version != request.version {
            return self.send_body(&page).await;
        }
        Ok(())
    }

    async fn refuse_join(&mut self, request: &Join, refusal: Refusal) -> Step {
        let code = refusal.code();
        let (reason, effects) = match refusal {
            Refusal::Close(reason) | Refusal::Later(reason) => (reason, Vec::new()),
            Refusal::Failed(id) => {
                let text = self.caller.text("rdj-failed");
                (
                    "the page could not be opened".to_owned(),
                    vec![Effect::Error { id, text }],
                )
            }
            Refusal::Go(outcome, ticket) => {
                let from = request.url.parse().unwrap_or_default();
                let mut effects: Vec<_> = self
                    .ticket_effect(ticket.map(|ticket| *ticket))
                    .into_iter()
                    .collect();
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
    pub(super) fn ticket_effect(&mut self, ticket: Option<Ticket>) -> Option<Effect> {
        let id = self.runtime.tickets.issue(ticket?, &mut self.tickets)?;
        Some(Effect::Ticket { id })
    }
}

/// As much of a reason as a close frame carries.
fn shortened(mut reason: String) -> String {
    reason.truncate(reason.floor_char_boundary(LONGEST_REASON));
    reason
}
