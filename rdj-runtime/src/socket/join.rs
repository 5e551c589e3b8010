//! Joining a socket to its page.

use std::sync::Arc;

use http::{Method, Uri};

use crate::{
    bridge::{Caller, Job, Outcome},
    cx::Cx,
    error::Error,
    page::{Holder, mount::Mounted},
    runtime::Runtime,
    wire::{Join, VERSION},
};

/// A page that a socket has joined.
pub(crate) struct Joined {
    pub(crate) mounted: Mounted,
    /// The request that opened the page anew, if it was: the browser gets it whole.
    pub(crate) opened_by: Option<Cx>,
}

/// Why a socket could not join, as the browser is told.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// Go there instead.
    Go(Outcome),
    /// Closed for good, with this reason.
    Close(String),
    /// An internal error: try later.
    Later(String),
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
    let held = runtime.held.take(&join.token, holder);
    // of a page that a browser would repair nothing is kept that could be sent again
    let held = held.filter(|page| page.version == join.version || page.view.refusal().is_none());
    if let Some(mounted) = held {
        return Ok(Joined {
            mounted,
            opened_by: None,
        });
    }
    let uri = join.url.parse::<Uri>().ok();
    let uri = uri.filter(|uri| {
        // reserved routes are no pages
        uri.authority().is_none() && uri.path().starts_with('/') && !uri.path().starts_with("/_")
    });
    let Some(uri) = uri else {
        return Err(Refusal::Close("not an address of this site".to_owned()));
    };
    let answer = caller.send(Method::GET, uri, Job::Open).await;
    let never = || Refusal::Close("this page was never opened".to_owned());
    let done = match (answer.outcome, answer.done) {
        (Outcome::Ran, Some(done)) => done,
        (Outcome::Ran, None) | (Outcome::Answered { .. }, _) => return Err(never()),
        (Outcome::Refused { text, .. }, _) => return Err(Refusal::Close(text)),
        (Outcome::Failed { id }, _) => return Err(Refusal::Later(id)),
        (other, _) => return Err(Refusal::Go(other)),
    };
    match (done.result, done.opened) {
        (Ok(()), Some(mounted)) => Ok(Joined {
            mounted,
            opened_by: Some(done.cx),
        }),
        (Err(Error::LoginRequired), _) => Err(Refusal::Go(Outcome::Login)),
        (Err(error), _) if error.is_internal() => {
            let id = crate::runtime::incident();
            tracing::error!(%error, id, "a page could not be opened for its socket");
            Err(Refusal::Later(id))
        }
        (Err(error), _) => Err(Refusal::Close(error.public_text().into_owned())),
        (Ok(()), None) => Err(never()),
    }
}
