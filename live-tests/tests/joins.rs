//! Tests: browsers that come back while their page is on its way, sockets that are not what they seem, and
//! what is counted of them.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU16, AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use axum::{
    extract::{Request, State},
    http::StatusCode,
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse as _, Response},
};
use rdj::{
    App, Error, Result,
    inside::Metrics,
    orm::sea_orm::prelude::async_trait,
    page_store::{MemoryPages, PageStore},
};
use rdj_live_tests::pages::{
    inside,
    joins::{BlindPage, JoinsPage},
    lasting::LastingPage,
};
use rdj_tests::{Server, Socket};
use serde_json::{Value, json};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;

use super::steady::{PATIENCE, until};

const TOKEN: &str = "a-token-of-the-tests";

#[tokio::test]
async fn a_browser_that_comes_back_while_its_page_is_restored_gets_it() {
    let store = MemoryPages::default();
    let site = || App::new().page::<JoinsPage>().page_store(store.clone());
    let (here, there) = (Server::start(site()).await, Server::start(site()).await);
    let browser = here.browser();
    let mut old = Socket::open(&browser, "/joins").await;
    old.event("joins.add", json!([])).await;
    let browser = browser.at(&there);
    let mut first = Socket::again(&browser, &old).await.expect("a socket");
    let mut second = Socket::again(&browser, &old).await.expect("a socket");
    drop(old);
    until("the page is put away", async || store.len() == 1).await;
    first.ask("/joins", None).await;
    until("it is taken out", async || store.is_empty()).await;
    drop(first);
    let hello = second.join("/joins").await.expect("a hello");
    assert_eq!((&hello["fresh"], &hello["seq"]), (&json!(false), &json!(1)));
    let body = second.frame().await.expect("the page").text();
    assert!(body.contains("count 1"), "{body}");
    let reply = second.event("joins.add", json!([])).await;
    assert!(reply.effects().is_empty(), "{reply:?}");
}

/// A connection may end between the hello and the page: the browser must not take the one for the other.
#[tokio::test]
async fn a_hello_names_the_version_before_its_page() {
    let app = App::new().page::<LastingPage>();
    let server = Server::start(app).await;
    let mut socket = Socket::connect(&server.browser(), &[])
        .await
        .expect("a socket");
    socket.ask("/lasting", None).await;
    let hello = socket.frame().await.expect("a hello");
    let body = socket.frame().await.expect("a body");
    assert_eq!(hello.effects()[0]["fresh"], true);
    assert!(hello.version < body.version, "{hello:?} {body:?}");
    socket.send(&json!([1, "go", ["/lasting?again"]])).await;
    let hello = socket.frame().await.expect("a hello");
    let body = socket.frame().await.expect("a body");
    assert_eq!(hello.effects()[0]["t"], "hello");
    assert!(hello.version < body.version, "{hello:?} {body:?}");
}

/// A store that fails so many times when it is written.
#[derive(Clone, Debug, Default)]
struct Failing {
    pages: MemoryPages,
    times: Arc<AtomicU32>,
}

#[async_trait::async_trait]
impl PageStore for Failing {
    async fn put(&self, name: &str, bytes: Vec<u8>, time: Duration) -> Result {
        let less = |times: u32| times.checked_sub(1);
        let fails = self
            .times
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, less);
        if fails.is_ok() {
            return Err(Error::internal("the store changes over"));
        }
        self.pages.put(name, bytes, time).await
    }

    async fn take(&self, name: &str) -> Result<Option<Vec<u8>>> {
        self.pages.take(name).await
    }

    async fn sweep(&self) -> Result<u64> {
        self.pages.sweep().await
    }
}

#[tokio::test]
async fn a_store_that_fails_for_a_moment_loses_no_page() {
    let store = Failing::default();
    let app = App::new().page::<LastingPage>().page_store(store.clone());
    let server = Server::start(app).await;
    let browser = server.browser();
    let mut old = Socket::open(&browser, "/lasting").await;
    old.event("lasting.wait", json!([0])).await;
    let mut back = Socket::again(&browser, &old).await.expect("a socket");
    store.times.store(2, Ordering::SeqCst);
    drop(old);
    let hello = back.join("/lasting").await.expect("a hello");
    assert_eq!((&hello["fresh"], &hello["seq"]), (&json!(false), &json!(1)));
    assert_eq!(store.times.load(Ordering::SeqCst), 0, "it has failed");
}

/// Answers with this status in the place of the page, if it is one.
async fn layer(State(status): State<Arc<AtomicU16>>, request: Request, next: Next) -> Response {
    match StatusCode::from_u16(status.load(Ordering::SeqCst)) {
        Ok(status) => status.into_response(),
        Err(_) => next.run(request).await,
    }
}

/// A site with a layer whose answer changes, that looks at rights all the time.
async fn looked_at(change: impl FnOnce(App) -> App) -> (Server, Arc<AtomicU16>) {
    let status = Arc::<AtomicU16>::default();
    let app = App::new()
        .page::<LastingPage>()
        .layer(from_fn_with_state(Arc::clone(&status), layer))
        .configure(|config| config.recheck_interval = Duration::from_millis(400));
    (Server::start(change(app)).await, status)
}

/// Sends what runs nothing, again and again, until the server has said something of its own.
async fn repeat_until(socket: &mut Socket, frame: &Value, said: impl Fn(&Value) -> bool) -> bool {
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end {
        socket.send(frame).await;
        while let Some(frame) = socket.frame_within(Duration::from_millis(100)).await {
            if frame.effects().iter().any(&said) {
                return true;
            }
        }
    }
    false
}

/// What sends the browser away from a page that it may not have any more.
fn leaves(effect: &Value) -> bool {
    *effect == json!({"t": "navigate", "to": "/lasting"})
}

#[tokio::test]
async fn an_event_that_ran_before_puts_off_no_look_at_rights() {
    let (server, status) = looked_at(|app| app).await;
    let mut socket = Socket::open(&server.browser(), "/lasting").await;
    socket.event("lasting.wait", json!([0])).await;
    status.store(403, Ordering::SeqCst);
    let event = json!([1, "lasting.wait", [0]]);
    assert!(repeat_until(&mut socket, &event, leaves).await);
}

#[tokio::test]
async fn a_look_at_no_page_puts_off_no_look_at_rights() {
    let (server, status) = looked_at(|app| app).await;
    let mut socket = Socket::open(&server.browser(), "/lasting").await;
    status.store(403, Ordering::SeqCst);
    let go = json!([1, "go", ["/nothing"]]);
    assert!(repeat_until(&mut socket, &go, leaves).await);
}

#[tokio::test]
async fn an_event_that_ran_before_keeps_no_socket_open() {
    let idle = Duration::from_secs(2);
    let (server, _) = looked_at(|app| app.configure(|config| config.idle_timeout = idle)).await;
    let mut socket = Socket::connect(&server.browser(), &[]).await;
    let socket = socket.as_mut().expect("a socket");
    socket.ask("/lasting", None).await;
    // runs once
    let event = json!([1, "lasting.wait", [0]]).to_string();
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        socket.send_raw(Message::text(&event)).await;
        // fewer than the limit of events lets by
        while let Ok(frame) = timeout(Duration::from_millis(50), socket.frame()).await {
            if let Err(end) = frame {
                assert_eq!(end.code, 4001, "{end:?}");
                return;
            }
        }
    }
    panic!("it is open still");
}

#[tokio::test]
async fn a_look_that_a_layer_holds_up_is_no_look() {
    let metrics = Metrics::token("/metrics", TOKEN);
    let (server, status) = looked_at(|app| app.metrics(metrics.clone())).await;
    let mut socket = Socket::open(&server.browser(), "/lasting").await;
    let counts = |line: &str| metrics.text().contains(line);
    status.store(500, Ordering::SeqCst);
    let failed = r#"rdj_checks_total{outcome="failed"}"#;
    until("a failure", async || counts(failed)).await;
    status.store(429, Ordering::SeqCst);
    let refused = r#"rdj_checks_total{outcome="refused"}"#;
    until("a refusal", async || counts(refused)).await;
    status.store(0, Ordering::SeqCst);
    socket.send(&json!([1, "go", ["//evil.example"]])).await;
    let malformed = r#"rdj_navigations_total{outcome="refused"} 1"#;
    until("a malformed go", async || counts(malformed)).await;
    assert!(!counts(r#"rdj_navigations_total{outcome="ran"}"#));
}

#[tokio::test]
async fn rows_that_cannot_be_read_are_counted_as_failed() {
    let metrics = Metrics::token("/metrics", TOKEN);
    let app = inside::app().await.expect("a database");
    let app = app.page::<BlindPage>().metrics(metrics.clone());
    let server = Server::start(app).await;
    let browser = server.browser();
    let _blind = Socket::open(&browser, "/joins/blind").await;
    let mut other = Socket::open(&browser, "/inside").await;
    other.event("inside.tell", json!([])).await;
    let counts = |line: &str| metrics.text().contains(line);
    let failed = r#"rdj_live_reads_total{outcome="failed"} 1"#;
    until("a failure", async || counts(failed)).await;
}

#[tokio::test]
async fn a_browser_without_a_sign_of_life_is_counted() {
    let metrics = Metrics::token("/metrics", TOKEN);
    let app = App::new()
        .page::<LastingPage>()
        .metrics(metrics.clone())
        // longer than it takes to join
        .configure(|config| config.ping_interval = Duration::from_secs(4));
    let server = Server::start(app).await;
    // who does not read answers no ping
    let _dead = Socket::open(&server.browser(), "/lasting").await;
    let dead = r#"rdj_closed_total{why="dead"} 1"#;
    until("it is dead", async || metrics.text().contains(dead)).await;
}
