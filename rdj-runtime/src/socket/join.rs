//! Joining a socket to its page.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::extract::ws::close_code;
use http::{Method, Uri, header::HOST};

use crate::{
    bridge::{Answer, Caller, Job, Outcome, Ticket},
    cx::Cx,
    error::Error,
    page::{Holder, mount::Mounted},
    runtime::{Runtime, incident},
    wire::{Join, VERSION},
};

/// How long the old socket of a page has to end its event when the browser is back over a new one.
const LEAVE_TIME: Duration = Duration::from_secs(10);
const LEAVE_STEP: Duration = Duration::from_millis(5);

/// A page that a socket has joined.
pub(crate) struct Joined {
    pub(crate) mounted: Mounted,
    /// The request that opened the page anew, if it was: the browser gets it whole.
    pub(crate) opened_by: Option<Cx>,
    /// Cookies that were set while it was opened.
    pub(crate) ticket: Option<Ticket>,
}

/// Why a socket could not join, as the browser is told.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// Go there instead, with these cookies.
    Go(Outcome, Option<Box<Ticket>>),
    /// Closed for good, with this reason.
    Close(String),
    /// Refused for now: try later.
    Later(String),
    /// An internal error under this id: try later.
    Failed(String),
}

impl Refusal {
    /// The close code that tells the browser what to do.
    pub(crate) fn code(&self) -> u16 {
        match self {
            Self::Go(..) => close_code::NORMAL,
            Self::Close(_) => close_code::POLICY,
            Self::Later(_) | Self::Failed(_) => close_code::AGAIN,
        }
    }
}

fn never() -> Refusal {
    Refusal::Close("this page was never opened".to_owned())
}

/// The page that the server holds under the browser's token, or the page of its address, opened
/// through the whole stack as a GET of the same browser would be.
pub(crate) async fn join(
    runtime: &Arc<Runtime>,
    caller: &mut Caller,
    holder: &Holder,
    join: &Join,
) -> Result<Joined, Refusal> {
    if join.protocol != VERSION {
        return Err(Refusal::Close(
            "another protocol version: load the page again".to_owned(),
        ));
    }
    if !caller.has_token(&join.csrf) {
        return Err(Refusal::Close(caller.text("rdj-page-outdated")));
    }
    let held = held(runtime, holder, &join.token).await;
    // of a page that a browser would repair nothing is kept that could be sent again
    let held = held.filter(|page| page.version == join.version || page.view.refusal().is_none());
    if let Some(mounted) = held {
        return Ok(Joined {
            mounted,
            opened_by: None,
            ticket: None,
        });
    }
    let uri = join.url.parse::<Uri>().ok();
    let uri = uri.filter(|uri| {
        let path = uri.path();
        // reserved routes are no pages, and `//` begins the address of another host
        uri.authority().is_none()
            && path.starts_with('/')
            && !path.starts_with("/_")
            && !path.starts_with("//")
    });
    let Some(uri) = uri else {
        return Err(Refusal::Close("not an address of this site".to_owned()));
    };
    opened(caller.send(Method::GET, uri, Job::Open).await)
}

/// The page that waits under a token, or that its old socket gives up now.
async fn held(runtime: &Runtime, holder: &Holder, token: &str) -> Option<Mounted> {
    let until = Instant::now() + LEAVE_TIME;
    loop {
        if let Some(mounted) = runtime.held.take(token, holder) {
            return Some(mounted);
        }
        if !runtime.live.ask_to_leave(token, holder) || Instant::now() > until {
            return runtime.held.take(token, holder);
        }
        tokio::time::sleep(LEAVE_STEP).await;
    }
}

/// Reads the answer to a request to open a page.
fn opened(answer: Answer) -> Result<Joined, Refusal> {
    let Answer {
        outcome,
        done,
        ticket,
    } = answer;
    let boxed = |ticket: Option<Ticket>| ticket.map(Box::new);
    let done = match (outcome, done) {
        (Outcome::Ran, Some(done)) => done,
        (Outcome::Ran, None) | (Outcome::Answered { .. }, _) => return Err(never()),
        (
            Outcome::Refused {
                status: 408 | 425 | 429,
                text,
            },
            _,
        ) => return Err(Refusal::Later(text)),
        (Outcome::Refused { text, .. }, _) => return Err(Refusal::Close(text)),
        (Outcome::Failed { id }, _) => return Err(Refusal::Failed(id)),
        (other, _) => return Err(Refusal::Go(other, boxed(ticket))),
    };
    let redirect = done.cx.outbox().redirect.take();
    match (done.result, done.opened) {
        (Ok(()), _) if redirect.is_some() => {
            let to = redirect.unwrap_or_default();
            Err(Refusal::Go(
                Outcome::to(&to, done.cx.headers().get(HOST)),
                boxed(ticket),
            ))
        }
        (Ok(()), Some(mounted)) => Ok(Joined {
            mounted,
            opened_by: Some(done.cx),
            ticket,
        }),
        (Err(Error::LoginRequired), _) => Err(Refusal::Go(Outcome::Login, boxed(ticket))),
        (Err(error), _) if error.is_internal() => {
            let id = incident();
            tracing::error!(%error, id, "a page could not be opened for its socket");
            Err(Refusal::Failed(id))
        }
        (Err(error), _) => Err(Refusal::Close(
            done.cx.scope_sync(|| error.public_text().into_owned()),
        )),
        (Ok(()), None) => Err(never()),
    }
}
