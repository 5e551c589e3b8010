//! Sessions: tower-sessions with safe defaults.

pub use tower_sessions::Session;
use tower_sessions::{
    Expiry, MemoryStore, SessionManagerLayer, SessionStore,
    cookie::{SameSite, time::Duration},
};

/// How long a session lives after it was last written to.
const LIFETIME: Duration = Duration::days(14);

/// A session layer over `store`: the cookie is `HttpOnly`, `SameSite=Lax`, and lives for two weeks
/// after the last write.
///
/// Behind TLS add `.with_secure(true)`.
///
/// ```
/// let app = rdj_runtime::App::new().layer(rdj_runtime::session::memory());
/// ```
pub fn layer<S: SessionStore>(store: S) -> SessionManagerLayer<S> {
    SessionManagerLayer::new(store)
        .with_name("rdj_session")
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_secure(false)
        .with_expiry(Expiry::OnInactivity(LIFETIME))
}

/// A session layer that keeps sessions in memory: they end with the process.
#[must_use]
pub fn memory() -> SessionManagerLayer<MemoryStore> {
    layer(MemoryStore::default())
}
