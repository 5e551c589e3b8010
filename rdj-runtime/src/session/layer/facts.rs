//! What a session layer tells about itself.

use super::SessionLayer;
use crate::command::{SessionCleaner, check::SessionFacts};

impl SessionLayer {
    /// What `check --deploy` asks.
    pub(crate) fn facts(&self) -> SessionFacts {
        let store = self.expired.as_ref();
        SessionFacts {
            secure: self.settings.secure.into(),
            http_only: true,
            persistent: store.is_none_or(|store| store.is_persistent()),
        }
    }

    /// What `clearsessions` does, where the store can.
    pub(crate) fn cleaner(&self) -> Option<SessionCleaner> {
        let store = self.expired()?;
        Some(SessionCleaner::new(move || {
            let store = store.clone();
            async move { Ok(store.clear_expired().await?) }
        }))
    }
}
