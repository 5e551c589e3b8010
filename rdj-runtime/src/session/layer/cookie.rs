//! The cookie with a session's key.

use http::HeaderValue;
use time::OffsetDateTime;
use tower_sessions::{Expiry, cookie::Cookie, session::Id};

use super::{Sessions, Visit};

impl Sessions {
    fn builder(&self, visit: &Visit, value: String) -> Cookie<'_> {
        let settings = &self.settings;
        let mut cookie = Cookie::build((settings.name.as_str(), value))
            .path(settings.path.as_str())
            .http_only(true)
            .same_site(settings.same_site)
            .secure(visit.secure)
            .build();
        if let Some(domain) = &settings.domain {
            cookie.set_domain(domain.as_str());
        }
        cookie
    }

    pub(super) fn cookie(&self, visit: &Visit, key: Id) -> Option<HeaderValue> {
        let mut cookie = self.builder(visit, key.to_string());
        if !matches!(visit.session.expiry(), Some(Expiry::OnSessionEnd) | None) {
            let end = visit.store.end()?;
            cookie.set_max_age(end - OffsetDateTime::now_utc());
        }
        HeaderValue::try_from(cookie.to_string()).ok()
    }

    /// The cookie's end; none where the browser has another key by now, or gets one in a moment.
    pub(super) fn removal(&self, visit: &Visit) -> Option<HeaderValue> {
        if visit.store.is_exchanged() {
            return None;
        }
        let mut cookie = self.builder(visit, String::new());
        cookie.set_max_age(time::Duration::ZERO);
        HeaderValue::try_from(cookie.to_string()).ok()
    }
}
