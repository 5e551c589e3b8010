//! One shape for the layers of this crate: work before and after the service inside.

use std::{
    convert::Infallible,
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{extract::Request, response::Response};
use tower::Service;

/// What a layer does around the service inside of it.
pub(crate) trait Around: Send + Sync + 'static {
    /// Answers a request, as a rule by the service inside.
    fn around<S>(
        self: Arc<Self>,
        request: Request,
        inner: S,
    ) -> impl Future<Output = Response> + Send
    where
        S: Service<Request, Response = Response, Error = Infallible> + Send + 'static,
        S::Future: Send;
}

/// A service with a layer's work around it.
#[derive(Debug)]
pub struct Wrapped<A, S> {
    pub(crate) around: Arc<A>,
    pub(crate) inner: S,
}

impl<A, S: Clone> Clone for Wrapped<A, S> {
    fn clone(&self) -> Self {
        Self {
            around: Arc::clone(&self.around),
            inner: self.inner.clone(),
        }
    }
}

impl<A, S> Service<Request> for Wrapped<A, S>
where
    A: Around,
    S: Service<Request, Response = Response, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        // the service that was polled ready is the one to call
        let next = self.inner.clone();
        let ready = std::mem::replace(&mut self.inner, next);
        let around = Arc::clone(&self.around);
        Box::pin(async move { Ok(around.around(request, ready).await) })
    }
}

/// Calls a service that cannot fail.
pub(crate) async fn call<S>(mut inner: S, request: Request) -> Response
where
    S: Service<Request, Response = Response, Error = Infallible>,
{
    match inner.call(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}
