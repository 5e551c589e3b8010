//! What an event carries and how it travels (C092 to C115).

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum::{
    extract::{Request, State},
    middleware::{Next, from_fn_with_state},
    response::Response,
};
use rdj::{
    App, Stage,
    auth::backend::async_trait,
    current_cx,
    session::{Id, MemorySessions, Record, SessionLayer, SessionStore, StoreResult},
};
use rdj_tests::{
    Kind, Server, Socket,
    probe::{Nth, ProbePage, Site, open_with, seen},
};
use serde_json::json;

type Count = Arc<AtomicUsize>;

/// Counts requests, and tells each its number.
async fn number(State(count): State<Count>, mut request: Request, next: Next) -> Response {
    let nth = Nth(count.fetch_add(1, Ordering::SeqCst));
    request.extensions_mut().insert(nth);
    next.run(request).await
}

#[tokio::test]
async fn c092_cookies_address_headers_and_path_are_those_of_the_browser() {
    let site = Site::start().await;
    let headers = [("x-custom", "yes")];
    let mut socket = open_with(&site.browser, "/probe", "flavour=oat; b=2", &headers).await;
    let cookies = seen(&mut socket, "cookies").await;
    assert!(cookies.contains("flavour=oat; b=2"), "{cookies}");
    for (what, value) in [
        ("peer", "127.0.0.1"),
        ("header:X-Custom", "yes"),
        ("path", "/probe"),
    ] {
        assert_eq!(seen(&mut socket, what).await, value, "{what}");
    }
}

#[tokio::test]
async fn c093_the_query_is_read_and_the_last_of_a_name_counts() {
    let site = Site::start().await;
    let address = "/probe?page=2&tab=a%20b&page=3";
    let mut socket = open_with(&site.browser, address, "", &[]).await;
    let opened = socket.event("probe.look", json!(["path"])).await;
    assert!(opened.patched().contains("[/probe]"), "{opened:?}");
    let cx = rdj::testing::TestCx::new().path(address).build();
    let query = rdj::Entries::parse(cx.uri().query().unwrap_or_default().as_bytes());
    let query = query.expect("a query");
    assert_eq!(
        (query.get("page"), query.get("tab")),
        (Some("3"), Some("a b"))
    );
}

#[tokio::test]
async fn c094_without_a_cookie_nobody_is_signed_in_and_the_session_is_usable() {
    let site = Site::start().await;
    let mut socket = site.open().await;
    assert_eq!(seen(&mut socket, "user").await, "nobody");
    assert_eq!(seen(&mut socket, "session:k").await, "none");
    socket.event("probe.put", json!(["k", "v"])).await;
    assert_eq!(seen(&mut socket, "session:k").await, "v");
}

#[tokio::test]
async fn c095_a_browser_that_sends_nothing_has_a_request_without_cookies() {
    let site = Site::start().await;
    let mut socket = site.open().await;
    let cookies = seen(&mut socket, "cookies").await;
    assert!(
        cookies.starts_with("csrftoken=") && !cookies.contains(';'),
        "{cookies}"
    );
    assert_eq!(seen(&mut socket, "header:x-custom").await, "none");
    assert_eq!(seen(&mut socket, "path").await, "/probe");
}

#[tokio::test]
async fn c096_malformed_cookies_break_nothing() {
    let site = Site::start().await;
    for cookies in [
        "=;;=; %%%; a",
        "rdj_session=; rdj_session",
        "django_language=\"\\; rdj_session=!!",
    ] {
        let mut socket = open_with(&site.browser, "/probe", cookies, &[]).await;
        assert_eq!(seen(&mut socket, "user").await, "nobody", "{cookies}");
    }
}

#[tokio::test]
async fn c097_an_event_that_changes_nothing_is_only_acknowledged() {
    let site = Site::start().await;
    let mut socket = site.open().await;
    let reply = socket.event("probe.nothing", json!([])).await;
    let kinds: Vec<_> = reply.frames.iter().map(|frame| frame.kind).collect();
    assert_eq!(kinds, [Kind::Ack]);
}

#[tokio::test]
async fn c098_c100_each_event_passes_the_layers_once_with_a_request_of_its_own() {
    let count = Count::default();
    let layer = from_fn_with_state(Arc::clone(&count), number);
    let site = Site::with(|app| app.layer_at(Stage::Identity, layer)).await;
    let mut socket = site.open().await;
    let before = count.load(Ordering::SeqCst);
    for nth in before..before + 3 {
        assert_eq!(seen(&mut socket, "nth").await, nth.to_string());
    }
    socket.event("probe.say", json!(["once"])).await;
    assert_eq!(seen(&mut socket, "messages").await, "0");
    assert_eq!(count.load(Ordering::SeqCst), before + 5);
}

#[tokio::test]
async fn c099_outside_of_a_handler_there_is_no_current_request() {
    async fn outside(State(leaks): State<Count>, request: Request, next: Next) -> Response {
        leaks.fetch_add(usize::from(current_cx().is_ok()), Ordering::SeqCst);
        let response = next.run(request).await;
        leaks.fetch_add(usize::from(current_cx().is_ok()), Ordering::SeqCst);
        response
    }
    let leaks = Count::default();
    let layer = from_fn_with_state(Arc::clone(&leaks), outside);
    let site = Site::with(|app| app.outer_layer(layer)).await;
    let mut socket = site.open().await;
    assert_eq!(seen(&mut socket, "users").await, "nobody nobody");
    assert_eq!(leaks.load(Ordering::SeqCst), 0);
}

#[derive(Clone, Debug, Default)]
struct Counted {
    store: MemorySessions,
    loads: Count,
}

impl Counted {
    fn loads(&self) -> usize {
        self.loads.load(Ordering::SeqCst)
    }
}

#[async_trait]
impl SessionStore for Counted {
    async fn create(&self, record: &mut Record) -> StoreResult<()> {
        self.store.create(record).await
    }

    async fn save(&self, record: &Record) -> StoreResult<()> {
        self.store.save(record).await
    }

    async fn load(&self, id: &Id) -> StoreResult<Option<Record>> {
        self.loads.fetch_add(1, Ordering::SeqCst);
        self.store.load(id).await
    }

    async fn delete(&self, id: &Id) -> StoreResult<()> {
        self.store.delete(id).await
    }
}

#[tokio::test]
async fn c110_events_of_a_browser_without_a_session_ask_no_store() {
    let counted = Counted::default();
    let app = App::new()
        .page::<ProbePage>()
        .layer_at(Stage::Session, SessionLayer::new(counted.clone()));
    let server = Server::start(app).await;
    let mut socket = Socket::open(&server.browser(), "/probe").await;
    assert_eq!(seen(&mut socket, "user").await, "nobody");
    assert_eq!(counted.loads(), 0);
}
