//! Slowing down those who try passwords, without locking anybody out.

mod memory;

use std::{fmt, net::IpAddr, time::Duration};

use rdj_runtime::{Cx, Result};
use sea_orm::prelude::async_trait::async_trait;

pub use self::memory::{Limit, MemoryThrottle};
use crate::{client, user::names::normalized};

/// Who tries what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// What is tried: `login`, `reset`, `register`.
    pub action: &'static str,
    /// Whose account, in lower case and in the one form of its characters; empty where it is about
    /// nobody.
    pub identifier: String,
    /// The network of the client: a /24 of IPv4, a /64 of IPv6; none if it is not known.
    pub network: Option<IpAddr>,
}

impl Attempt {
    /// An attempt of the client of `cx`; behind proxies the security layer has to know them.
    #[must_use]
    pub fn of(cx: &Cx, action: &'static str, identifier: &str) -> Self {
        Self {
            action,
            // as usernames are looked up: spellings of one name share one count
            identifier: normalized(identifier.trim()).to_lowercase(),
            network: client::address(cx).map(client::network),
        }
    }
}

/// Decides whether an attempt may be made now. Several nodes share one by an own implementation over
/// a common store.
#[async_trait]
pub trait Throttle: fmt::Debug + Send + Sync + 'static {
    /// Counts an attempt before it is made, so that many at once do not slip through; the time to
    /// wait if it may not be made, which then does not count.
    ///
    /// # Errors
    ///
    /// The store fails.
    async fn attempt(&self, attempt: &Attempt) -> Result<Option<Duration>>;

    /// Whether it lets everybody pass, for `check --deploy`.
    fn is_off(&self) -> bool {
        false
    }

    /// The attempt was right: what was counted for it is forgotten.
    ///
    /// # Errors
    ///
    /// The store fails.
    async fn succeeded(&self, attempt: &Attempt) -> Result;
}
