//! Removing sessions whose time is over.

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use tower_sessions::session_store::Result;

/// A store that can remove expired sessions. They are never handed out; this frees their room.
#[async_trait::async_trait]
pub trait ClearExpired: Send + Sync + 'static {
    /// Removes expired sessions and returns how many there were.
    ///
    /// # Errors
    ///
    /// The store fails.
    async fn clear_expired(&self) -> Result<u64>;

    /// Whether its sessions outlive the process, for `check --deploy`.
    fn is_persistent(&self) -> bool {
        true
    }
}

/// Clears `store` every `period` until nobody uses it any more.
pub(super) async fn sweep(store: Weak<dyn ClearExpired>, period: Duration) {
    loop {
        tokio::time::sleep(period).await;
        let Some(store) = store.upgrade() else { return };
        clear(&store).await;
    }
}

async fn clear(store: &Arc<dyn ClearExpired>) {
    match store.clear_expired().await {
        Ok(0) => {}
        Ok(count) => tracing::debug!(count, "expired sessions removed"),
        Err(error) => tracing::error!(%error, "expired sessions could not be removed"),
    }
}
