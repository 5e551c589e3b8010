//! The layer that finds out who a request comes from.

use std::{
    convert::Infallible,
    future::Future,
    mem,
    pin::Pin,
    task::{Context, Poll},
};

use axum::{
    extract::Request,
    response::{IntoResponse, Response},
};
use rdj_runtime::{Error, session::Session};
use tower::{Layer, Service};

use crate::{auth::Auth, session::identify};

/// Puts the user of the session into each request, as [`CurrentUser`](rdj_runtime::CurrentUser).
///
/// It stands inside of a session layer; without one every request fails. A session whose user was
/// switched off, has another password or does not exist any more is emptied.
///
/// [`AppAuth::auth`](crate::AppAuth::auth) adds it to an application, and
/// `App::sessions` the session layer. For an axum router of one's own:
///
/// ```
/// use axum::Router;
/// use rdj_auth::{Auth, AuthLayer};
///
/// fn protect(router: Router, auth: Auth) -> Router {
///     // the layer added last is outermost: the session comes first
///     router.layer(AuthLayer::new(auth)).layer(rdj_runtime::session::memory())
/// }
/// ```
#[derive(Clone, Debug)]
pub struct AuthLayer(Auth);

impl AuthLayer {
    /// The layer of these users.
    #[must_use]
    pub fn new(auth: Auth) -> Self {
        Self(auth)
    }
}

impl<S> Layer<S> for AuthLayer {
    type Service = AuthService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        AuthService {
            auth: self.0.clone(),
            inner,
        }
    }
}

/// What [`AuthLayer`] makes of a service.
#[derive(Clone, Debug)]
pub struct AuthService<S> {
    auth: Auth,
    inner: S,
}

impl<S> Service<Request> for AuthService<S>
where
    S: Service<Request, Error = Infallible> + Clone + Send + 'static,
    S::Response: IntoResponse,
    S::Future: Send + 'static,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        let auth = self.auth.clone();
        // the service that said that it is ready is the one to call
        let clone = self.inner.clone();
        let mut inner = mem::replace(&mut self.inner, clone);
        Box::pin(async move {
            let Some(session) = request.extensions().get::<Session>().cloned() else {
                let why = "the auth layer finds no session: add a session layer outside of it, with \
                           `App::sessions`, or after the auth layer in a router";
                return Ok(Error::Setup(why.to_owned()).into_response());
            };
            match identify(&auth, &session).await {
                Ok(Some(known)) => {
                    request.extensions_mut().insert(known.account.user.clone());
                }
                Ok(None) => {}
                // without knowing who asks nothing is answered
                Err(error) => return Ok(error.into_response()),
            }
            inner.call(request).await.map(IntoResponse::into_response)
        })
    }
}
