//! A browser that sends more than anybody can click.

use std::time::{Duration, Instant};

use rdj_tests::Socket;
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use super::process::Process;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_events_at_once_are_refused_and_others_are_answered() {
    let server = Process::start(&[]).await;
    let browser = server.browser();
    let began = Instant::now();
    let mut flooder = Socket::open(&browser, "/inside").await;
    let mut other = Socket::open(&browser, "/inside").await;
    let before = server.memory();
    let flood = tokio::spawn(async move {
        for seq in 1..=10_000 {
            let frame = json!([seq, "inside.increment", []]).to_string();
            flooder.send_raw(Message::text(frame)).await;
        }
        let mut refused = 0;
        let mut ran = 0_u64;
        let end = loop {
            match flooder.frame().await {
                Ok(frame) if frame.effects().iter().any(|it| it["status"] == 429) => refused += 1,
                Ok(_) => ran += 1,
                Err(end) => break end,
            }
        };
        (ran, refused, end)
    });
    let mut slowest = Duration::ZERO;
    for _ in 0..40 {
        let began = Instant::now();
        let reply = other.event("inside.increment", json!([])).await;
        assert!(reply.effects().is_empty(), "{reply:?}");
        slowest = slowest.max(began.elapsed());
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    assert!(slowest < Duration::from_secs(10), "{slowest:?}");
    let (ran, refused, end) = flood.await.unwrap();
    assert_eq!((end.code, end.reason.as_str()), (1008, "too many events"));
    // the burst, and what a second lets by since
    let allowed = 100 + 50 * (began.elapsed().as_secs() + 1);
    assert!((100..=allowed).contains(&ran), "{ran} ran of {allowed}");
    assert!(refused >= 19, "{refused} were refused before the end");
    let grown = server.memory() - before;
    assert!(grown < 8 * 1024, "{grown} KiB more");
}

#[tokio::test]
async fn pings_are_no_way_around_the_limit() {
    let server = Process::start(&[]).await;
    let mut socket = Socket::open(&server.browser(), "/inside").await;
    for _ in 0..1000 {
        socket.send_raw(Message::Ping(vec![0; 100].into())).await;
    }
    let end = socket.end().await;
    assert_eq!((end.code, end.reason.as_str()), (1008, "too many events"));
}

#[tokio::test]
async fn misses_are_no_way_around_the_limit() {
    let server = Process::start(&[]).await;
    let mut socket = Socket::open(&server.browser(), "/inside").await;
    for _ in 0..1000 {
        let frame = json!(["miss", 0, "made up"]).to_string();
        socket.send_raw(Message::text(frame)).await;
    }
    assert_eq!(socket.end().await.code, 1008);
}
