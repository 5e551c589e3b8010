//! Tests: what a page meets between its first HTML and its end.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test fails by a panic"
)]

use std::time::{Duration, Instant};

use rdj::{App, inside::Metrics, page_store::MemoryPages};
use rdj_live_tests::pages::lasting::{LOOKS, LastingPage};
use rdj_tests::{Browser, Server, Socket};
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};

async fn site(change: impl FnOnce(App) -> App) -> Server {
    Server::start(change(App::new().page::<LastingPage>())).await
}

/// Another socket of the same tab, before its first frame.
async fn again(browser: &Browser, old: &Socket) -> Socket {
    let mut socket = Socket::connect(browser, &[]).await.expect("a socket");
    socket.token.clone_from(&old.token);
    socket.version = old.version;
    socket
}

#[tokio::test]
async fn a_page_that_is_at_work_for_long_is_not_opened_anew() {
    let server = site(|app| app).await;
    let browser = server.browser();
    let mut old = Socket::open(&browser, "/lasting").await;
    old.send(&json!([1, "lasting.wait", [13_000]])).await;
    sleep(Duration::from_millis(200)).await;
    let began = Instant::now();
    let mut early = again(&browser, &old).await;
    let refused = early.join("/lasting").await.expect_err("a refusal for now");
    assert_eq!(refused.code, 1013, "{refused:?}");
    assert!(refused.reason.contains("still at work"), "{refused:?}");
    assert!(began.elapsed() > Duration::from_secs(9));
    let mut socket = again(&browser, &old).await;
    let hello = socket.join("/lasting").await.expect("a hello");
    assert_eq!((&hello["fresh"], &hello["seq"]), (&json!(false), &json!(1)));
    let body = socket.frame().await.expect("the page as it is now");
    assert!(body.text().contains("count 1"), "{body:?}");
}

#[tokio::test]
async fn a_socket_that_ends_by_a_panic_keeps_nobody_from_its_page() {
    let server = site(|app| app.page_store(MemoryPages::default())).await;
    let browser = server.browser();
    let mut old = Socket::open(&browser, "/lasting").await;
    old.event("lasting.arm", json!([])).await;
    let mut socket = again(&browser, &old).await;
    drop(old);
    let began = Instant::now();
    let hello = socket.join("/lasting").await.expect("a hello");
    assert_eq!(hello["fresh"], true, "{hello}");
    assert!(began.elapsed() < Duration::from_secs(5));
}

/// The value of a figure.
fn figure(metrics: &Metrics, name: &str) -> Option<f64> {
    let text = metrics.text();
    let line = text.lines().find(|line| line.starts_with(name))?;
    line.rsplit(' ').next()?.parse().ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_does_not_read_what_a_handler_shows_is_waited_for_once() {
    let metrics = Metrics::token("/metrics", "a-token-of-the-tests");
    let own = metrics.clone();
    let wait = Duration::from_millis(1500);
    let server = site(|app| {
        app.metrics(own)
            .configure(|config| config.send_timeout = wait)
    })
    .await;
    let browser = server.browser();
    let mut slow = Socket::open(&browser, "/lasting").await;
    slow.send(&json!([1, "lasting.pour", [150]])).await;
    let given_up = || figure(&metrics, r#"rdj_closed_total{why="slow"}"#);
    let began = Instant::now();
    while given_up().is_none() {
        assert!(began.elapsed() < Duration::from_secs(40), "not given up");
        sleep(Duration::from_millis(20)).await;
    }
    // its handler goes on to its end, and the page is there
    let mut socket = again(&browser, &slow).await;
    socket.version = 0;
    let hello = loop {
        match socket.join("/lasting").await {
            Ok(hello) => break hello,
            Err(end) => assert_eq!(end.code, 1013, "{end:?}"),
        }
        socket = again(&browser, &slow).await;
    };
    assert_eq!(
        (&hello["fresh"], &hello["seq"]),
        (&Value::Bool(false), &json!(1))
    );
    assert_eq!(given_up(), Some(1.0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_state_may_look_at_the_server_when_it_is_dropped() {
    let metrics = Metrics::token("/metrics", "a-token-of-the-tests");
    let own = metrics.clone();
    let server = site(|app| {
        app.metrics(own)
            .configure(|config| config.hold_time = Duration::from_millis(300))
    })
    .await;
    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/lasting").await;
    socket.event("lasting.watch", json!([])).await;
    drop(socket);
    sleep(Duration::from_millis(600)).await;
    *LOOKS.lock().unwrap() = Some(metrics);
    // another page is held, which drops what is over
    let html = timeout(Duration::from_secs(5), browser.text("/lasting")).await;
    *LOOKS.lock().unwrap() = None;
    assert!(html.is_ok(), "the server waits for itself");
}

#[tokio::test]
async fn pages_that_nobody_joins_push_out_no_page_that_was_left() {
    let server = site(|app| app.configure(|config| config.max_held_pages = 4)).await;
    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/lasting").await;
    socket.event("lasting.wait", json!([0])).await;
    let mut back = again(&browser, &socket).await;
    drop(socket);
    sleep(Duration::from_millis(200)).await;
    for _ in 0..10 {
        browser.text("/lasting").await;
    }
    let hello = back.join("/lasting").await.expect("a hello");
    assert_eq!((&hello["fresh"], &hello["seq"]), (&json!(false), &json!(1)));
}

/// The page's name in its HTML.
fn token(html: &str) -> String {
    let (_, rest) = html.split_once("name=\"rdj-page\" content=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn pages_that_nobody_joins_fill_no_store() {
    let store = MemoryPages::default();
    let few = |app: App| {
        app.page_store(store.clone())
            .configure(|config| config.max_held_pages = 4)
    };
    let (server, other) = (site(few).await, site(few).await);
    let browser = server.browser();
    for _ in 0..10 {
        browser.text("/lasting").await;
    }
    assert_eq!(store.len(), 4);
    // what is beyond goes on where it is, and leaves its page to any process
    let mut socket = Socket::open(&browser, "/lasting").await;
    socket.event("lasting.wait", json!([0])).await;
    let elsewhere = browser.at(&other);
    let mut back = again(&elsewhere, &socket).await;
    drop(socket);
    sleep(Duration::from_millis(200)).await;
    let hello = back.join("/lasting").await.expect("a hello");
    assert_eq!((&hello["fresh"], &hello["seq"]), (&json!(false), &json!(1)));
    // elsewhere it is opened from its address
    let html = browser.text("/lasting").await;
    let mut socket = Socket::connect(&elsewhere, &[]).await.expect("a socket");
    socket.token = token(&html);
    let hello = socket.join("/lasting").await.expect("a hello");
    assert_eq!(hello["fresh"], true);
    let reply = socket.event("lasting.wait", json!([0])).await;
    assert!(reply.effects().is_empty(), "{reply:?}");
    // messages come along all the same
    let answer = browser.post("/lasting?_event=lasting.greet", "").await;
    let html = answer.text().await.expect("a page");
    let mut socket = Socket::connect(&elsewhere, &[]).await.expect("a socket");
    socket.token = token(&html);
    socket.join("/lasting").await.expect("a hello");
    let body = socket.frame().await.expect("the page");
    assert!(body.text().contains("Greetings."), "{body:?}");
}
