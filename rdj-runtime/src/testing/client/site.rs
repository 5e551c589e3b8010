//! An application as it is served, without a port.

use std::{
    fmt,
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU8, AtomicU16, Ordering},
    },
};

use axum::{
    Router,
    extract::{ConnectInfo, Request},
};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{rt::TokioIo, service::TowerToHyperService};
use tokio::io::{DuplexStream, duplex};
use tower::ServiceExt as _;

use super::browser::TestBrowser;
use crate::{app::App, cx::Resources, error::Result, runtime::Runtime};

/// How much a connection holds that nobody has read yet.
const BUFFER: usize = 256 * 1024;
/// Tests are faster than people; what they do is no flood.
const NO_FLOOD: u32 = 1_000_000;

/// Counts the statements that an application's handlers send to its database; the crate that knows the
/// database registers one.
#[derive(Debug)]
#[doc(hidden)]
pub struct Instrument(pub fn(&mut Resources) -> Option<TakeStatements>);

/// The statements since the last call.
#[doc(hidden)]
pub type TakeStatements = Box<dyn Fn() -> Vec<String> + Send + Sync>;

inventory::collect!(Instrument);

/// What a page with something amiss does to its test; see [`TestPage::warnings`](super::TestPage::warnings).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Strictness {
    /// Nothing: all is collected in the warnings.
    Collect,
    /// Ids that are there twice fail the step, as labels and patches may mean the wrong element; the rest
    /// is collected.
    #[default]
    Ids,
    /// All of it fails the step.
    All,
}

/// An application under test, as it is served: with its layers, sessions and guards, over connections
/// inside of the process.
///
/// Only the limits against floods are lifted, as tests are faster than people. It ends when it, its
/// browsers and their pages are dropped.
///
/// ```
/// use axum::{Router, response::Html, routing::get};
/// use rdj_runtime::{App, testing::TestSite};
///
/// # #[tokio::main]
/// # async fn main() -> rdj_runtime::Result {
/// let hello = get(|| async { Html("<title>Hello</title><a href='/more'>More</a>") });
/// let more = get(|| async { Html("<title>More</title><p>Nothing yet.") });
/// let app = App::new().merge(Router::new().route("/", hello).route("/more", more));
///
/// let site = TestSite::start(app).await?;
/// let mut page = site.browser().open("/").await?;
/// page.click("More").await?;
/// page.assert_text("Nothing yet.");
/// assert_eq!(page.address(), "/more");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct TestSite {
    pub(super) inner: Arc<Site>,
}

pub(super) struct Site {
    served: RwLock<Served>,
    strictness: AtomicU8,
    ports: AtomicU16,
}

struct Served {
    router: Router,
    runtime: Arc<Runtime>,
    take: Vec<TakeStatements>,
}

impl Served {
    async fn start(app: App) -> Result<Self> {
        let mut app = app.configure(|config| {
            config.events_per_second = config.events_per_second.max(NO_FLOOD);
            config.event_burst = config.event_burst.max(NO_FLOOD);
        });
        let instruments = inventory::iter::<Instrument>.into_iter();
        let take = instruments
            .filter_map(|instrument| (instrument.0)(app.resources_mut()))
            .collect();
        app.start().await?;
        let (router, runtime) = app.into_parts()?;
        Ok(Self {
            router,
            runtime,
            take,
        })
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.runtime.stopping.send_replace(true);
    }
}

impl TestSite {
    /// Starts an application: what it does before it serves is done.
    ///
    /// # Errors
    ///
    /// The application cannot start as it is declared, or what [`App::on_start`] was given fails.
    pub async fn start(app: App) -> Result<Self> {
        let site = Site {
            served: RwLock::new(Served::start(app).await?),
            strictness: AtomicU8::new(Strictness::default() as u8),
            ports: AtomicU16::new(20_000),
        };
        Ok(Self {
            inner: Arc::new(site),
        })
    }

    /// A browser without cookies: another one for each user.
    #[must_use]
    pub fn browser(&self) -> TestBrowser {
        TestBrowser::new(Arc::clone(&self.inner))
    }

    /// What a page with something amiss does to its test.
    #[must_use]
    pub fn strictness(self, strictness: Strictness) -> Self {
        let level = &self.inner.strictness;
        level.store(strictness as u8, Ordering::Relaxed);
        self
    }

    /// Ends the application, as for a deploy, and serves another one in its place. Pages lose their
    /// sockets; [`TestPage::reconnect`](super::TestPage::reconnect) brings them to the new one.
    ///
    /// # Errors
    ///
    /// The new application cannot start; then the old one goes on.
    pub async fn restart(&self, app: App) -> Result {
        let served = Served::start(app).await?;
        let mut place = self
            .inner
            .served
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        *place = served;
        Ok(())
    }
}

impl Site {
    /// The host that browsers ask for; it is this machine, as applications without hosts of their own
    /// answer to no other.
    pub(super) const HOST: &str = "localhost";

    pub(super) fn is_fatal(&self, twice: bool) -> bool {
        let level = self.strictness.load(Ordering::Relaxed);
        level == Strictness::All as u8 || twice && level == Strictness::Ids as u8
    }

    /// The statements since the last call.
    pub(super) fn statements(&self) -> Vec<String> {
        let served = self.served.read().unwrap_or_else(PoisonError::into_inner);
        served.take.iter().flat_map(|take| take()).collect()
    }

    /// A connection to the application.
    pub(super) fn connect(&self) -> DuplexStream {
        let router = {
            let served = self.served.read().unwrap_or_else(PoisonError::into_inner);
            served.router.clone()
        };
        let port = self.ports.fetch_add(1, Ordering::Relaxed);
        let peer = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let service = router.map_request(move |mut request: http::Request<Incoming>| -> Request {
            request.extensions_mut().insert(ConnectInfo(peer));
            request.map(axum::body::Body::new)
        });
        let (client, server) = duplex(BUFFER);
        let connection = http1::Builder::new()
            .serve_connection(TokioIo::new(server), TowerToHyperService::new(service))
            .with_upgrades();
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection of a test ended");
            }
        });
        client
    }
}

impl fmt::Debug for TestSite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TestSite").finish_non_exhaustive()
    }
}

impl fmt::Debug for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Site").finish_non_exhaustive()
    }
}
