//! The application: pages, layers, routes and services in one.

mod routes;
mod serve;

use std::{collections::BTreeMap, convert::Infallible, fmt, sync::Arc};

use axum::{Router, extract::Request, response::IntoResponse, routing::Route};
use tower::{Layer, Service};

use crate::{
    config::Config,
    cx::Resources,
    error::{Error, Result},
    mail,
    page::{PageDef, PageType},
    runtime::Runtime,
};

type AddLayer = Box<dyn FnOnce(Router) -> Router + Send>;

/// An application: what it is made of, and how it is served.
///
/// Layers run on every HTTP request **and on every event** of every open page: what a layer puts into
/// a request, refuses or redirects holds for both. As in axum, the layer added last is outermost.
///
/// ```no_run
/// # async fn run() -> rdj_runtime::Result {
/// use axum::{Router, routing::get};
///
/// rdj_runtime::App::new()
///     .merge(Router::new().route("/api/ping", get(|| async { "pong" })))
///     .discover()
///     .run()
///     .await
/// # }
/// ```
#[must_use = "an application does nothing until it is served"]
pub struct App {
    config: Config,
    resources: Resources,
    /// Pages by route; the first one of a route, and how many there were.
    pages: BTreeMap<&'static str, Vec<&'static PageDef>>,
    routers: Vec<Router>,
    layers: Vec<AddLayer>,
}

impl Default for App {
    fn default() -> Self {
        Self::new()
    }
}

impl App {
    /// An application without pages.
    pub fn new() -> Self {
        Self {
            config: Config::default(),
            resources: Resources::default(),
            pages: BTreeMap::new(),
            routers: Vec::new(),
            layers: Vec::new(),
        }
    }

    /// Adds every page that is linked into the binary.
    ///
    /// A page in a library that the binary never names is not linked: `use that_library as _;`.
    pub fn discover(mut self) -> Self {
        for page in inventory::iter::<PageDef> {
            self.add_page(page);
        }
        self
    }

    /// Adds one page by its type; one that was discovered already is not added twice.
    pub fn page<P: PageType>(mut self) -> Self {
        self.add_page(const { &P::DEF });
        self
    }

    fn add_page(&mut self, page: &'static PageDef) {
        let at_route = self.pages.entry(page.spec.route).or_default();
        if !at_route
            .iter()
            .any(|known| std::ptr::eq(known.spec, page.spec))
        {
            at_route.push(page);
        }
    }

    /// Adds an axum router: its routes stand beside the pages, inside of the layers.
    pub fn merge(mut self, router: Router) -> Self {
        self.routers.push(router);
        self
    }

    /// Adds a tower layer around everything added so far and later: it runs on HTTP and on events.
    pub fn layer<L>(mut self, layer: L) -> Self
    where
        L: Layer<Route> + Clone + Send + Sync + 'static,
        L::Service: Service<Request> + Clone + Send + Sync + 'static,
        <L::Service as Service<Request>>::Response: IntoResponse + 'static,
        <L::Service as Service<Request>>::Error: Into<Infallible> + 'static,
        <L::Service as Service<Request>>::Future: Send + 'static,
    {
        self.layers
            .push(Box::new(move |router| router.layer(layer)));
        self
    }

    /// Shares a service with all handlers: [`Cx::resource`](crate::Cx::resource).
    pub fn resource<T: Send + Sync + 'static>(mut self, value: T) -> Self {
        self.resources.insert(value);
        self
    }

    /// Changes limits and addresses.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// let app = rdj_runtime::App::new().configure(|config| {
    ///     config.ping_interval = Duration::from_secs(15);
    /// });
    /// ```
    pub fn configure(mut self, change: impl FnOnce(&mut Config)) -> Self {
        change(&mut self.config);
        self
    }

    /// The finished service, for a server or a test of one's own.
    ///
    /// Serve it with [`Router::into_make_service_with_connect_info`], so that layers see the peer's
    /// address.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] if two pages have one route, or a route is reserved or taken.
    pub fn build(self) -> Result<Router> {
        self.into_parts().map(|(router, _)| router)
    }

    fn into_parts(mut self) -> Result<(Router, Arc<Runtime>)> {
        mail::provide(&mut self.resources)?;
        let mut pages = Vec::with_capacity(self.pages.len());
        for (route, defs) in self.pages {
            match defs.as_slice() {
                [page] => pages.push(*page),
                several => return Err(duplicate(route, several)),
            }
        }
        let runtime = Arc::new(Runtime::new(self.config, self.resources));
        let router = routes::router(&runtime, &pages, self.routers, self.layers)?;
        Ok((router, runtime))
    }
}

fn duplicate(route: &str, pages: &[&PageDef]) -> Error {
    let names = pages
        .iter()
        .map(|page| format!("{}::{}", page.spec.module, page.spec.name));
    let names = names.collect::<Vec<_>>().join(" and ");
    Error::Setup(format!("the route `{route}` has several pages: {names}"))
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App")
            .field("pages", &self.pages.keys())
            .field("layers", &self.layers.len())
            .finish_non_exhaustive()
    }
}
