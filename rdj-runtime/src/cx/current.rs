//! The context that runs now, for code that is not handed one.

use http::{HeaderMap, request::Parts};
use tower_sessions::Session;

use super::{CURRENT, Cx, entered::entered};
use crate::{
    error::{Error, Result},
    i18n::Language,
    message::Messages,
    user::CurrentUser,
};

/// The context of the event or page load that runs now.
///
/// # Errors
///
/// [`Error::Missing`] outside of one, such as in a task spawned by hand.
pub fn current_cx() -> Result<Cx> {
    let current = CURRENT.try_with(Clone::clone).ok().or_else(entered);
    current.ok_or(Error::Missing("a current event"))
}

/// Who is signed in, in the event or page load that runs now.
///
/// # Errors
///
/// [`Error::Missing`] outside of one.
pub fn current_user() -> Result<Option<CurrentUser>> {
    current_cx().map(|cx| cx.user())
}

/// The session of the event or page load that runs now.
///
/// # Errors
///
/// [`Error::Missing`] outside of one, or without a session layer.
pub fn current_session() -> Result<Session> {
    current_cx()?.session().cloned()
}

/// The request of the event or page load that runs now.
///
/// # Errors
///
/// [`Error::Missing`] outside of one.
pub fn current_request() -> Result<Parts> {
    current_cx().map(|cx| cx.request().clone())
}

/// The messages added so far in the event or page load that runs now; none outside of one.
#[must_use]
pub fn current_messages() -> Messages {
    current_cx().map_or_else(|_| Messages::default(), |cx| cx.messages().all())
}

/// The headers that the event or page load that runs now sends to the browser so far.
///
/// # Errors
///
/// [`Error::Missing`] outside of one.
pub fn current_response() -> Result<HeaderMap> {
    current_cx().map(|cx| cx.response().headers())
}

/// The language of the event or page load that runs now; English outside of one.
#[must_use]
pub fn current_language() -> Language {
    current_cx().map_or_else(|_| Language::english(), |cx| cx.language())
}

/// The token that forms carry in the event or page load that runs now; empty outside of one.
#[must_use]
pub fn current_csrf_token() -> String {
    current_cx().map_or_else(|_| String::new(), |cx| cx.csrf_token())
}
