//! Tests: what a page meets between its first HTML and its end.

use std::{
    sync::{PoisonError, mpsc},
    time::{Duration, Instant},
};

use rdj::{App, inside::Metrics, page_store::MemoryPages};
use rdj_live_tests::pages::lasting::{BEGUN, LOOKS, LastingPage, MAY_END};
use rdj_tests::{Server, Socket};
use serde_json::{Value, json};
use tokio::{runtime::Builder, time::sleep};

use super::steady::{PATIENCE, until};

async fn site(change: impl FnOnce(App) -> App) -> Server {
    Server::start(change(App::new().page::<LastingPage>())).await
}

#[tokio::test]
async fn a_page_that_is_at_work_for_long_is_not_opened_anew() {
    let server = site(|app| app).await;
    let browser = server.browser();
    let mut old = Socket::open(&browser, "/lasting").await;
    old.send(&json!([1, "lasting.toil", []])).await;
    BEGUN.notified().await;
    let began = Instant::now();
    let mut early = Socket::again(&browser, &old).await.expect("a socket");
    let refused = early.join("/lasting").await.expect_err("a refusal for now");
    assert_eq!(refused.code, 1013, "{refused:?}");
    assert!(refused.reason.contains("still at work"), "{refused:?}");
    assert!(began.elapsed() > Duration::from_secs(9));
    let mut socket = Socket::again(&browser, &old).await.expect("a socket");
    let joins = socket.join("/lasting");
    let ends = async {
        // it waits by then
        sleep(Duration::from_millis(300)).await;
        MAY_END.notify_one();
    };
    let (hello, ()) = tokio::join!(joins, ends);
    let hello = hello.expect("a hello");
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
    let mut socket = Socket::again(&browser, &old).await.expect("a socket");
    drop(old);
    // who waits for a socket that is there no more is refused in the end
    let hello = socket.join("/lasting").await.expect("a hello");
    assert_eq!(hello["fresh"], true, "{hello}");
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
    let wait = Duration::from_secs(6);
    let server = site(|app| {
        app.metrics(own)
            .configure(|config| config.send_timeout = wait)
    })
    .await;
    let browser = server.browser();
    let mut slow = Socket::open(&browser, "/lasting").await;
    slow.send(&json!([1, "lasting.pour", [150]])).await;
    let given_up = || figure(&metrics, r#"rdj_closed_total{why="slow"}"#);
    until("given up", async || given_up().is_some()).await;
    // its handler goes on to its end, and the page is there
    let mut socket = Socket::again(&browser, &slow).await.expect("a socket");
    socket.version = 0;
    let hello = loop {
        match socket.join("/lasting").await {
            Ok(hello) => break hello,
            Err(end) => assert_eq!(end.code, 1013, "{end:?}"),
        }
        socket = Socket::again(&browser, &slow).await.expect("a socket");
    };
    assert_eq!(
        (&hello["fresh"], &hello["seq"]),
        (&Value::Bool(false), &json!(1))
    );
    let body = socket.frame().await.expect("the page as it is now");
    assert!(body.text().contains("count 150"));
    assert_eq!(given_up(), Some(1.0));
}

#[test]
fn a_state_may_look_at_the_server_when_it_is_dropped() {
    let mut runtime = Builder::new_multi_thread();
    let runtime = runtime.worker_threads(2).enable_all().build();
    let runtime = runtime.expect("a runtime");
    let (tell, told) = mpsc::channel();
    runtime.spawn(async move {
        a_state_looks().await;
        tell.send(())
    });
    let answers = told.recv_timeout(PATIENCE);
    // a server that waits for itself does not end
    runtime.shutdown_background();
    answers.expect("a server that does not wait for itself");
}

async fn a_state_looks() {
    let metrics = Metrics::token("/metrics", "a-token-of-the-tests");
    let own = metrics.clone();
    let server = site(|app| {
        app.metrics(own)
            .configure(|config| config.hold_time = Duration::from_secs(6))
    })
    .await;
    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/lasting").await;
    socket.event("lasting.watch", json!([])).await;
    let looks = || LOOKS.lock().unwrap_or_else(PoisonError::into_inner);
    *looks() = Some(metrics);
    drop(socket);
    while looks().is_some() {
        sleep(Duration::from_millis(20)).await;
        // another page is held, which drops what is over
        browser.text("/lasting").await;
    }
    browser.text("/lasting").await;
}

#[tokio::test]
async fn pages_that_nobody_joins_push_out_no_page_that_was_left() {
    let metrics = Metrics::token("/metrics", "a-token-of-the-tests");
    let own = metrics.clone();
    let server = site(|app| {
        app.metrics(own)
            .configure(|config| config.max_held_pages = 4)
    })
    .await;
    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/lasting").await;
    socket.event("lasting.wait", json!([0])).await;
    let mut back = Socket::again(&browser, &socket).await.expect("a socket");
    drop(socket);
    let held = async || figure(&metrics, "rdj_held_pages ") == Some(1.0);
    until("the page waits", held).await;
    for _ in 0..10 {
        browser.text("/lasting").await;
    }
    let hello = back.join("/lasting").await.expect("a hello");
    assert_eq!((&hello["fresh"], &hello["seq"]), (&json!(false), &json!(1)));
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
    let mut back = Socket::again(&elsewhere, &socket).await.expect("a socket");
    drop(socket);
    until("the page is put away", async || store.len() == 5).await;
    let hello = back.join("/lasting").await.expect("a hello");
    assert_eq!((&hello["fresh"], &hello["seq"]), (&json!(false), &json!(1)));
    // elsewhere it is opened from its address
    let html = browser.text("/lasting").await;
    let mut socket = Socket::connect(&elsewhere, &[]).await.expect("a socket");
    socket.token = Socket::token_of(&html).expect("a token");
    let hello = socket.join("/lasting").await.expect("a hello");
    assert_eq!(hello["fresh"], true);
    let reply = socket.event("lasting.wait", json!([0])).await;
    assert!(reply.effects().is_empty(), "{reply:?}");
    // messages come along all the same
    let answer = browser.post("/lasting?_event=lasting.greet", "").await;
    let html = answer.text().await.expect("a page");
    let mut socket = Socket::connect(&elsewhere, &[]).await.expect("a socket");
    socket.token = Socket::token_of(&html).expect("a token");
    socket.join("/lasting").await.expect("a hello");
    let body = socket.frame().await.expect("the page");
    assert!(body.text().contains("Greetings."), "{body:?}");
}
