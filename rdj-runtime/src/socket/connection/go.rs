//! Another page over the same socket.

use std::time::Instant;

use axum::extract::ws::Message;
use http::{Method, Uri};

use super::{Connection, Step, follow::Following, outgoing::first, working::Working};
use crate::{
    bridge::{Job, Outcome, Shown, Ticket},
    form::Entries,
    inside::{Ended, ended_as},
    page::{mount::SharedMounted, named::OWN_PARAMS},
    runtime::incident,
    socket::join::{Joined, Refusal, opened, page_address},
    wire::{Effect, Frame, Go},
};

/// How far the numbers of a page's events begin behind those of the page before it: what the browser has
/// sent to that one meanwhile counts as run, so that nothing of it ever reaches the new page.
const GAP: u64 = 1000;

impl Connection {
    /// Opens the page of an address through the whole stack, as a GET of it would, and shows it in the place
    /// of this one. What cannot be shown in its place the browser is sent to load.
    pub(super) async fn go(&mut self, page: &SharedMounted, go: Go) -> Step {
        if !Outcome::is_of_this_site(&go.url) {
            return self.malformed("no address of this site").await;
        }
        let now = Instant::now();
        if !self.limits.take(now) {
            return self.too_fast(go.seq).await;
        }
        let shown = {
            let mut mounted = page.lock().await;
            mounted.last_seq = mounted.last_seq.max(go.seq);
            Shown {
                shell: mounted.shell(),
                user: mounted.owner(),
            }
        };
        // nothing runs twice: what is no page is asked for by the browser alone
        let uri = page_address(&go.url)
            .filter(|uri| self.runtime.has_page(uri.path()) && is_for_the_page(uri));
        let Some(uri) = uri else {
            return self.load(go.seq, &go.url, None).await;
        };
        self.last_event = now;
        self.cooled = false;
        let job = Job::Go { shown };
        let answer = self.caller.send(Method::GET, uri.clone(), job).await;
        match opened(answer) {
            Ok(joined) => {
                // the layers and the guards of this page have let the browser pass
                self.last_check = now;
                self.show_instead(page, &go, joined).await
            }
            Err(refusal) => self.refuse_go(&go, &uri, refusal).await,
        }
    }

    /// Shows the page that was opened; the one before it is dropped, as its address opens it again.
    async fn show_instead(&mut self, old: &SharedMounted, go: &Go, joined: Joined) -> Step {
        let Joined {
            mut mounted,
            opened_by: Some(cx),
            ticket,
            ..
        } = joined
        else {
            return self.load(go.seq, &go.url, None).await;
        };
        mounted.set_messages(std::mem::take(&mut cx.outbox().messages));
        mounted.last_seq = old.lock().await.last_seq.saturating_add(GAP);
        let version = mounted.version;
        let body = match first(&mut mounted, &cx) {
            Ok(body) => body,
            Err(error) => {
                let id = incident();
                tracing::error!(%error, id, "a page could not be rendered");
                let step = self.load(go.seq, &go.url, ticket).await;
                ended_as(Ended::Failed);
                return step;
            }
        };
        let first_seq = mounted.last_seq;
        let rows = mounted.take_streamed();
        self.runtime.live.leave(&self.token, &self.signals);
        self.following = Following::default();
        self.working = Working::default();
        self.enter(mounted);
        let mut effects = vec![self.hello(first_seq, true)];
        effects.extend(self.ticket_effect(ticket).await);
        // the version before the body: a browser that never gets it is sent it when it is back
        let hello = Frame::effects(go.seq, version, &effects);
        self.send(Message::Binary(hello)).await?;
        self.send(Message::Binary(body)).await?;
        if !rows.is_empty() {
            self.send_effects(0, &rows).await?;
        }
        self.count_view();
        Ok(())
    }

    /// Sends the browser to load the address, with the place on the page that it has asked for.
    async fn load(&mut self, seq: u64, url: &str, ticket: Option<Ticket>) -> Step {
        ended_as(Ended::Refused);
        let to = Effect::navigate(url.to_owned());
        let ticket = self.ticket_effect(ticket).await;
        let effects: Vec<_> = ticket.into_iter().chain([to]).collect();
        Ok(self.send_effects(seq, &effects).await?)
    }

    async fn refuse_go(&mut self, go: &Go, uri: &Uri, refusal: Refusal) -> Step {
        let seq = go.seq;
        let ended = match refusal {
            Refusal::Failed(_) => Ended::Failed,
            _ => Ended::Refused,
        };
        ended_as(ended);
        match refusal {
            Refusal::Go(outcome, ticket) => {
                let ticket = self.ticket_effect(ticket.map(|ticket| *ticket)).await;
                let effects = ticket.into_iter().chain(self.effect_of(outcome, uri));
                let effects: Vec<_> = effects.collect();
                Ok(self.send_effects(seq, &effects).await?)
            }
            Refusal::Later(text) => {
                let refused = Effect::Refused { status: 429, text };
                Ok(self.send_effects(seq, &[refused]).await?)
            }
            Refusal::Load(ticket) => self.load(seq, &go.url, ticket.map(|ticket| *ticket)).await,
            // its error page
            Refusal::Close(_) | Refusal::Outdated(_) | Refusal::Failed(_) | Refusal::Taken => {
                let step = self.load(seq, &go.url, None).await;
                ended_as(ended);
                step
            }
        }
    }
}

/// Whether an address asks for the page at its path itself, not for a file of it.
fn is_for_the_page(address: &Uri) -> bool {
    let query = address.query().unwrap_or_default();
    Entries::parse(query.as_bytes())
        .is_ok_and(|query| OWN_PARAMS.iter().all(|name| query.get(name).is_none()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_a_page_from_its_files() {
        let is_for_the_page = |text: &'static str| is_for_the_page(&Uri::from_static(text));
        for page in ["/docs", "/docs?page=2&search=_file", "/docs?download=1"] {
            assert!(is_for_the_page(page), "{page}");
        }
        for other in [
            "/docs?_download=token",
            "/docs?page=2&_export=docs.csv",
            "/docs?_file=docs.scan&_key=5",
            "/docs?_import=docs",
            "/docs?_event=docs.delete(5)",
        ] {
            assert!(!is_for_the_page(other), "{other}");
        }
    }
}
