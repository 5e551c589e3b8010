//! Sessions: what the server remembers of one browser.
//!
//! A [`SessionLayer`] puts a [`Session`] into each request; a handler reads and writes it as
//! `cx.session()?`, an axum handler as an extractor. Nothing is loaded until somebody asks, and nothing
//! is written unless something changed.
//!
//! | question | answer |
//! |---|---|
//! | what the browser holds | a random key of 128 bits in a cookie that is `HttpOnly` and `SameSite=Lax` |
//! | what a store holds | the values under a hash (SHA-256) of the key: who reads the store can take over no session |
//! | when it ends | 14 days after the last write, 30 days after its key was made, or at once when it is deleted |
//! | two writes at one time | keys that differ are both kept: a write reads the stored values again and changes only the keys that its own request changed. In one process this is exact; two processes that write one session within the same milliseconds can lose the earlier write |
//! | a write after a delete | is refused with 400: a logout stays a logout |

mod cache;
mod exchanged;
mod expired;
mod key;
mod layer;
mod memory;
mod meta;
#[cfg(feature = "redis")]
mod redis;
mod request;

use std::sync::Arc;

pub use tower_sessions::{
    Expiry, Session, SessionStore,
    cookie::SameSite,
    session::{Id, Record},
    session_store::{Error as StoreError, Result as StoreResult},
};

#[cfg(feature = "redis")]
pub use self::redis::RedisSessions;
pub use self::{
    expired::ClearExpired, key::stored_id, layer::SessionLayer, memory::MemorySessions,
};

/// The text by which a store says that the session to write is not there any more.
const GONE: &str = "the session was deleted meanwhile";

/// A session layer over `store`, which also removes expired sessions now and then.
///
/// ```
/// use rdj_runtime::session::{self, MemorySessions};
///
/// let app = rdj_runtime::App::new().sessions(session::layer(MemorySessions::new(10_000)));
/// ```
///
/// For a store of another crate, which knows no [`ClearExpired`], use [`SessionLayer::new`].
pub fn layer<S: SessionStore + ClearExpired>(store: S) -> SessionLayer {
    let store = Arc::new(store);
    SessionLayer::shared(Arc::clone(&store) as Arc<dyn SessionStore>).clearing(store)
}

/// A session layer that keeps sessions in memory: they end with the process.
pub fn memory() -> SessionLayer {
    layer(MemorySessions::default()).cache_for(std::time::Duration::ZERO)
}

/// What [`SessionStore::save`] of a store returns for a session that is not there any more.
///
/// ```
/// use rdj_runtime::session::{gone, is_gone};
///
/// assert!(is_gone(&gone()));
/// ```
#[must_use]
pub fn gone() -> StoreError {
    StoreError::Backend(GONE.to_owned())
}

/// Whether a store's error is [`gone`].
#[must_use]
pub fn is_gone(error: &StoreError) -> bool {
    matches!(error, StoreError::Backend(text) if text == GONE)
}
