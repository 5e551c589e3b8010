//! What an application says when it cannot start as it is declared, and how pages are found.

use axum::{Router, routing::get};
use http::StatusCode;
use rdj::{App, Error, prelude::*};
use rdj_tests::{
    Server,
    pages::{CounterPage, CounterState},
};

/// Another page at the counter's route.
#[page(route = "/counter", template = "counter.html", title = "Rival")]
struct RivalPage {
    counter: CounterState,
}

/// A page whose route a router of the application has too.
#[page(route = "/api/items", template = "counter.html", title = "Items")]
struct ItemsPage {
    counter: CounterState,
}

#[expect(clippy::panic, reason = "the test fails")]
fn refusal(app: App) -> String {
    match app.build() {
        Err(Error::Setup(text)) => text,
        other => panic!("no refusal: {other:?}"),
    }
}

#[test]
fn two_pages_of_one_route_are_named() {
    let text = refusal(App::new().page::<CounterPage>().page::<RivalPage>());
    assert_eq!(
        text,
        "the route `/counter` has several pages: rdj_tests::pages::CounterPage and \
         suite::startup::RivalPage"
    );
}

#[test]
fn a_route_of_the_application_may_not_collide_with_a_page() {
    let router = Router::new().route("/api/items", get(|| async { "items" }));
    let text = refusal(App::new().page::<ItemsPage>().merge(router));
    assert!(text.contains("/api/items"), "{text}");
}

#[test]
fn reserved_routes_stay_the_runtimes() {
    for route in ["/_event", "/_session", "/_health", "/_rdj/rdj.js"] {
        let router = Router::new().route(route, get(|| async { "mine" }));
        let text = refusal(App::new().merge(router));
        assert!(text.contains(route), "{text}");
    }
}

#[tokio::test]
async fn pages_registered_twice_are_one_and_routes_stand_beside_them() {
    let router = Router::new().route("/api/ping", get(|| async { "pong" }));
    let app = App::new()
        .page::<CounterPage>()
        .page::<CounterPage>()
        .merge(router);
    let server = Server::start(app).await;
    let browser = server.browser();
    assert_eq!(browser.get("/counter").await.status(), StatusCode::OK);
    assert_eq!(browser.text("/api/ping").await, "pong");
    assert_eq!(browser.text("/_health").await, "ok");
    assert_eq!(
        browser.get("/nowhere").await.status(),
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn the_first_html_is_complete_and_its_files_are_cached_for_ever() {
    let server = Server::start(App::new().page::<CounterPage>()).await;
    let browser = server.browser();
    let html = browser.text("/counter").await;
    for part in [
        "<!DOCTYPE html>",
        "<title>Counter</title>",
        "id=\"rdj-post\" method=\"post\" hidden action=\"/counter\"",
        "name=\"_event\" form=\"rdj-post\" value=\"counter.increment\"",
        "value=\"counter.add(2,&quot;it&#39;s &lt;two&gt;&quot;)\"",
        "action=\"/counter?_event=counter.submit\"",
        "aria-live=\"polite\"",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert!(!html.contains("<script>"), "no inline script");
    for name in ["rdj.js", "rdj.css"] {
        let at = html.find(&format!("/_rdj/{name}?v=")).expect(name);
        let url = html[at..].split('"').next().expect("an address");
        let answer = browser.get(url).await;
        assert_eq!(answer.status(), StatusCode::OK);
        let cached = answer.headers()["cache-control"]
            .to_str()
            .unwrap_or_default();
        assert!(cached.contains("immutable"), "{cached}");
    }
}
