//! One-time tickets: how cookies that were set on a socket reach the browser as `HttpOnly`.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use http::{HeaderMap, HeaderName, HeaderValue, header::ORIGIN};
use serde::{Deserialize, Serialize};

mod written;

use super::cookies::Jar;
use crate::{error::Error, page_store::Sealed, runtime::secret};

/// The kind of what is put into the store.
const KIND: &str = "ticket";
/// How long a browser has time to fetch its cookies.
const LIFETIME: Duration = Duration::from_secs(30);
/// The most tickets that wait; a browser that never fetches them fills no memory.
const CAPACITY: usize = 100_000;
/// The most tickets of one socket that wait: a newer one takes the place of the oldest.
const OF_ONE: usize = 8;

/// Cookies for one browser.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Ticket {
    #[serde(with = "written")]
    cookies: Vec<HeaderValue>,
    /// Cookies that the browser must show, by name and value: the session it had; none stands for no
    /// cookie of that name.
    expected: Vec<(String, Option<String>)>,
    /// The origin of the page whose socket set them.
    #[serde(with = "written")]
    origin: Option<HeaderValue>,
    /// Cookies to remove, by name and value: one that has another value by now, or is gone, is left
    /// alone.
    removals: Vec<Removal>,
}

/// A cookie to remove, with the name and the value that the browser must show.
#[derive(Debug, Serialize, Deserialize)]
struct Removal {
    #[serde(with = "written")]
    cookie: Option<HeaderValue>,
    name: String,
    value: String,
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
        self.removals.push(Removal {
            cookie: Some(cookie),
            name,
            value,
        });
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
        let shown = removals.filter(|removal| jar.get(&removal.name) == Some(&removal.value));
        cookies.extend(shown.filter_map(|removal| removal.cookie));
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
pub(crate) struct Tickets {
    waiting: Mutex<HashMap<String, (Instant, Ticket)>>,
    /// The store of the application's other processes: the browser may come to any of them.
    shared: Option<Sealed>,
}

impl Tickets {
    pub(crate) fn new(shared: Option<Sealed>) -> Self {
        Self {
            waiting: Mutex::default(),
            shared,
        }
    }

    /// Keeps a ticket for a socket that was given the tickets `given`, and returns its id; none when
    /// too many wait.
    pub(crate) async fn issue(
        &self,
        ticket: Ticket,
        given: &mut VecDeque<String>,
    ) -> Option<String> {
        let oldest = (given.len() >= OF_ONE).then(|| given.pop_front()).flatten();
        let Some(shared) = &self.shared else {
            return self.issue_here(ticket, oldest, given);
        };
        let put = async {
            if let Some(oldest) = oldest {
                shared.take(KIND, &oldest).await?;
            }
            let id = secret();
            let bytes = serde_json::to_vec(&ticket)?;
            shared.put(KIND, &id, bytes, LIFETIME).await?;
            Ok::<_, Error>(id)
        };
        match put.await {
            Ok(id) => {
                given.push_back(id.clone());
                Some(id)
            }
            Err(error) => {
                tracing::error!(%error, "cookies cannot wait: a browser does not get its own");
                None
            }
        }
    }

    fn issue_here(
        &self,
        ticket: Ticket,
        oldest: Option<String>,
        given: &mut VecDeque<String>,
    ) -> Option<String> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(oldest) = oldest {
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
    pub(crate) async fn redeem(&self, id: &str, headers: &HeaderMap) -> Option<Vec<HeaderValue>> {
        let ticket = match &self.shared {
            None => self.take_here(id)?,
            Some(shared) => {
                let found = shared.take(KIND, id).await;
                let found = found.inspect_err(
                    |error| tracing::error!(%error, "a browser does not get its cookies"),
                );
                serde_json::from_slice(&found.ok()??).ok()?
            }
        };
        ticket.is_for(headers).then(|| ticket.into_cookies(headers))
    }

    fn take_here(&self, id: &str) -> Option<Ticket> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let (until, ticket) = waiting.remove(id)?;
        (until > Instant::now()).then_some(ticket)
    }

    /// Drops what nobody fetched.
    pub(crate) fn sweep(&self) {
        let now = Instant::now();
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.retain(|_, (until, _)| *until > now);
    }
}

#[cfg(test)]
mod tests;
