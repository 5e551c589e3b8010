//! Users in an application.

use rdj_runtime::{App, Identities, Stage};

use crate::{auth::Auth, command, layer::AuthLayer};

/// Adds users to an application.
pub trait AppAuth {
    /// Finds out who each request and each event comes from, and lets handlers sign in and out.
    /// Adds the commands `createsuperuser` and `changepassword`.
    ///
    /// The application needs sessions too: `.sessions(session::memory())`.
    #[must_use]
    fn auth(self, auth: Auth) -> Self;
}

impl AppAuth for App {
    fn auth(self, auth: Auth) -> Self {
        if let Some(identities) = self.resources().get::<Identities>() {
            auth.join(identities);
        }
        let app = self
            .resource(auth.clone())
            .layer_at(Stage::Identity, AuthLayer::new(auth));
        command::add(app)
    }
}
