//! What can go wrong in a handler, and what each failure tells the browser.

use std::{borrow::Cow, error::Error as StdError, fmt};

use http::StatusCode;

use crate::i18n::text;

/// A boxed cause from another crate.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// The result of handlers, hooks and of the application itself.
pub type Result<T = (), E = Error> = std::result::Result<T, E>;

/// Why a handler, a hook or the application could not do its work.
///
/// Every error type of other crates turns into [`Error::Internal`] by `?`. To make that possible this
/// type does not implement [`std::error::Error`] itself, like the error types of anyhow and eyre.
///
/// The user sees [`Error::public_text`] only: the cause of an internal error goes to the log, under an
/// opaque id that the user is shown.
#[non_exhaustive]
pub enum Error {
    /// The arguments of an event are of the wrong types or number (400).
    BadArguments(String),
    /// No handler has this name (404).
    UnknownEvent(String),
    /// The row or page does not exist, or is outside of what the user may see (404).
    NotFound,
    /// Nobody is signed in (401).
    LoginRequired,
    /// The user may not do this (403).
    Denied,
    /// A message for the user: what was asked cannot be done (422).
    Invalid(String),
    /// A row was changed or a value is taken meanwhile (409).
    Conflict(String),
    /// A service the handler asked for is not there, such as a session without a session layer (500).
    Missing(&'static str),
    /// The application cannot start as it is declared, such as two pages with one route (500).
    Setup(String),
    /// Anything else; the cause is logged, never shown (500).
    Internal(BoxError),
}

impl Error {
    /// A message for the user (422).
    ///
    /// ```
    /// let error = rdj_runtime::Error::invalid("The invoice is closed.");
    /// assert_eq!(error.public_text(), "The invoice is closed.");
    /// ```
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::Invalid(message.into())
    }

    /// An internal error from a message, for the log.
    pub fn internal(message: impl Into<String>) -> Self {
        Self::Internal(message.into().into())
    }

    /// The HTTP status of this error.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::BadArguments(_) => StatusCode::BAD_REQUEST,
            Self::UnknownEvent(_) | Self::NotFound => StatusCode::NOT_FOUND,
            Self::LoginRequired => StatusCode::UNAUTHORIZED,
            Self::Denied => StatusCode::FORBIDDEN,
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Missing(_) | Self::Setup(_) | Self::Internal(_) => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        }
    }

    /// What the user may read, in the current language.
    #[must_use]
    pub fn public_text(&self) -> Cow<'_, str> {
        match self {
            Self::BadArguments(_) => text("rdj-bad-request").into(),
            Self::UnknownEvent(_) => text("rdj-unknown-action").into(),
            Self::NotFound => text("rdj-gone").into(),
            Self::LoginRequired => text("rdj-login-required").into(),
            Self::Denied => text("rdj-denied").into(),
            Self::Invalid(message) | Self::Conflict(message) => message.as_str().into(),
            Self::Missing(_) | Self::Setup(_) | Self::Internal(_) => text("rdj-failed").into(),
        }
    }

    /// Whether the cause belongs in the log and the user gets an opaque id.
    #[must_use]
    pub fn is_internal(&self) -> bool {
        self.status().is_server_error()
    }
}

impl<E: StdError + Send + Sync + 'static> From<E> for Error {
    fn from(cause: E) -> Self {
        Self::Internal(Box::new(cause))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadArguments(why) => write!(f, "bad arguments: {why}"),
            Self::UnknownEvent(name) => write!(f, "unknown event `{name}`"),
            Self::NotFound => f.write_str("not found"),
            Self::LoginRequired => f.write_str("login required"),
            Self::Denied => f.write_str("permission denied"),
            Self::Invalid(text) | Self::Conflict(text) | Self::Setup(text) => f.write_str(text),
            Self::Missing(what) => write!(f, "{what} is not set up"),
            Self::Internal(cause) => write_chain(cause.as_ref(), f),
        }
    }
}

fn write_chain(cause: &(dyn StdError + 'static), f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "{cause}")?;
    let mut next = cause.source();
    while let Some(inner) = next {
        write!(f, ": {inner}")?;
        next = inner.source();
    }
    Ok(())
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
