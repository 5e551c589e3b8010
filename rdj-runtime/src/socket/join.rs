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
    page::{Found, Holder, Record, mount::Mounted},
    runtime::{Runtime, incident},
    wire::{Join, VERSION},
};

use super::{
    connection::{CLOSE_OUTDATED, CLOSE_TAKEN},
    live::{Reserved, Turn},
};

/// How long the old socket of a page has to end its event when the browser is back over a new one; after
/// that it is told to try again later.
const LEAVE_TIME: Duration = Duration::from_secs(10);
const LEAVE_STEP: Duration = Duration::from_millis(5);
/// How long another process has to put a page away whose socket has just ended, and how often it is
/// looked for.
const HAND_OVER_TIME: Duration = Duration::from_millis(250);
const HAND_OVER_STEP: Duration = Duration::from_millis(125);

/// A page that a socket has joined.
pub(crate) struct Joined {
    pub(crate) mounted: Mounted,
    /// The request that opened the page anew, if it was: the browser gets it whole.
    pub(crate) opened_by: Option<Cx>,
    /// Whether it begins anew: what the browser sent before was for another page.
    pub(crate) fresh: bool,
    /// Cookies that were set while it was opened.
    pub(crate) ticket: Option<Ticket>,
    /// Its place, until its socket enters there.
    pub(crate) reserved: Option<Reserved>,
}

/// Why a socket could not join, as the browser is told.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// Go there instead, with these cookies.
    Go(Outcome, Option<Box<Ticket>>),
    /// Nothing that a socket may show: the browser loads it, with these cookies.
    Load(Option<Box<Ticket>>),
    /// Closed for good, with this reason.
    Close(String),
    /// The page is to be loaded anew, for this reason.
    Outdated(String),
    /// Refused for now: try later.
    Later(String),
    /// An internal error under this id: try later.
    Failed(String),
    /// A socket that has joined later has the page.
    Taken,
}

impl Refusal {
    /// The close code that tells the browser what to do.
    pub(crate) fn code(&self) -> u16 {
        match self {
            Self::Go(..) => close_code::NORMAL,
            Self::Load(_) | Self::Close(_) => close_code::POLICY,
            Self::Later(_) | Self::Failed(_) => close_code::AGAIN,
            Self::Outdated(_) => CLOSE_OUTDATED,
            Self::Taken => CLOSE_TAKEN,
        }
    }
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
        return Err(Refusal::Outdated(
            "another protocol version: load the page again".to_owned(),
        ));
    }
    if !caller.has_token(&join.csrf) {
        return Err(Refusal::Outdated(caller.text("rdj-page-outdated")));
    }
    match held(runtime, caller, holder, &join.token).await? {
        Some((Found::Page(page), reserved)) => {
            return Ok(Joined {
                mounted: *page,
                opened_by: None,
                fresh: false,
                ticket: None,
                reserved: Some(reserved),
            });
        }
        Some((Found::Record(record), reserved)) => {
            let joined = go_on(runtime, caller, &join.token, *record).await?;
            return Ok(Joined {
                reserved: Some(reserved),
                ..joined
            });
        }
        None => {}
    }
    let Some(uri) = page_address(&join.url) else {
        return Err(Refusal::Close("not an address of this site".to_owned()));
    };
    opened(caller.send(Method::GET, uri, Job::Open).await)
}

/// The address of a page of this site, as a browser may ask for it.
pub(super) fn page_address(url: &str) -> Option<Uri> {
    let uri = url.parse::<Uri>().ok()?;
    // reserved routes are no pages
    let fits = Outcome::is_of_this_site(url) && !uri.path().starts_with("/_");
    fits.then_some(uri)
}

/// The page that waits under a token, or that its old socket gives up now, and the place that no other
/// join takes meanwhile.
async fn held(
    runtime: &Runtime,
    caller: &Caller,
    holder: &Holder,
    token: &str,
) -> Result<Option<(Found, Reserved)>, Refusal> {
    if token.is_empty() {
        return Ok(None);
    }
    let joined = Instant::now();
    let reserved = loop {
        match runtime.live.reserve(token, holder, joined) {
            Turn::Own(reserved) => break reserved,
            Turn::Late => return Err(Refusal::Taken),
            // opened anew it would lose what its event has done and still does
            Turn::Wait if joined.elapsed() >= LEAVE_TIME => {
                return Err(Refusal::Later(caller.text("rdj-page-busy")));
            }
            Turn::Wait => tokio::time::sleep(LEAVE_STEP).await,
        }
    };
    let until = Instant::now() + HAND_OVER_TIME;
    loop {
        let found = runtime.pages.take(token, holder).await;
        let found = found.map_err(|error| {
            let id = incident();
            tracing::error!(%error, id, "a page could not be taken over");
            Refusal::Failed(id)
        })?;
        // the socket may have ended in another process, which is a moment behind
        let is_over = !runtime.pages.is_shared() || Instant::now() >= until;
        if found.is_some() || is_over {
            return Ok(found.map(|found| (found, reserved)));
        }
        tokio::time::sleep(HAND_OVER_STEP).await;
    }
}

/// Opens a page of another process through the whole stack, and gives it what it had there.
async fn go_on(
    runtime: &Runtime,
    caller: &mut Caller,
    token: &str,
    record: Record,
) -> Result<Joined, Refusal> {
    let uri = record.address.parse::<Uri>();
    let uri = uri.map_err(|_| Refusal::Close("this page has no address".to_owned()))?;
    let mut joined = match opened(caller.send(Method::GET, uri, Job::Open).await) {
        Ok(joined) => joined,
        Err(refusal @ (Refusal::Later(_) | Refusal::Failed(_))) => {
            // the browser tries again
            runtime.pages.put_back(token, record).await;
            return Err(refusal);
        }
        Err(refusal) => return Err(refusal),
    };
    if !record.is_of_user_of(&joined.mounted) {
        // somebody else is signed in since the socket was opened
        return Ok(joined);
    }
    if let Some(cx) = &joined.opened_by {
        let mut messages = record.messages.clone();
        messages.append(std::mem::take(&mut cx.outbox().messages));
        cx.outbox().messages = messages;
    }
    joined.fresh = !record.restore(&mut joined.mounted, token);
    Ok(joined)
}

/// Reads the answer to a request to open a page.
pub(super) fn opened(answer: Answer) -> Result<Joined, Refusal> {
    let Answer {
        outcome,
        done,
        ticket,
    } = answer;
    let is_for_now = outcome.is_refused_for_now();
    let boxed = |ticket: Option<Ticket>| ticket.map(Box::new);
    let done = match (outcome, done) {
        (Outcome::Ran, Some(done)) => done,
        (Outcome::Ran, None) | (Outcome::Answered { .. }, _) => {
            return Err(Refusal::Load(boxed(ticket)));
        }
        (Outcome::Refused { text, .. }, _) if is_for_now => return Err(Refusal::Later(text)),
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
            fresh: true,
            ticket,
            reserved: None,
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
        (Ok(()), None) => Err(Refusal::Load(boxed(ticket))),
    }
}
