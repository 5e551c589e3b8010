//! What all sockets and pages of one application share.

mod admission;

use std::{net::IpAddr, sync::Arc};

use tokio::sync::{Semaphore, watch};

pub(crate) use self::admission::Admission;
use self::admission::Places;
use crate::{
    bridge::Tickets, config::Config, cx::Resources, identity::Identities, page::HeldPages,
    socket::LivePages,
};

/// The shared parts of one application.
#[derive(Debug)]
pub(crate) struct Runtime {
    pub(crate) config: Config,
    pub(crate) resources: Arc<Resources>,
    pub(crate) held: HeldPages,
    pub(crate) tickets: Tickets,
    pub(crate) live: Arc<LivePages>,
    /// The turns of pages that read changed rows.
    pub(crate) readers: Arc<Semaphore>,
    /// Becomes true when the server stops.
    pub(crate) stopping: watch::Sender<bool>,
    connections: Arc<Places>,
}

impl Runtime {
    pub(crate) fn new(config: Config, resources: Resources) -> Self {
        let live = Arc::<LivePages>::default();
        if let Some(identities) = resources.get::<Identities>() {
            let live = Arc::downgrade(&live);
            identities.subscribe(move |change| {
                if let Some(live) = live.upgrade() {
                    live.check(change);
                }
            });
        }
        Self {
            held: HeldPages::new(config.hold_time, config.max_held_pages),
            readers: Arc::new(Semaphore::new(config.live_readers.max(1))),
            config,
            resources: Arc::new(resources),
            tickets: Tickets::default(),
            live,
            stopping: watch::Sender::new(false),
            connections: Arc::default(),
        }
    }

    /// Takes a place for one more socket of a client.
    pub(crate) fn admit(&self, client: Option<IpAddr>) -> Option<Admission> {
        let config = &self.config;
        let (all, own) = (config.max_connections, config.max_connections_per_client);
        self.connections.take(client, all, own)
    }
}

impl Runtime {
    /// Whether a socket is open.
    pub(crate) fn is_connected(&self) -> bool {
        !self.connections.is_empty()
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

/// Identifies this build, so that a page of an older one is loaded again.
pub(crate) fn build_id() -> &'static str {
    crate::assets::build_id()
}
