//! What all sockets and pages of one application share.

mod admission;
mod build;

use std::{
    net::IpAddr,
    sync::{Arc, atomic::AtomicBool},
    time::Duration,
};

use tokio::sync::{Semaphore, watch};

use self::admission::Places;
pub(crate) use self::{admission::Admission, build::BuildId};
use crate::{
    bridge::Tickets,
    config::Config,
    cx::Resources,
    download::Downloads,
    identity::Identities,
    inside::Inside,
    page::{Holder, KeptPages},
    page_store::Sealed,
    socket::LivePages,
    work::PageWork,
};

/// How often an open page is looked for before it is gone.
const HANDOVERS: usize = 3;
/// How many sockets take all of [`Config::drain_spread`].
const MANY: u32 = 1_000;

/// The shared parts of one application.
#[derive(Debug)]
pub(crate) struct Runtime {
    pub(crate) config: Config,
    pub(crate) resources: Arc<Resources>,
    pub(crate) pages: KeptPages,
    /// Names the build to browsers.
    pub(crate) build: Arc<str>,
    pub(crate) tickets: Tickets,
    pub(crate) downloads: Downloads,
    /// Who sees what events cost.
    pub(crate) inside: Inside,
    pub(crate) live: Arc<LivePages>,
    /// The turns of pages that read changed rows.
    pub(crate) readers: Arc<Semaphore>,
    /// The places of uploads.
    uploads: Arc<Places>,
    /// Whether the server is about to stop: it asks for no new browsers any more.
    pub(crate) leaving: AtomicBool,
    /// Becomes true when the server stops.
    pub(crate) stopping: watch::Sender<bool>,
    /// The routes of the pages.
    routes: matchit::Router<()>,
    connections: Arc<Places>,
}

impl Runtime {
    pub(crate) fn new(config: Config, resources: Resources, routes: matchit::Router<()>) -> Self {
        let live = Arc::<LivePages>::default();
        let store = resources.get::<Sealed>().cloned();
        let build = resources
            .get::<BuildId>()
            .map_or_else(Arc::default, BuildId::text);
        if let Some(identities) = resources.get::<Identities>() {
            let live = Arc::downgrade(&live);
            identities.subscribe(move |change| {
                if let Some(live) = live.upgrade() {
                    live.check(change);
                }
            });
        }
        Self {
            pages: KeptPages::new(&config, store.clone(), &build),
            build,
            readers: Arc::new(Semaphore::new(config.live_readers.max(1))),
            uploads: Arc::default(),
            config,
            inside: Inside::of(&resources),
            resources: Arc::new(resources),
            tickets: Tickets::new(store),
            downloads: Downloads::default(),
            live,
            leaving: AtomicBool::new(false),
            stopping: watch::Sender::new(false),
            routes,
            connections: Arc::default(),
        }
    }

    /// Whether a page may stand at this path.
    pub(crate) fn has_page(&self, path: &str) -> bool {
        self.routes.at(path).is_ok()
    }

    /// Takes a place for one more socket of a client.
    pub(crate) fn admit(&self, client: Option<IpAddr>) -> Option<Admission> {
        let config = &self.config;
        let (all, own) = (config.max_connections, config.max_connections_per_client);
        self.connections.take(client, all, own)
    }

    /// Takes a place for one more upload of a client.
    pub(crate) fn admit_upload(&self, client: Option<IpAddr>) -> Option<Admission> {
        let config = &self.config;
        let (all, own) = (config.max_uploads, config.max_uploads_per_client);
        self.uploads.take(client, all, own)
    }
}

impl Runtime {
    /// What waits for an open page, if it is there and `holder` may have it.
    pub(crate) async fn work_of(&self, token: &str, holder: &Holder) -> Option<Arc<PageWork>> {
        for _ in 0..HANDOVERS {
            let work = self.live.work(token, holder);
            let work = work.or_else(|| self.pages.work(token, holder));
            if work.is_some() {
                return work;
            }
            // a page that a socket takes or leaves is in neither place for a moment
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        None
    }

    /// How many sockets are open.
    pub(crate) fn connections(&self) -> usize {
        self.connections.len()
    }

    /// Whether a socket is open.
    pub(crate) fn is_connected(&self) -> bool {
        !self.connections.is_empty()
    }

    /// When one of the open sockets is closed while the server stops: they come back elsewhere one
    /// after the other, the more of them the longer.
    pub(crate) fn turn_to_leave(&self) -> Duration {
        let all = u32::try_from(self.connections.len())
            .unwrap_or(MANY)
            .min(MANY);
        let window = self.config.drain_spread * all / MANY;
        window.mul_f64(rand::random::<f64>())
    }
}

/// An unguessable name of 128 bits, in 32 hexadecimal digits.
pub(crate) fn secret() -> String {
    format!("{:032x}", rand::random::<u128>())
}

/// A short opaque id under which a cause is logged.
pub(crate) fn incident() -> String {
    format!("{:08x}", rand::random::<u32>())
}
