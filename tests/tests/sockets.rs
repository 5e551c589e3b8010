//! Joining, losing and taking up a page again.

#![expect(clippy::expect_used, reason = "a test fails by a panic")]

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use rdj::App;
use rdj_tests::{
    Server, Socket,
    pages::{CounterPage, Runs, VisitsPage},
};
use serde_json::json;
use tokio::time::timeout;

async fn start(change: impl FnOnce(&mut rdj::Config)) -> (Server, Arc<Runs>) {
    let runs = Arc::new(Runs::default());
    let app = App::new()
        .page::<CounterPage>()
        .page::<VisitsPage>()
        .resource(Arc::clone(&runs))
        .sessions(rdj::session::memory())
        .configure(change);
    (Server::start(app).await, runs)
}

#[tokio::test]
async fn a_lost_socket_finds_its_page_as_it_was() {
    let (server, runs) = start(|_| {}).await;
    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/counter").await;
    socket.event("counter.increment", json!([])).await;
    socket.event("counter.increment", json!([])).await;
    let (token, version, seq) = (socket.token.clone(), socket.version, socket.seq);
    drop(socket);
    let hello = rejoin(&browser, &token, version).await;
    let (mut socket, hello) = hello;
    assert_eq!(
        (&hello["fresh"], &hello["seq"]),
        (&json!(false), &json!(seq))
    );
    socket.seq = seq;
    let reply = socket.event("counter.increment", json!([])).await;
    assert!(reply.patched().contains("3 / 6"), "{reply:?}");
    assert_eq!(runs.count(), 3);
}

/// Joins with a token, over a new socket.
async fn rejoin(
    browser: &rdj_tests::Browser,
    token: &str,
    version: u64,
) -> (Socket, serde_json::Value) {
    let mut socket = Socket::connect(browser, &[]).await.expect("a socket");
    token.clone_into(&mut socket.token);
    socket.version = version;
    let hello = socket.join("/counter").await.expect("a hello");
    (socket, hello)
}

#[tokio::test]
async fn a_browser_that_is_back_before_its_old_socket_has_ended_gets_its_page() {
    let (server, runs) = start(|_| {}).await;
    let browser = server.browser();
    let mut old = Socket::open(&browser, "/counter").await;
    old.event("counter.increment", json!([])).await;
    // the old socket is open still, and in the middle of an event
    old.seq += 1;
    old.send(&json!([old.seq, "counter.slow", [300]])).await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    let (mut socket, hello) = rejoin(&browser, &old.token, old.version).await;
    assert_eq!(
        (&hello["fresh"], &hello["seq"]),
        (&json!(false), &json!(old.seq))
    );
    assert_eq!(old.end().await.code, 4002);
    socket.seq = old.seq;
    let reply = socket.event("counter.increment", json!([])).await;
    assert!(reply.patched().contains("3 / 6"), "{reply:?}");
    assert_eq!(runs.count(), 3);
}

#[tokio::test]
async fn a_page_of_another_session_cannot_be_taken_from_its_socket() {
    let (server, _) = start(|_| {}).await;
    let browser = server.browser();
    let mut owner = Socket::open(&browser, "/counter").await;
    let reply = owner.event("counter.remember", json!(["mine"])).await;
    assert!(
        reply.effect("ticket").is_some(),
        "the page has a session: {reply:?}"
    );
    let (_, hello) = rejoin(&server.browser(), &owner.token, owner.version).await;
    assert_eq!(hello["fresh"], true);
    let reply = owner.event("counter.increment", json!([])).await;
    assert!(
        reply.patched().contains("1 / 2"),
        "the owner's socket lives: {reply:?}"
    );
}

#[tokio::test]
async fn cookies_that_are_set_while_a_socket_opens_its_page_reach_the_browser() {
    let (server, _) = start(|_| {}).await;
    let browser = server.browser();
    let mut socket = Socket::connect(&browser, &[]).await.expect("a socket");
    let csrf = socket.csrf.clone();
    socket
        .send(&json!(["join", {"v": 1, "url": "/visits", "token": "", "csrf": csrf}]))
        .await;
    let hello = socket.frame().await.expect("a hello").effects();
    assert_eq!(hello[0]["t"], "hello");
    let id = hello[1]["id"].as_str().expect("a ticket");
    assert!(
        browser
            .post("/_session", &format!("id={id}"))
            .await
            .status()
            .is_success()
    );
    assert!(
        browser.text("/visits").await.contains("visit 2"),
        "the session is the browser's"
    );
}

#[tokio::test]
async fn a_browser_that_missed_a_patch_gets_the_page_whole() {
    let (server, _) = start(|_| {}).await;
    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/counter").await;
    socket.event("counter.increment", json!([])).await;
    let token = socket.token.clone();
    drop(socket);
    let (mut socket, _) = rejoin(&browser, &token, 0).await;
    let frame = socket.frame().await.expect("a body");
    assert!(frame.text().contains("1 / 2"), "{frame:?}");
}

#[tokio::test]
async fn a_page_is_given_to_nobody_else() {
    let (server, _) = start(|_| {}).await;
    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/counter").await;
    let reply = socket.event("counter.remember", json!(["mine"])).await;
    browser.redeem(&reply).await;
    socket.event("counter.recall", json!([])).await;
    let (token, version) = (socket.token.clone(), socket.version);
    drop(socket);
    let thief = server.browser();
    for _ in 0..5 {
        tokio::time::sleep(Duration::from_millis(20)).await;
        let (_, hello) = rejoin(&thief, &token, 0).await;
        assert_eq!(
            hello["fresh"], true,
            "another session gets a page of its own"
        );
    }
    let (_, hello) = rejoin(&browser, &token, version).await;
    assert_eq!(hello["fresh"], false);
}

#[tokio::test]
async fn an_unknown_page_is_opened_anew_through_the_stack() {
    let (server, _) = start(|_| {}).await;
    let browser = server.browser();
    let mut socket = Socket::connect(&browser, &[]).await.expect("a socket");
    let hello = socket.join("/counter").await.expect("a hello");
    assert_eq!(hello["fresh"], true);
    assert_eq!(hello["token"].as_str().map(str::len), Some(32));
    let reply = socket.event("counter.increment", json!([])).await;
    assert!(reply.patched().contains("1 / 2"), "{reply:?}");
}

#[tokio::test]
async fn sockets_that_answer_no_ping_are_closed() {
    let (server, _) = start(|config| {
        config.ping_interval = Duration::from_secs(3);
        config.max_connections = 1;
    })
    .await;
    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/counter").await;
    // a client answers pings only while it reads: not before somebody else has its place
    let end = Instant::now() + Duration::from_mins(2);
    while Socket::connect(&browser, &[]).await.is_err() {
        assert!(Instant::now() < end, "it is open still");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(socket.end().await.code, 1006);
}

#[tokio::test]
async fn sockets_that_answer_pings_stay_open() {
    let (server, _) = start(|config| config.ping_interval = Duration::from_secs(3)).await;
    let browser = server.browser();
    // a machine that stands still for a moment answers too late, but not each time
    for _ in 0..20 {
        let mut socket = Socket::open(&browser, "/counter").await;
        let quiet = timeout(Duration::from_secs(8), socket.frame()).await;
        if quiet.is_err() {
            return;
        }
    }
    panic!("all were closed");
}

#[tokio::test]
async fn idle_sockets_are_closed() {
    let (server, _) = start(|config| config.idle_timeout = Duration::from_millis(100)).await;
    let mut socket = Socket::open(&server.browser(), "/counter").await;
    assert_eq!(socket.end().await.code, 4001);
}

#[tokio::test]
async fn one_socket_too_many_is_told_to_try_later() {
    let (server, _) = start(|config| config.max_connections = 1).await;
    let browser = server.browser();
    let _first = Socket::open(&browser, "/counter").await;
    let second = Socket::connect(&browser, &[]).await;
    assert!(format!("{second:?}").contains("503"), "{second:?}");
}
