//! Figures over all events, in the text format that Prometheus reads.

use std::{
    collections::HashMap,
    fmt,
    net::SocketAddr,
    sync::{Arc, Mutex, OnceLock, PoisonError, Weak, atomic::AtomicU64},
    time::Duration,
};

use axum::{
    Router,
    extract::Request,
    response::{IntoResponse as _, Response},
    routing::get,
};
use http::{
    StatusCode,
    header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE},
};
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{
        counter::Counter,
        family::Family,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::{Registry, Unit},
};
use subtle::ConstantTimeEq as _;
use tokio::net::TcpListener;

use super::{meter::Figures, watch::Kind};
use crate::{
    error::{Error, Result},
    page::{PageDef, PageSpec},
    runtime::Runtime,
};

/// The media type of the answer.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
/// The event of a frame that names none of its page's.
const UNKNOWN: &str = "unknown";

/// What the application counts, and who may read it: see [`App::metrics`](crate::App::metrics).
///
/// There is no way to read it that is open to everybody: it says what an application consists of, and how
/// much it is used. Either it has an address of its own, which only the machine or the inner network
/// reaches, or whoever reads it shows a token.
///
/// ```no_run
/// use rdj_runtime::{App, inside::Metrics};
///
/// // at http://127.0.0.1:9090/metrics
/// let app = App::new().metrics(Metrics::listen("127.0.0.1:9090".parse().unwrap()));
/// // at /metrics of the application, for `Authorization: Bearer ..`
/// let token = std::env::var("METRICS_TOKEN").unwrap_or_default();
/// let app = App::new().metrics(Metrics::token("/metrics", token));
/// ```
#[derive(Clone)]
pub struct Metrics(Arc<Inner>);

struct Inner {
    access: Access,
    registry: Mutex<Registry>,
    counts: Counts,
    /// The declared events by page, so that no browser makes up names.
    events: OnceLock<HashMap<&'static str, HashMap<String, Arc<String>>>>,
    unknown: Arc<String>,
    runtime: OnceLock<Weak<Runtime>>,
}

enum Access {
    Listen(SocketAddr),
    Token(String, String),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct EventLabels {
    page: &'static str,
    event: Arc<String>,
    outcome: &'static str,
}

type One = [(&'static str, &'static str); 1];
type Seconds = Family<One, Histogram, fn() -> Histogram>;

/// The metrics themselves.
struct Counts {
    events: Family<EventLabels, Counter>,
    follows: Family<One, Counter>,
    checks: Family<One, Counter>,
    goes: Family<One, Counter>,
    works: Family<One, Counter>,
    joins: Family<One, Counter>,
    closed: Family<One, Counter>,
    misses: Counter,
    seconds: Seconds,
    bytes: Counter,
    statements: Counter,
    sql_seconds: Counter<f64, AtomicU64>,
    sockets: Gauge,
    held: Gauge,
    views: Gauge,
}

impl Counts {
    fn new() -> Self {
        Self {
            events: Family::default(),
            follows: Family::default(),
            checks: Family::default(),
            goes: Family::default(),
            works: Family::default(),
            joins: Family::default(),
            closed: Family::default(),
            misses: Counter::default(),
            // from 20 us to 10 s
            seconds: Family::new_with_constructor(|| {
                Histogram::new(exponential_buckets(0.000_02, 3.0, 13))
            }),
            bytes: Counter::default(),
            statements: Counter::default(),
            sql_seconds: Counter::default(),
            sockets: Gauge::default(),
            held: Gauge::default(),
            views: Gauge::default(),
        }
    }

    fn register(&self, to: &mut Registry) {
        to.register(
            "events",
            "Events by page, name and outcome",
            self.events.clone(),
        );
        to.register(
            "live_reads",
            "Pages that read rows others have changed",
            self.follows.clone(),
        );
        to.register(
            "checks",
            "Looks whether a browser may still have its page",
            self.checks.clone(),
        );
        to.register(
            "navigations",
            "Other pages that were asked for over a socket",
            self.goes.clone(),
        );
        to.register(
            "task_updates",
            "Pages that show what tasks have changed",
            self.works.clone(),
        );
        to.register("joins", "Sockets that joined a page", self.joins.clone());
        to.register(
            "closed",
            "Sockets that the server closed",
            self.closed.clone(),
        );
        to.register(
            "misses",
            "Patches that did not fit a browser's page",
            self.misses.clone(),
        );
        let seconds = self.seconds.clone();
        to.register_with_unit("event", "Parts of an event", Unit::Seconds, seconds);
        let bytes = self.bytes.clone();
        to.register_with_unit("sent", "Frames to browsers", Unit::Bytes, bytes);
        to.register(
            "statements",
            "SQL statements of events",
            self.statements.clone(),
        );
        let sql = self.sql_seconds.clone();
        to.register_with_unit("statements", "Time of SQL statements", Unit::Seconds, sql);
        to.register("sockets", "Open sockets", self.sockets.clone());
        to.register("held_pages", "Pages without a socket", self.held.clone());
        let views = self.views.clone();
        to.register_with_unit(
            "views",
            "What open pages hold of their HTML",
            Unit::Bytes,
            views,
        );
    }
}

impl Metrics {
    /// Read at `/metrics` of an address of its own, outside of the application's layers: one that only
    /// the machine or the inner network reaches.
    #[must_use]
    pub fn listen(address: SocketAddr) -> Self {
        Self::new(Access::Listen(address))
    }

    /// Read at a route of the application, inside of its layers, by whoever sends this token as
    /// `Authorization: Bearer ..`. A short token stops the start.
    #[must_use]
    pub fn token(route: impl Into<String>, token: impl Into<String>) -> Self {
        Self::new(Access::Token(route.into(), token.into()))
    }

    fn new(access: Access) -> Self {
        let mut registry = Registry::with_prefix("rdj");
        let counts = Counts::new();
        counts.register(&mut registry);
        Self(Arc::new(Inner {
            access,
            registry: Mutex::new(registry),
            counts,
            events: OnceLock::new(),
            unknown: Arc::new(UNKNOWN.to_owned()),
            runtime: OnceLock::new(),
        }))
    }

    /// The figures as text.
    #[must_use]
    pub fn text(&self) -> String {
        let inner = &*self.0;
        if let Some(runtime) = inner.runtime.get().and_then(Weak::upgrade) {
            let gauge = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
            inner.counts.sockets.set(gauge(runtime.connections()));
            inner.counts.held.set(gauge(runtime.pages.count()));
        }
        let mut text = String::new();
        let registry = inner
            .registry
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        // writing into a String does not fail
        let _ = encode(&mut text, &registry);
        text
    }

    /// Counts the events of these pages, for this runtime.
    pub(crate) fn attach(&self, runtime: &Arc<Runtime>, pages: &[(String, &'static PageDef)]) {
        let mut events = HashMap::<_, HashMap<_, _>>::new();
        for (_, page) in pages {
            let names = events.entry(page.spec.name).or_default();
            for state in (page.describe)() {
                for event in state.events {
                    let name = format!("{}.{}", state.name, event.name);
                    names.insert(name.clone(), Arc::new(name));
                }
            }
        }
        let _ = self.0.events.set(events);
        let _ = self.0.runtime.set(Arc::downgrade(runtime));
    }

    /// The route, where the metrics have one in the application.
    pub(crate) fn routes(&self) -> Result<Option<Router>> {
        let Access::Token(route, token) = &self.0.access else {
            return Ok(None);
        };
        if token.len() < 16 {
            let text = "the token of `Metrics::token` has less than 16 characters";
            return Err(Error::Setup(text.to_owned()));
        }
        let own = self.clone();
        let answer = move |request: Request| async move { own.answer(&request) };
        Ok(Some(Router::new().route(route, get(answer))))
    }

    fn answer(&self, request: &Request) -> Response {
        let Access::Token(_, token) = &self.0.access else {
            return StatusCode::NOT_FOUND.into_response();
        };
        let shown = request.headers().get(AUTHORIZATION);
        let shown = shown.and_then(|value| value.as_bytes().strip_prefix(b"Bearer "));
        if !bool::from(shown.unwrap_or_default().ct_eq(token.as_bytes())) {
            return StatusCode::UNAUTHORIZED.into_response();
        }
        self.response()
    }

    fn response(&self) -> Response {
        let headers = [(CONTENT_TYPE, OPEN_METRICS), (CACHE_CONTROL, "no-store")];
        (headers, self.text()).into_response()
    }

    /// Serves the address of its own, where it has one.
    pub(crate) async fn serve(self) -> Result {
        let Access::Listen(address) = self.0.access else {
            return Ok(());
        };
        let listener = TcpListener::bind(address).await?;
        let answer = move || async move { self.response() };
        let router = Router::new().route("/metrics", get(answer));
        tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::error!(%error, "metrics are not served any more");
            }
        });
        Ok(())
    }

    fn event_name(&self, page: &PageSpec, name: &str) -> Arc<String> {
        let events = self.0.events.get().and_then(|all| all.get(page.name));
        let known = events.and_then(|names| names.get(name));
        Arc::clone(known.unwrap_or(&self.0.unknown))
    }

    /// Counts one event.
    pub(super) fn count(
        &self,
        page: &'static PageSpec,
        kind: &Kind,
        queued: Duration,
        whole: Duration,
        figures: &Figures,
    ) {
        let counts = &self.0.counts;
        let outcome = figures.ended.name();
        match kind {
            Kind::Event(name) | Kind::Upload(name) => {
                let labels = EventLabels {
                    page: page.name,
                    event: self.event_name(page, name),
                    outcome,
                };
                counts.events.get_or_create(&labels).inc();
            }
            Kind::Follow => _ = counts.follows.get_or_create(&[("outcome", outcome)]).inc(),
            Kind::Check => _ = counts.checks.get_or_create(&[("outcome", outcome)]).inc(),
            Kind::Go => _ = counts.goes.get_or_create(&[("outcome", outcome)]).inc(),
            Kind::Work => _ = counts.works.get_or_create(&[("outcome", outcome)]).inc(),
        }
        counts.bytes.inc_by(figures.bytes as u64);
        counts.statements.inc_by(u64::from(figures.sql));
        counts.sql_seconds.inc_by(figures.sql_time.as_secs_f64());
        if !matches!(kind, Kind::Event(_) | Kind::Upload(_)) {
            return;
        }
        for (part, time) in [
            ("queue", queued),
            ("bridge", figures.bridge()),
            ("handler", figures.handler),
            ("sql", figures.sql_time),
            ("render", figures.render),
            ("diff", figures.diff),
            ("send", figures.send),
            ("all", whole),
        ] {
            let seconds = counts.seconds.get_or_create(&[("part", part)]);
            seconds.observe(time.as_secs_f64());
        }
    }

    /// Counts a socket that joined: `restored`, `opened` or `refused`.
    pub(crate) fn joined(&self, how: &'static str) {
        self.0.counts.joins.get_or_create(&[("how", how)]).inc();
    }

    /// Counts a socket that the server ends.
    pub(crate) fn closed(&self, why: &'static str) {
        self.0.counts.closed.get_or_create(&[("why", why)]).inc();
    }

    /// Counts a patch that did not fit.
    pub(crate) fn missed(&self) {
        self.0.counts.misses.inc();
    }

    /// What a page holds of its HTML has changed by so many bytes.
    pub(crate) fn view_changed(&self, by: i64) {
        self.0.counts.views.inc_by(by);
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.access {
            Access::Listen(address) => write!(f, "Metrics({address})"),
            Access::Token(route, _) => write!(f, "Metrics({route})"),
        }
    }
}
