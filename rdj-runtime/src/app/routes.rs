//! One router from pages, the application's routes and its layers.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, atomic::Ordering},
};

use axum::{
    Router,
    body::to_bytes,
    extract::Request,
    middleware::{self, Next},
    response::{IntoResponse as _, Response},
    routing::{MethodFilter, get, on, post},
};
use http::{
    HeaderMap, StatusCode,
    header::{CACHE_CONTROL, SET_COOKIE},
};

use super::{layers::Layers, unserved};
use crate::{
    assets,
    bridge::StackHandle,
    error::{Error, Result},
    form::Entries,
    i18n::{I18n, text},
    page::{self, PageDef, mount::PageRoute},
    route,
    runtime::Runtime,
    security::Security,
    socket,
};

/// Routes that belong to the runtime.
const RESERVED: [&str; 4] = ["/_event", "/_session", "/_health", "/_rdj"];
/// Those that stand outside of the application's layers.
const OUTSIDE: [&str; 10] = [
    "/_session",
    "/_health",
    "/_rdj/rdj.js",
    "/_rdj/rdj.css",
    "/_rdj/rdj-drafts.js",
    "/_rdj/rdj-gestures.js",
    "/_rdj/rdj-menu.js",
    "/_rdj/rdj-navigate.js",
    "/_rdj/rdj-panel.js",
    "/_rdj/rdj-work.js",
];
/// The methods that a reserved route takes, so that the application's own routes collide with it.
const EVERY: MethodFilter = MethodFilter::GET
    .or(MethodFilter::POST)
    .or(MethodFilter::PUT)
    .or(MethodFilter::PATCH)
    .or(MethodFilter::DELETE)
    .or(MethodFilter::CONNECT);
/// The longest form with a ticket's id taken.
const TICKET_LENGTH: usize = 64;

/// The whole application: what needs no layers outside, everything else inside of them.
pub(super) fn router(
    runtime: &Arc<Runtime>,
    pages: &[(String, &'static PageDef)],
    routers: Vec<Router>,
    layers: Layers,
) -> Result<Router> {
    let mut inner = Router::new();
    for (route, page) in pages {
        inner = add(inner, &format!("the page `{}`", page.spec.name), |router| {
            router.route(route, page_route(runtime, page))
        })?;
        if let Some(path) = RESERVED.iter().find(|path| route.starts_with(**path)) {
            return Err(Error::Setup(format!(
                "the page `{}` has the route `{route}`, but `{path}` is reserved",
                page.spec.name
            )));
        }
    }
    for (index, router) in routers.into_iter().enumerate() {
        let what = format!(
            "merged router {} (its routes collide with a page's)",
            index + 1
        );
        let runtime = Arc::clone(runtime);
        let with_cx = middleware::from_fn(move |request, next| {
            route::with_cx(Arc::clone(&runtime), request, next)
        });
        inner = add(inner, &what, |inner| inner.merge(router.layer(with_cx)))?;
    }
    let socket = Arc::clone(runtime);
    let event = on(EVERY, move |request| {
        socket::upgrade(Arc::clone(&socket), request)
    });
    inner = add(inner, "the reserved route `/_event`", |router| {
        router.route("/_event", event)
    })?;
    for path in OUTSIDE {
        // never reached, but a route of the application at one of these is told
        inner = add(inner, &format!("the reserved route `{path}`"), |router| {
            router.route(path, on(EVERY, || async { StatusCode::NOT_FOUND }))
        })?;
    }
    let layered = layers.wrap(inner.layer(middleware::from_fn(unserved::explain)));
    let stack = layered.clone();
    let i18n = runtime.resources.get::<I18n>().cloned();
    let with_stack = middleware::from_fn(move |request, next| {
        hand_over(stack.clone(), i18n.clone(), request, next)
    });
    Ok(outside(runtime).fallback_service(layered.layer(with_stack)))
}

/// Adds routes; axum reports a collision by a panic.
fn add(router: Router, what: &str, add: impl FnOnce(Router) -> Router) -> Result<Router> {
    catch_unwind(AssertUnwindSafe(|| add(router))).map_err(|panic| {
        let text = panic
            .downcast_ref::<String>()
            .map_or("a route is taken", String::as_str);
        Error::Setup(format!("{what}: {text}"))
    })
}

fn page_route(runtime: &Arc<Runtime>, page: &'static PageDef) -> axum::routing::MethodRouter {
    let runtime = Arc::clone(runtime);
    let route = Arc::new(PageRoute::new(page, runtime.config.max_tasks_per_page));
    let serve = move |request| page::http::serve(Arc::clone(&runtime), Arc::clone(&route), request);
    // by method: axum lets another route take over the methods of one that takes any
    on(MethodFilter::GET.or(MethodFilter::POST), serve)
}

/// Gives the layered service to a socket's upgrade, so that its events come back through it, and the
/// languages to what refuses a request before its language is found.
async fn hand_over(
    stack: Router,
    i18n: Option<I18n>,
    mut request: Request,
    next: Next,
) -> Response {
    if let Some(i18n) = i18n {
        request.extensions_mut().insert(i18n);
    }
    if request.uri().path() == "/_event" {
        request.extensions_mut().insert(StackHandle(stack));
    }
    next.run(request).await
}

/// What stands outside of the application's layers.
fn outside(runtime: &Arc<Runtime>) -> Router {
    let tickets = Arc::clone(runtime);
    let healthy = Arc::clone(runtime);
    let mut outside = Router::new()
        .route(
            "/_rdj/rdj.js",
            get(|headers: HeaderMap| async move { assets::js().response(&headers) }),
        )
        .route(
            "/_rdj/rdj.css",
            get(|headers: HeaderMap| async move { assets::css().response(&headers) }),
        )
        .route("/_health", get(move || async move { health(&healthy) }))
        .route(
            "/_session",
            post(move |request| redeem(Arc::clone(&tickets), request)),
        );
    for (name, part) in assets::parts() {
        let answer = move |headers: HeaderMap| async move { part.response(&headers) };
        outside = outside.route(&format!("/_rdj/{name}"), get(answer));
    }
    // hosts and security headers are of no session, and hold here too
    match runtime.resources.get::<Security>() {
        Some(security) => outside.layer(security.clone()),
        None => outside,
    }
}

/// Whether new browsers are welcome: 503 once the server was told to stop.
fn health(runtime: &Runtime) -> Response {
    if runtime.leaving.load(Ordering::Relaxed) {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping").into_response();
    }
    "ok".into_response()
}

/// Hands the cookies of a ticket to its browser.
async fn redeem(runtime: Arc<Runtime>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(id) = to_bytes(body, TICKET_LENGTH).await else {
        return (StatusCode::PAYLOAD_TOO_LARGE, text("rdj-too-much")).into_response();
    };
    let id = Entries::parse(&id)
        .ok()
        .and_then(|mut entries| entries.take("id"));
    let cookies = match id {
        Some(id) => runtime.tickets.redeem(&id, &parts.headers).await,
        None => None,
    };
    let Some(cookies) = cookies else {
        return StatusCode::FORBIDDEN.into_response();
    };
    let mut response = (StatusCode::NO_CONTENT, [(CACHE_CONTROL, "no-store")]).into_response();
    for cookie in cookies {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}
