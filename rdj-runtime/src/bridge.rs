//! From a socket to a handler through the application's own tower stack.
//!
//! Each event becomes an [`http::Request`] with the page's address, the kept headers and cookies and
//! the peer's address, and goes through the very service that answers HTTP. What stands innermost is
//! [`run`]; only its own mark on the response means that the handler ran. Everything else a layer
//! may answer is an outcome of its own, and none of them runs the handler.

mod caller;
mod cookies;
mod entry;
mod outcome;
mod ticket;

#[cfg(feature = "testing")]
pub(crate) use self::cookies::{Jar, SetCookie};
pub(crate) use self::{
    caller::{Answer, Caller, StackHandle, panic_text},
    entry::{Anew, Bridged, Done, Job, Shown, run},
    outcome::Outcome,
    ticket::{Ticket, Tickets},
};
