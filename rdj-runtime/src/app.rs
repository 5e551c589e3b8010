//! The application: pages, layers, routes and services in one.

mod batteries;
mod inspect;
mod layers;
mod routes;
mod serve;
mod unserved;

use std::{collections::BTreeMap, fmt, sync::Arc};

use axum::Router;

use self::layers::Layers;
pub use self::layers::{AppLayer, Stage};
use crate::{
    command::Registry,
    config::Config,
    cx::Resources,
    dispatch::BoxFuture,
    error::{Error, Result},
    i18n::I18n,
    identity::Identities,
    inside::{Devtools, Metrics, is_on},
    live::Changes,
    mail,
    page::{PageDef, PageType},
    runtime::{BuildId, Runtime},
};

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
    pages: BTreeMap<String, Vec<&'static PageDef>>,
    routers: Vec<Router>,
    layers: Layers,
    registry: Registry,
    /// Whether developers want to see what events cost.
    devtools: bool,
    start: Vec<OnStart>,
}

/// Work to do before the application serves.
type OnStart = Box<dyn FnOnce(Arc<Resources>) -> BoxFuture<'static, Result> + Send>;

impl Default for App {
    fn default() -> Self {
        Self::new()
    }
}

impl App {
    /// An application without pages.
    pub fn new() -> Self {
        let mut resources = Resources::default();
        resources.insert(Identities::default());
        resources.insert(Changes::default());
        Self {
            config: Config::default(),
            resources,
            pages: BTreeMap::new(),
            routers: Vec::new(),
            layers: Layers::default(),
            registry: Registry::default(),
            devtools: false,
            start: Vec::new(),
        }
    }

    /// Adds every page that is linked into the binary.
    ///
    /// A page in a library that the binary never names is not linked: `use that_library as _;`.
    pub fn discover(mut self) -> Self {
        for page in inventory::iter::<PageDef> {
            self.add_page(page, page.spec.route);
        }
        self
    }

    /// Adds one page by its type; one that was discovered already is not added twice.
    pub fn page<P: PageType>(self) -> Self {
        self.page_at::<P>(P::SPEC.route)
    }

    /// Adds one page by its type at another route than its own, with the same parameters.
    pub fn page_at<P: PageType>(mut self, route: &str) -> Self {
        self.add_page(const { &P::DEF }, route);
        self
    }

    fn add_page(&mut self, page: &'static PageDef, route: &str) {
        let at_route = self.pages.entry(route.to_owned()).or_default();
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

    /// Adds a tower layer around the pages, the merged routes and the layers added so far: it runs on
    /// HTTP and on events.
    ///
    /// It stands inside of the layers for session, language, CSRF and user ([`Stage`]) and sees what
    /// they put into the request.
    pub fn layer(mut self, layer: impl AppLayer) -> Self {
        self.layers.inner(layer);
        self
    }

    /// Adds a tower layer around all others added so far, outside of session and user too, such as one
    /// that traces or limits requests.
    pub fn outer_layer(mut self, layer: impl AppLayer) -> Self {
        self.layers.outer(layer);
        self
    }

    /// Adds a tower layer where the framework's own of that kind stands.
    pub fn layer_at(mut self, stage: Stage, layer: impl AppLayer) -> Self {
        self.layers.stage(stage, layer);
        self
    }

    /// Whether there is a layer at the stage.
    #[must_use]
    pub fn has_layer_at(&self, stage: Stage) -> bool {
        self.layers.has(stage)
    }

    /// The services shared so far.
    #[must_use]
    pub fn resources(&self) -> &Resources {
        &self.resources
    }

    /// Runs `work` before the application serves or runs a command, in the order of the calls, such as
    /// making tables that are missing. An error stops the start.
    ///
    /// [`App::build`] does not run it.
    pub fn on_start<F>(mut self, work: impl FnOnce(Arc<Resources>) -> F + Send + 'static) -> Self
    where
        F: Future<Output = Result> + Send + 'static,
    {
        self.start
            .push(Box::new(|resources| Box::pin(work(resources))));
        self
    }

    pub(crate) fn resources_mut(&mut self) -> &mut Resources {
        &mut self.resources
    }

    pub(crate) fn registry_mut(&mut self) -> &mut Registry {
        &mut self.registry
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

    /// Runs what has to be done before the application serves.
    pub(crate) async fn start(&mut self) -> Result {
        let resources = Arc::new(self.resources.clone());
        for work in std::mem::take(&mut self.start) {
            work(Arc::clone(&resources)).await?;
        }
        Ok(())
    }

    pub(crate) fn into_parts(self) -> Result<(Router, Arc<Runtime>)> {
        let mut app = self.protect();
        mail::provide(&mut app.resources)?;
        let mut pages = Vec::with_capacity(app.pages.len());
        for (route, defs) in app.pages {
            match defs.as_slice() {
                [page] => pages.push((route, *page)),
                several => return Err(duplicate(&route, several)),
            }
        }
        if let Some(i18n) = app.resources.get::<I18n>() {
            i18n.check()?;
        }
        let metrics = app.resources.get::<Metrics>().cloned();
        if let Some(routes) = metrics.as_ref().map(Metrics::routes).transpose()? {
            app.routers.extend(routes);
        }
        if is_on(app.devtools) {
            app.resources.insert(Devtools);
        }
        if app.resources.get::<BuildId>().is_none() {
            app.resources.insert(BuildId::of_program());
        }
        let mut paths = matchit::Router::new();
        for (route, page) in &pages {
            // axum says the same of it, as it reads routes the same way
            let added = paths.insert(route.clone(), ());
            added
                .map_err(|error| Error::Setup(format!("the page `{}`: {error}", page.spec.name)))?;
        }
        let runtime = Arc::new(Runtime::new(app.config, app.resources, paths));
        if let Some(metrics) = metrics {
            metrics.attach(&runtime, &pages);
        }
        let router = routes::router(&runtime, &pages, app.routers, app.layers)?;
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
