//! A browser that does not read.

use std::time::{Duration, Instant};

use rdj_tests::{Kind, Socket};
use serde_json::json;

use super::process::Process;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_reader_costs_bounded_memory_is_dropped_and_comes_back_to_its_page() {
    let server = Process::start(&[
        // longer than the slowest answer to others
        ("INSIDE_SEND_TIMEOUT", "15000"),
        ("INSIDE_LIVE_INTERVAL", "5"),
        ("INSIDE_EVENTS", "1000000"),
    ])
    .await;
    let browser = server.browser();
    let mut slow = Vec::new();
    for _ in 0..5 {
        let mut socket = Socket::open(&browser, "/inside").await;
        socket.event("inside.show", json!([400])).await;
        slow.push(socket);
    }
    let mut other = Socket::open(&browser, "/inside").await;
    let before = server.memory();
    // each change is 200 KB of deflated noise for each of the slow ones
    let mut rounds = 0;
    let mut slowest = Duration::ZERO;
    let given_up = r#"rdj_closed_total{why="slow"} 5"#;
    while server
        .metric(r#"rdj_closed_total{why="slow"}"#)
        .await
        .as_deref()
        != Some(given_up)
    {
        for _ in 0..20 {
            let began = Instant::now();
            let reply = other.event("inside.tell", json!([])).await;
            assert!(reply.effects().is_empty(), "{reply:?}");
            slowest = slowest.max(began.elapsed());
            tokio::time::sleep(Duration::from_millis(4)).await;
        }
        rounds += 1;
        assert!(rounds < 1000, "nobody is given up");
        let grown = server.memory() - before;
        assert!(grown < 24 * 1024, "{grown} KiB more for five slow readers");
    }
    assert!(slowest < Duration::from_secs(12), "{slowest:?}");
    let mut old = slow.remove(0);
    let version = old.version;
    let end = old.end().await;
    assert_eq!(end.code, 1006, "given up: {end:?}");
    assert!(old.version > version, "it got what the network held");
    let mut again = Socket::again(&browser, &old).await.unwrap();
    let hello = again.join("/inside").await.unwrap();
    assert_eq!((&hello["fresh"], &hello["seq"]), (&json!(false), &json!(1)));
    // the page went on without it, so it comes whole
    let body = again.frame().await.unwrap();
    assert_eq!(body.kind, Kind::Body);
    let reply = again.event("inside.increment", json!([])).await;
    assert!(reply.effects().is_empty(), "{reply:?}");
}

#[tokio::test]
async fn a_page_that_cannot_be_patched_comes_back_too() {
    let server = Process::start(&[]).await;
    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/inside/careless").await;
    // a text that browsers split: the page is sent whole each time
    let reply = socket.event("inside.show", json!([100])).await;
    assert_eq!(reply.frames[0].kind, Kind::Body);
    let mut again = Socket::again(&browser, &socket).await.unwrap();
    again.version = 0;
    let hello = again.join("/inside/careless").await.unwrap();
    assert_eq!((&hello["fresh"], &hello["seq"]), (&json!(false), &json!(1)));
    let body = again.frame().await.unwrap();
    assert_eq!(body.kind, Kind::Body);
    assert!(body.text().contains(r#"<p id="twice">1</p>"#));
    // so does one that the browser could not take
    again.send(&json!(["miss", body.version, "made up"])).await;
    assert_eq!(again.frame().await.unwrap().kind, Kind::Body);
}

#[tokio::test]
async fn frames_that_come_while_an_event_runs_wait_in_the_network() {
    use tokio::time::timeout;
    use tokio_tungstenite::tungstenite::Message;

    let server = Process::start(&[("INSIDE_EVENTS", "1000000")]).await;
    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/inside").await;
    let before = server.memory();
    // for longer than the test takes
    socket.send(&json!([1, "inside.wait", [600_000]])).await;
    let text = "x".repeat(64 * 1024);
    let mut taken = 0;
    for seq in 2.. {
        let frame = json!([seq, "inside.take", [text]]).to_string();
        let sent = socket.send_raw(Message::text(frame));
        if timeout(Duration::from_secs(2), sent).await.is_err() {
            break;
        }
        taken += 64;
        assert!(taken < 64 * 1024, "64 MB were taken while an event ran");
    }
    let grown = server.memory() - before;
    assert!(grown < 2048, "{grown} KiB more for {taken} KiB that wait");
}
