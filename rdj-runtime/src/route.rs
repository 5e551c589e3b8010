//! The application's own axum routes: the same context and the same guards as pages.

use std::sync::Arc;

use axum::{
    extract::{FromRequestParts, Request},
    middleware::{self, FromFnLayer, Next},
    response::{IntoResponse as _, Redirect, Response},
};
use futures_util::future::BoxFuture;
use http::{
    HeaderMap, StatusCode,
    header::{ACCEPT, HOST},
    request::Parts,
};

use crate::{
    bridge::{Bridged, Outcome},
    cx::Cx,
    error::{Error, Result},
    guard::Guard,
    page::http::{error_page, keep_messages, login_address, with_headers},
    runtime::Runtime,
};

/// Runs a route of the application with a [`Cx`] of its request as the current one, and does what its
/// handler wants done: messages for the next page, headers, cookies, a redirect.
pub(crate) async fn with_cx(runtime: Arc<Runtime>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    // a socket asks for pages only: nothing else runs for it
    if parts.extensions.get::<Arc<Bridged>>().is_some() {
        return StatusCode::NO_CONTENT.into_response();
    }
    let resources = Arc::clone(&runtime.resources);
    let cx = Cx::new(parts.clone(), Vec::new(), None, resources);
    parts.extensions.insert(cx.clone());
    parts.extensions.insert(runtime);
    let request = Request::from_parts(parts, body);
    let answer = cx.clone().scope(next.run(request)).await;
    let answer = match redirected(&cx) {
        Some(Ok(to)) => Redirect::to(&to).into_response(),
        Some(Err(error)) => error_page(&error),
        None => answer,
    };
    keep_messages(&cx).await;
    with_headers(&cx, answer)
}

fn redirected(cx: &Cx) -> Option<Result<String>> {
    let to = cx.outbox().redirect.take()?;
    Some(match Outcome::to(&to, cx.headers().get(HOST)) {
        Outcome::Navigate(to) | Outcome::Redirect(to) => Ok(to),
        _ => Err(Error::internal(format!(
            "`{to}` is not an address to send a browser to"
        ))),
    })
}

/// The context of the request, in handlers of routes that [`App::merge`](crate::App::merge) added.
///
/// ```
/// use axum::{Router, routing::get};
/// use rdj_runtime::{App, Cx};
///
/// async fn whoami(cx: Cx) -> String {
///     cx.user().map_or("nobody".to_owned(), |user| user.name().to_owned())
/// }
///
/// let app = App::new().merge(Router::new().route("/whoami", get(whoami)));
/// ```
impl<S: Sync> FromRequestParts<S> for Cx {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        let cx = parts.extensions.get::<Self>().cloned();
        cx.ok_or_else(|| error_page(&Error::Missing("a route added by `App::merge`")))
    }
}

type Checked = FromFnLayer<
    fn(axum::extract::State<Guard>, Request, Next) -> BoxFuture<'static, Response>,
    Guard,
    (axum::extract::State<Guard>, Request),
>;

/// A layer for axum routes that lets pass whom the guard lets pass.
///
/// Who is not signed in is sent to the login page, or answered 401 where the request does not ask for
/// HTML; who lacks a right is sent to `on_denied`, or answered 403.
///
/// ```
/// use axum::{Router, routing::get};
/// use rdj_runtime::{App, Guard, require};
///
/// let reports = Router::new()
///     .route("/reports/sales", get(|| async { "42" }))
///     .route_layer(require(Guard { permissions: &["shop.view_report"], ..Guard::NONE }));
/// let app = App::new().merge(reports);
/// ```
pub fn require(guard: Guard) -> Checked {
    middleware::from_fn_with_state(guard, |guard, request, next| {
        Box::pin(check(guard.0, request, next))
    })
}

/// Whether a request is that of a browser which shows the answer.
pub(crate) fn wants_html(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT).is_some_and(|accept| {
        accept
            .to_str()
            .is_ok_and(|accept| accept.contains("text/html"))
    })
}

async fn check(guard: Guard, request: Request, next: Next) -> Response {
    let user = match request.extensions().get::<Cx>() {
        Some(cx) => cx.user(),
        None => request.extensions().get().cloned(),
    };
    let Err(error) = guard.check(user.as_ref()) else {
        return next.run(request).await;
    };
    let html = wants_html(request.headers());
    match (error, guard.on_denied, html) {
        (Error::LoginRequired, _, true) => {
            let Some(runtime) = request.extensions().get::<Arc<Runtime>>() else {
                return StatusCode::UNAUTHORIZED.into_response();
            };
            Redirect::to(&login_address(request.uri(), runtime)).into_response()
        }
        (Error::Denied, Some(address), true) => Redirect::to(address).into_response(),
        (error, _, true) => error_page(&error),
        (error, _, false) => (error.status(), error.public_text().into_owned()).into_response(),
    }
}

/// What an axum handler may return as an error: `async fn report(cx: Cx) -> Result<String, rdj::Error>`.
impl axum::response::IntoResponse for Error {
    fn into_response(self) -> Response {
        error_page(&self)
    }
}
