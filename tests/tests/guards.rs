//! A page for signed-in users is closed on every way in.

use std::sync::Arc;

use axum::{
    extract::Request,
    middleware::{Next, from_fn},
    response::Response,
};
use http::{StatusCode, header};
use rdj::{App, CurrentUser};
use rdj_tests::{
    Server, Socket,
    pages::{PrivatePage, Runs},
};
use serde_json::json;

async fn sign_in(mut request: Request, next: Next) -> Response {
    if request.headers().contains_key("x-user") {
        request.extensions_mut().insert(CurrentUser::new(7, "ann"));
    }
    next.run(request).await
}

#[tokio::test]
async fn a_page_for_users_is_closed_on_every_way_in() {
    let runs = Arc::new(Runs::default());
    let app = App::new()
        .page::<PrivatePage>()
        .resource(Arc::clone(&runs))
        .layer(from_fn(sign_in));
    let server = Server::start(app).await;
    let browser = server.browser();
    let answer = browser.get("/private").await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(answer.headers()[header::LOCATION], "/login?next=%2Fprivate");
    let answer = browser.post("/private", "_event=counter.increment").await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let mut socket = Socket::connect(&browser, &[]).await.expect("a socket");
    let refused = socket.join("/private").await.expect("an answer");
    assert_eq!(
        refused,
        json!({"t": "navigate", "to": "/login?next=%2Fprivate"})
    );
    assert_eq!(runs.count(), 0);

    let mut socket = Socket::connect(&browser, &[("x-user", "1")])
        .await
        .expect("a socket");
    socket.join("/private").await.expect("a hello");
    let reply = socket.event("counter.whoami", json!([])).await;
    assert!(reply.patched().contains("ann"), "{reply:?}");
}
