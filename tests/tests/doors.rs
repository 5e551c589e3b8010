//! What `on_load` and templates do holds on every way into a page: HTML, form, socket.

use std::sync::Arc;

use http::{StatusCode, header};
use rdj::App;
use rdj_tests::{
    Server, Socket,
    pages::{CounterPage, Runs, VisitsPage},
};
use serde_json::json;

async fn start() -> (Server, Arc<Runs>) {
    let runs = Arc::new(Runs::default());
    let app = App::new()
        .page::<CounterPage>()
        .page::<VisitsPage>()
        .resource(Arc::clone(&runs))
        .sessions(rdj::session::memory());
    (Server::start(app).await, runs)
}

#[tokio::test]
async fn a_redirect_of_on_load_closes_the_page_on_every_way_in() {
    let (server, runs) = start().await;
    let browser = server.browser();
    for _ in 0..3 {
        assert_eq!(browser.get("/visits").await.status(), StatusCode::OK);
    }
    let answer = browser.get("/visits").await;
    assert_eq!(answer.headers()[header::LOCATION], "/counter");
    let answer = browser.post("/visits", "_event=visits.divide(2)").await;
    assert_eq!(answer.headers()[header::LOCATION], "/counter");
    let mut socket = Socket::connect(&browser, &[]).await.expect("a socket");
    let answer = socket.join("/visits").await.expect("an answer");
    assert_eq!(answer, json!({"t": "navigate", "to": "/counter"}));
    assert_eq!(runs.count(), 0, "no handler runs on a page that is closed");
}

#[tokio::test]
async fn a_panic_in_a_template_has_an_id_and_the_page_lives() {
    let (server, _) = start().await;
    let browser = server.browser();
    let answer = browser.post("/visits", "_event=visits.divide(0)").await;
    assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
    let html = answer.text().await.unwrap_or_default();
    assert!(
        html.contains("(error ") && !html.contains("divide"),
        "{html}"
    );
    let mut socket = Socket::open(&browser, "/visits").await;
    let reply = socket.event("visits.divide", json!([0])).await;
    assert!(reply.effect("error").is_some(), "{reply:?}");
    let reply = socket.event("visits.divide", json!([4])).await;
    assert!(reply.patched().contains("25"), "{reply:?}");
}

#[tokio::test]
async fn messages_survive_a_redirect_of_a_handler_on_a_socket() {
    let (server, _) = start().await;
    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/counter").await;
    let reply = socket.event("counter.depart", json!(["/counter"])).await;
    assert!(reply.effect("navigate").is_some(), "{reply:?}");
    browser.redeem(&reply).await;
    assert!(browser.text("/counter").await.contains("Left."));
    assert!(
        !browser.text("/counter").await.contains("Left."),
        "it shows once"
    );
}

#[tokio::test]
async fn a_handler_sends_a_form_only_to_safe_addresses() {
    let (server, _) = start().await;
    let browser = server.browser();
    let leave = |to: &str| format!("_event=counter.leave(%22{to}%22)");
    let answer = browser.post("/counter", &leave("/visits")).await;
    assert_eq!(answer.headers()[header::LOCATION], "/visits");
    for bad in [
        "//evil.example",
        "javascript:alert(1)",
        "/%5C%5Cevil.example",
    ] {
        let answer = browser.post("/counter", &leave(bad)).await;
        assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR, "{bad}");
        assert!(!answer.headers().contains_key(header::LOCATION), "{bad}");
    }
}

#[tokio::test]
async fn a_session_value_of_an_event_is_there_on_the_next_form_post() {
    let (server, _) = start().await;
    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/counter").await;
    let reply = socket.event("counter.remember", json!(["a secret"])).await;
    browser.redeem(&reply).await;
    let answer = browser.post("/counter", "_event=counter.recall").await;
    assert!(answer.text().await.unwrap_or_default().contains("a secret"));
}
