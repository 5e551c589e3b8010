//! One-time tickets: how cookies that were set on a socket reach the browser as `HttpOnly`.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use http::{HeaderMap, HeaderName, HeaderValue, header::ORIGIN};

use super::cookies::Jar;
use crate::runtime::secret;

/// How long a browser has time to fetch its cookies.
const LIFETIME: Duration = Duration::from_secs(30);
/// The most tickets that wait; a browser that never fetches them fills no memory.
const CAPACITY: usize = 100_000;
/// The most tickets of one socket that wait: a newer one takes the place of the oldest.
const OF_ONE: usize = 8;

/// Cookies for one browser.
#[derive(Debug, Default)]
pub(crate) struct Ticket {
    cookies: Vec<HeaderValue>,
    /// Cookies that the browser must show, by name and value: the session it had; none stands for no
    /// cookie of that name.
    expected: Vec<(String, Option<String>)>,
    /// The origin of the page whose socket set them.
    origin: Option<HeaderValue>,
    /// Cookies to remove, by name and value: one that has another value by now, or is gone, is left
    /// alone.
    removals: Vec<(HeaderValue, String, String)>,
}

impl Ticket {
    /// A ticket for pages of this origin, which was checked when the socket was opened.
    pub(crate) fn of(origin: Option<&HeaderValue>) -> Self {
        Self {
            origin: origin.cloned(),
            ..Self::default()
        }
    }

    pub(crate) fn add(&mut self, cookie: HeaderValue) {
        self.cookies.push(cookie);
    }

    /// Removes a cookie that the browser shows with this value still.
    pub(crate) fn remove(&mut self, cookie: HeaderValue, name: &str, value: &str) {
        let (name, value) = (name.to_owned(), value.to_owned());
        self.removals.push((cookie, name, value));
    }

    /// Binds the ticket to a browser that shows this cookie, or none of this name.
    pub(crate) fn expect(&mut self, name: &str, value: Option<&str>) {
        let value = value.map(str::to_owned);
        self.expected.push((name.to_owned(), value));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.cookies.is_empty() && self.removals.is_empty()
    }

    /// The cookies for the browser that shows these headers.
    fn into_cookies(self, headers: &HeaderMap) -> Vec<HeaderValue> {
        let jar = Jar::new(headers);
        let mut cookies = self.cookies;
        let removals = self.removals.into_iter();
        let shown = removals.filter(|(_, name, value)| jar.get(name) == Some(value));
        cookies.extend(shown.map(|(cookie, ..)| cookie));
        cookies
    }

    /// Whether a request comes from the page that the ticket was given to, and from its browser.
    ///
    /// Browsers send `Origin` with every POST to another site, and `Sec-Fetch-Site` with every request;
    /// a request with neither is not from a browser and carries no cookies of one.
    fn is_for(&self, headers: &HeaderMap) -> bool {
        let from_own = if let Some(origin) = headers.get(ORIGIN) {
            self.origin.as_ref() == Some(origin)
        } else {
            let site = headers.get(HeaderName::from_static("sec-fetch-site"));
            site.is_none_or(|site| site == "same-origin" || site == "none")
        };
        let jar = Jar::new(headers);
        let mut expected = self.expected.iter();
        from_own && expected.all(|(name, value)| jar.get(name) == value.as_deref())
    }
}

/// The tickets that wait.
#[derive(Debug, Default)]
pub(crate) struct Tickets(Mutex<HashMap<String, (Instant, Ticket)>>);

impl Tickets {
    /// Keeps a ticket for a socket that was given the tickets `given`, and returns its id; none when
    /// too many wait.
    pub(crate) fn issue(&self, ticket: Ticket, given: &mut VecDeque<String>) -> Option<String> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if given.len() >= OF_ONE
            && let Some(oldest) = given.pop_front()
        {
            waiting.remove(&oldest);
        }
        if waiting.len() >= CAPACITY {
            tracing::error!("too many cookies wait to be fetched: a browser does not get its own");
            return None;
        }
        let id = secret();
        waiting.insert(id.clone(), (Instant::now() + LIFETIME, ticket));
        given.push_back(id.clone());
        Some(id)
    }

    /// The cookies of a ticket, once, for a page of the origin and a browser with the session that it is
    /// bound to.
    pub(crate) fn redeem(&self, id: &str, headers: &HeaderMap) -> Option<Vec<HeaderValue>> {
        let found = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(id);
        let (until, ticket) = found?;
        (until > Instant::now() && ticket.is_for(headers)).then(|| ticket.into_cookies(headers))
    }

    /// Drops what nobody fetched.
    pub(crate) fn sweep(&self) {
        let now = Instant::now();
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.retain(|_, (until, _)| *until > now);
    }
}

#[cfg(test)]
mod tests {
    use http::header::COOKIE;

    use super::*;

    fn ticket() -> Ticket {
        let origin = HeaderValue::from_static("https://a.example");
        let mut ticket = Ticket::of(Some(&origin));
        ticket.add(HeaderValue::from_static("id=new; HttpOnly"));
        ticket.expect("id", Some("old"));
        ticket
    }

    fn showing(cookie: &'static str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_static(cookie));
        headers
    }

    #[test]
    fn works_once_for_its_browser() {
        let tickets = Tickets::default();
        let id = tickets
            .issue(ticket(), &mut VecDeque::new())
            .unwrap_or_default();
        assert_eq!(
            tickets
                .redeem(&id, &showing("a=1; id=old"))
                .map(|c| c.len()),
            Some(1)
        );
        assert_eq!(tickets.redeem(&id, &showing("id=old")), None);
    }

    #[test]
    fn can_ask_for_a_browser_without_a_session() {
        let tickets = Tickets::default();
        let issue = || {
            let mut ticket = ticket();
            ticket.expected = vec![("id".to_owned(), None)];
            tickets
                .issue(ticket, &mut VecDeque::new())
                .unwrap_or_default()
        };
        assert_eq!(tickets.redeem(&issue(), &showing("id=newer")), None);
        assert!(tickets.redeem(&issue(), &showing("a=1")).is_some());
    }

    #[test]
    fn removes_only_what_the_browser_still_shows() {
        let tickets = Tickets::default();
        for (shown, count) in [("id=old", 1), ("id=newer", 0), ("a=1", 0)] {
            let mut ticket = Ticket::default();
            let removal = HeaderValue::from_static("id=; Max-Age=0");
            ticket.remove(removal, "id", "old");
            let id = tickets
                .issue(ticket, &mut VecDeque::new())
                .unwrap_or_default();
            let cookies = tickets.redeem(&id, &showing(shown));
            assert_eq!(cookies.map(|cookies| cookies.len()), Some(count), "{shown}");
        }
    }

    #[test]
    fn is_gone_after_another_browser_tried() {
        let tickets = Tickets::default();
        let id = tickets
            .issue(ticket(), &mut VecDeque::new())
            .unwrap_or_default();
        assert_eq!(tickets.redeem(&id, &showing("id=other")), None);
        assert_eq!(tickets.redeem(&id, &showing("id=old")), None);
    }

    #[test]
    fn one_socket_cannot_fill_the_store() {
        let tickets = Tickets::default();
        let mut given = VecDeque::new();
        let issue =
            |given: &mut VecDeque<String>| tickets.issue(ticket(), given).unwrap_or_default();
        let first = issue(&mut given);
        let last = (0..OF_ONE).map(|_| issue(&mut given)).last();
        assert_eq!(tickets.0.lock().expect("a lock").len(), OF_ONE);
        assert_eq!(tickets.redeem(&first, &showing("id=old")), None);
        let last = last.unwrap_or_default();
        assert!(tickets.redeem(&last, &showing("id=old")).is_some());
    }

    #[test]
    fn is_good_for_a_while_only() {
        let tickets = Tickets::default();
        let id = tickets
            .issue(ticket(), &mut VecDeque::new())
            .unwrap_or_default();
        if let Some((until, _)) = tickets.0.lock().expect("a lock").get_mut(&id) {
            *until = Instant::now();
        }
        assert_eq!(tickets.redeem(&id, &showing("id=old")), None);
    }

    #[test]
    fn is_for_pages_of_its_origin() {
        let from = |name: &'static str, value: &'static str| {
            let tickets = Tickets::default();
            let id = tickets
                .issue(ticket(), &mut VecDeque::new())
                .unwrap_or_default();
            let mut headers = showing("id=old");
            headers.insert(
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            );
            tickets.redeem(&id, &headers).is_some()
        };
        assert!(from("origin", "https://a.example"));
        assert!(from("sec-fetch-site", "same-origin"));
        for foreign in ["null", "", "http://a.example", "https://a.example:8443"] {
            assert!(!from("origin", foreign), "{foreign}");
        }
        assert!(!from("sec-fetch-site", "same-site"));
        assert!(!from("sec-fetch-site", "cross-site"));
    }
}
