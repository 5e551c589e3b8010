//! What all sockets and pages of one application share.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use tokio::sync::watch;

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
    /// Becomes true when the server stops.
    pub(crate) stopping: watch::Sender<bool>,
    connections: AtomicUsize,
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
            config,
            resources: Arc::new(resources),
            tickets: Tickets::default(),
            live,
            stopping: watch::Sender::new(false),
            connections: AtomicUsize::new(0),
        }
    }

    /// Takes a place for one more socket.
    pub(crate) fn admit(self: &Arc<Self>) -> Option<Admission> {
        let taken = self.connections.fetch_add(1, Ordering::Relaxed);
        let admission = Admission(Arc::clone(self));
        (taken < self.config.max_connections).then_some(admission)
    }
}

impl Runtime {
    /// Whether a socket is open.
    pub(crate) fn is_connected(&self) -> bool {
        self.connections.load(Ordering::Relaxed) > 0
    }
}

/// The place of one socket; given back when dropped.
#[derive(Debug)]
pub(crate) struct Admission(Arc<Runtime>);

impl Drop for Admission {
    fn drop(&mut self) {
        self.0.connections.fetch_sub(1, Ordering::Relaxed);
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
