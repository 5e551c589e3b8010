//! Where pages wait that have no socket: between the HTML and the join, and for a while after a socket
//! is gone.
//!
//! By default they wait in the memory of their process. With a [`PageStore`] that several processes
//! share they go on in any of them: after a deploy, and behind a proxy without sticky sessions.
//!
//! ```no_run
//! # fn store() -> impl rdj_runtime::page_store::PageStore { rdj_runtime::page_store::MemoryPages::default() }
//! let app = rdj_runtime::App::new().page_store(store());
//! ```

mod memory;
#[cfg(feature = "redis")]
mod redis;
mod sealed;

use std::{fmt, time::Duration};

pub use self::memory::MemoryPages;
#[cfg(feature = "redis")]
pub use self::redis::RedisPages;
pub(crate) use self::sealed::Sealed;
use crate::error::Result;

/// A place that several processes share, for pages without a socket and for cookies on their way to a
/// browser.
///
/// What is put there is encrypted, and its name is a hash: nobody who reads the store learns what a page
/// shows, or can take one over.
#[async_trait::async_trait]
pub trait PageStore: fmt::Debug + Send + Sync + 'static {
    /// Puts `bytes` there under a name of 64 characters for at most this time, in the place of what was
    /// there.
    ///
    /// # Errors
    ///
    /// The store fails.
    async fn put(&self, name: &str, bytes: Vec<u8>, time: Duration) -> Result;

    /// Takes out what is there under a name and is not too old.
    ///
    /// Of several processes that ask at the same time one alone gets it: an event of the page would run
    /// twice otherwise.
    ///
    /// # Errors
    ///
    /// The store fails.
    async fn take(&self, name: &str) -> Result<Option<Vec<u8>>>;

    /// Removes what is too old, and returns how much that was.
    ///
    /// # Errors
    ///
    /// The store fails.
    async fn sweep(&self) -> Result<u64>;
}
