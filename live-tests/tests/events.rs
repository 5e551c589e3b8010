//! Tests: what a browser can tell besides clicks, and what it does by itself.

use http::StatusCode;
use rdj::App;
use rdj_live_tests::pages::events::{BusyPage, EventsPage, HooksPage, WrongPage};
use rdj_tests::{Kind, Server, Socket};
use serde_json::json;

async fn serve() -> Server {
    let app = App::new()
        .page::<EventsPage>()
        .page::<BusyPage>()
        .page::<HooksPage>()
        .page::<WrongPage>();
    Server::start(app).await
}

#[tokio::test]
async fn the_part_is_named_where_a_page_needs_it() {
    let server = serve().await;
    let browser = server.browser();
    assert_eq!(browser.get("/events").await.status(), StatusCode::OK);
    let named = |html: String| html.contains(" data-rdj-parts=\"gestures\"");
    assert!(named(browser.text("/events").await));
    assert!(!named(browser.text("/events/busy").await));
}

#[tokio::test]
async fn an_unknown_key_is_an_error_of_the_page() {
    let server = serve().await;
    let answer = server.browser().get("/events/wrong").await;
    assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
}

#[tokio::test]
async fn a_value_for_a_hook_comes_after_the_patch_of_its_event() {
    let server = serve().await;
    let mut socket = Socket::open(&server.browser(), "/events/hooks").await;
    let reply = socket.event("gestures.chart", json!([3])).await;
    let kinds: Vec<_> = reply.frames.iter().map(|frame| frame.kind).collect();
    assert!(
        matches!(kinds[..], [Kind::Patch, Kind::Effects]),
        "{kinds:?}"
    );
    let push = json!({"t": "push", "id": "chart", "name": "points", "value": [3, 4]});
    assert_eq!(reply.effect("push"), Some(push));
}

#[tokio::test]
async fn arguments_that_are_not_declared_are_refused() {
    let server = serve().await;
    let mut socket = Socket::open(&server.browser(), "/events/hooks").await;
    for args in [json!([]), json!([5]), json!(["a", "b"])] {
        let reply = socket.event("gestures.note", args).await;
        assert!(reply.effect("refused").is_some(), "{:?}", reply.effects());
    }
    let reply = socket.event("gestures.nothing", json!([])).await;
    assert!(reply.effect("refused").is_some(), "{:?}", reply.effects());
}
