//! The framework's own layers, where they belong.

use super::{App, Stage};
use crate::{csrf::CsrfLayer, security::Security, session::SessionLayer};

impl App {
    /// Names hosts, proxies and security headers: see [`crate::security`]. Outside of all other layers.
    pub fn security(self, security: Security) -> Self {
        self.resource(security.facts())
            .layer_at(Stage::Security, security)
    }

    /// Gives each browser a session: see [`crate::session`]. The command `clearsessions` clears its
    /// store.
    pub fn sessions(self, sessions: SessionLayer) -> Self {
        let app = self.resource(sessions.facts());
        let app = match sessions.cleaner() {
            Some(cleaner) => app.resource(cleaner),
            None => app,
        };
        app.layer_at(Stage::Session, sessions)
    }

    /// Refuses requests that another site forged: see [`crate::csrf`].
    pub fn csrf(self, csrf: CsrfLayer) -> Self {
        self.resource(csrf.facts()).layer_at(Stage::Csrf, csrf)
    }
}
