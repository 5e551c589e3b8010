//! Status, headers and cookies that an event sends to the browser.

use http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode,
    header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION, SET_COOKIE, TRANSFER_ENCODING},
};

use super::Cx;
use crate::error::{Error, Result};

/// Headers that belong to the answer itself.
const OWN: [HeaderName; 4] = [CONTENT_LENGTH, CONTENT_TYPE, LOCATION, TRANSFER_ENCODING];

/// Adds headers and cookies to the answer; from [`Cx::response`].
///
/// They go through the application's layers like those of any response. On a socket a cookie reaches
/// the browser by a one-time ticket, so it can be `HttpOnly`; other headers end with the event.
#[derive(Clone, Copy, Debug)]
pub struct CxResponse<'a> {
    pub(super) cx: &'a Cx,
}

impl CxResponse<'_> {
    /// Adds a header.
    ///
    /// # Errors
    ///
    /// [`Error::Internal`] if the name or the value is none that HTTP allows, such as one with a line
    /// break, or the header is one that the answer writes by itself.
    pub fn header(&self, name: &str, value: &str) -> Result {
        let name = HeaderName::from_bytes(name.as_bytes())?;
        if OWN.contains(&name) {
            return Err(Error::internal(format!(
                "the header `{name}` is written by the answer itself"
            )));
        }
        let value = HeaderValue::from_str(value)?;
        self.cx.outbox().headers.append(name, value);
        Ok(())
    }

    /// Sets the status of the answer to a handler that returns `Ok`, such as 429 beside an error in the
    /// form; 200 if not set. A redirect keeps its own.
    pub fn status(&self, status: StatusCode) {
        self.cx.outbox().status = Some(status);
    }

    /// Adds a cookie, as the text of a `Set-Cookie` header.
    ///
    /// # Errors
    ///
    /// [`Error::Internal`] if the text cannot be a header.
    pub fn cookie(&self, cookie: &str) -> Result {
        let value = HeaderValue::from_str(cookie)?;
        self.cx.outbox().headers.append(SET_COOKIE, value);
        Ok(())
    }

    /// The headers added so far.
    #[must_use]
    pub fn headers(&self) -> HeaderMap {
        self.cx.outbox().headers.clone()
    }
}
