//! A page whose events set cookies: that of the session, and one of a layer. The browser tests look
//! at what reaches the browser (`tests/browser/cookies.spec.mjs`).

use axum::{
    Router,
    extract::Request,
    middleware::{Next, from_fn},
    response::Response,
    routing::get,
};
use http::{HeaderValue, Method, header};
use rdj::session::Session;
use rdj_tests::pages::CounterPage;

/// Sets a cookie on events of the page, and on nothing else: not on `POST /_session`.
async fn flavour(request: Request, next: Next) -> Response {
    let is_event = request.method() == Method::POST && request.uri().path() == "/counter";
    let mut response = next.run(request).await;
    if is_event {
        let cookie = HeaderValue::from_static("flavour=oat; HttpOnly; Path=/");
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// What a plain GET finds in the session.
async fn remembered(session: Session) -> String {
    let text = session.get("remembered").await;
    text.ok().flatten().unwrap_or_else(|| "nothing".to_owned())
}

#[tokio::main]
async fn main() -> rdj::Result {
    rdj::App::new()
        .page::<CounterPage>()
        .layer(from_fn(flavour))
        .merge(Router::new().route("/remembered", get(remembered)))
        .sessions(rdj::session::memory())
        .run()
        .await
}
