//! Sessions, languages and protection, each at its own place among the layers.

use std::sync::Arc;

use super::App;
use crate::{
    app::Stage,
    csrf::CsrfLayer,
    i18n::{self, I18n},
    identity::Identities,
    inside::Metrics,
    page_store::{PageStore, Sealed},
    runtime::BuildId,
    security::Security,
    session::SessionLayer,
};

impl App {
    /// Gives every browser a session.
    ///
    /// Sockets follow their session: when it ends, at a logout in another tab or because somebody
    /// deleted it, their pages end at once. The command `clearsessions` removes what has expired.
    ///
    /// ```
    /// use rdj_runtime::{App, session};
    ///
    /// let app = App::new().sessions(session::memory());
    /// ```
    pub fn sessions(self, layer: SessionLayer) -> Self {
        let identities = self.resources().get::<Identities>().cloned();
        let layer = layer.on_end(move |id| {
            if let Some(identities) = &identities {
                identities.session_ended(id);
            }
        });
        let app = self.resource(layer.facts());
        let app = match layer.cleaner() {
            Some(cleaner) => app.resource(cleaner),
            None => app,
        };
        app.layer_at(Stage::Session, layer)
    }

    /// Keeps pages without a socket in a store that several processes share: they go on in any of them,
    /// after a deploy and behind a proxy without sticky sessions. By default they are kept in memory.
    ///
    /// ```
    /// use rdj_runtime::{App, page_store::MemoryPages};
    ///
    /// let app = App::new().page_store(MemoryPages::default());
    /// ```
    pub fn page_store(self, store: impl PageStore) -> Self {
        self.resource(Sealed::new(Arc::new(store)))
    }

    /// Names the build. Browsers load a page of another build again, and no process takes up what a
    /// process of another one has kept.
    ///
    /// By default it is a hash of the program's file. Where machines compile the same release each for
    /// themselves, name it after the release.
    ///
    /// ```
    /// let app = rdj_runtime::App::new().build_id(env!("CARGO_PKG_VERSION"));
    /// ```
    pub fn build_id(self, id: &str) -> Self {
        self.resource(BuildId::new(id))
    }

    /// Serves in several languages: the one of each request and event is found out, and
    /// `POST /_language` changes it.
    ///
    /// Without it everything is English.
    ///
    /// ```
    /// use rdj_runtime::{App, i18n::I18n};
    ///
    /// let app = App::new().i18n(I18n::new().languages(["en", "de"]).default_language("de"));
    /// ```
    pub fn i18n(self, i18n: I18n) -> Self {
        self.layer_at(Stage::Locale, i18n.layer())
            .merge(i18n::routes())
            .resource(i18n)
    }

    /// Hosts, proxies and security headers in another way than [`Security::from_env`], which every
    /// application has by default.
    ///
    /// ```
    /// use rdj_runtime::{App, security::Security};
    ///
    /// let app = App::new().security(Security::from_env().allowed_hosts(["shop.example"]));
    /// ```
    pub fn security(self, security: Security) -> Self {
        self.resource(security.facts())
            .resource(security.clone())
            .layer_at(Stage::Security, security)
    }

    /// Protection against forged requests in another way than [`CsrfLayer::new`], which every
    /// application has by default, such as with paths that it leaves alone.
    ///
    /// ```
    /// use rdj_runtime::{App, csrf::CsrfLayer};
    ///
    /// let app = App::new().csrf(CsrfLayer::new().exempt("/api/"));
    /// ```
    pub fn csrf(self, csrf: CsrfLayer) -> Self {
        self.resource(csrf.facts())
            .resource(csrf.clone())
            .layer_at(Stage::Csrf, csrf)
    }

    /// Counts sockets, events, their parts, statements and bytes, for Prometheus and its like.
    ///
    /// [`Metrics`] says who may read them. With an address of its own it is served by [`App::serve`] and
    /// [`App::run`], not by [`App::build`].
    pub fn metrics(self, metrics: Metrics) -> Self {
        let served = metrics.clone();
        self.resource(metrics).on_start(|_| served.serve())
    }

    /// Shows developers in their browser what each event costs: its parts, its SQL statements, its bytes and
    /// what is careless about it.
    ///
    /// Builds for production refuse it with a warning in the log, as it shows the application's statements
    /// to every user; `RDJ_DEVTOOLS=force` has it there all the same, `RDJ_DEVTOOLS=1` switches it on in
    /// other builds without a change of code, `RDJ_DEVTOOLS=0` off.
    pub fn devtools(mut self, on: bool) -> Self {
        self.devtools = on;
        self
    }

    /// Adds the protection that every application has, where it was not given in another way.
    pub(crate) fn protect(self) -> Self {
        let app = if self.has_layer_at(Stage::Security) {
            self
        } else {
            self.security(Security::from_env())
        };
        if app.has_layer_at(Stage::Csrf) {
            app
        } else {
            let trusted = app.config.allowed_origins.clone();
            app.csrf(CsrfLayer::new().trusted_origins(trusted))
        }
    }
}
