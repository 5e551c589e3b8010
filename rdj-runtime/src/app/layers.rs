//! The layers of an application, from the page outwards.

use std::{any::type_name_of_val, collections::BTreeMap, convert::Infallible, fmt};

use axum::{Router, extract::Request, response::IntoResponse, routing::Route};
use tower::{Layer, Service};

/// Where a layer of the framework stands, outermost first. [`App::layer`](super::App::layer) stands
/// inside of all of them, so that it sees session, language and user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Hosts, proxies, security headers.
    Security,
    /// The session.
    Session,
    /// The language.
    Locale,
    /// Requests that another site forged.
    Csrf,
    /// Who is signed in.
    Identity,
}

/// A tower layer that an application can have around its routes.
///
/// It is implemented for every layer that axum's `Router::layer` takes.
pub trait AppLayer: Send + 'static {
    /// Puts it around a router.
    fn add(self, router: Router) -> Router;
}

impl<L> AppLayer for L
where
    L: Layer<Route> + Clone + Send + Sync + 'static,
    L::Service: Service<Request> + Clone + Send + Sync + 'static,
    <L::Service as Service<Request>>::Response: IntoResponse + 'static,
    <L::Service as Service<Request>>::Error: Into<Infallible> + 'static,
    <L::Service as Service<Request>>::Future: Send + 'static,
{
    fn add(self, router: Router) -> Router {
        router.layer(self)
    }
}

type Add = Box<dyn FnOnce(Router) -> Router + Send>;

/// All layers, by where they stand.
#[derive(Default)]
pub(super) struct Layers {
    inner: Vec<Add>,
    stages: BTreeMap<Stage, Vec<Add>>,
    outer: Vec<Add>,
    /// Their types, for lists.
    names: Vec<(Option<Stage>, &'static str)>,
}

impl Layers {
    /// Around everything added so far, inside of the stages.
    pub(super) fn inner(&mut self, layer: impl AppLayer) {
        self.names.push((None, type_name_of_val(&layer)));
        self.inner.push(Box::new(|router| layer.add(router)));
    }

    /// At a stage, around those that stand there already.
    pub(super) fn stage(&mut self, stage: Stage, layer: impl AppLayer) {
        self.names.push((Some(stage), type_name_of_val(&layer)));
        let at = self.stages.entry(stage).or_default();
        at.push(Box::new(|router| layer.add(router)));
    }

    /// Around everything added so far, outside of the stages.
    pub(super) fn outer(&mut self, layer: impl AppLayer) {
        self.names.push((None, type_name_of_val(&layer)));
        self.outer.push(Box::new(|router| layer.add(router)));
    }

    /// Whether there is a layer at the stage.
    pub(super) fn has(&self, stage: Stage) -> bool {
        self.stages.contains_key(&stage)
    }

    /// The types of all, in the order in which they were added, and the stage of each.
    pub(super) fn names(&self) -> &[(Option<Stage>, &'static str)] {
        &self.names
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        let staged: usize = self.stages.values().map(Vec::len).sum();
        self.inner.len() + staged + self.outer.len()
    }

    /// Puts all of them around a router.
    pub(super) fn wrap(self, router: Router) -> Router {
        let staged = self.stages.into_values().rev().flatten();
        let all = self.inner.into_iter().chain(staged).chain(self.outer);
        all.fold(router, |router, add| add(router))
    }
}

impl fmt::Debug for Layers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Layers")
            .field("inner", &self.inner.len())
            .field("stages", &self.stages.keys())
            .field("outer", &self.outer.len())
            .field("names", &self.names)
            .finish()
    }
}
