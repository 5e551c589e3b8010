//! What a server keeps of the rows that it has streamed.

use std::time::Duration;

use rdj_tests::Socket;
use serde_json::json;
use tokio::time::sleep;

use crate::inside::process::Process;

/// Rows of one event.
const CHUNK: usize = 500;
/// Letters of a row.
const LENGTH: usize = 400;

/// Streams rows; how many have come.
async fn stream(socket: &mut Socket, count: usize) -> usize {
    let mut rows = 0;
    for _ in 0..count / CHUNK {
        let reply = socket.event("log.fill", json!([CHUNK, LENGTH])).await;
        for effect in reply.effects() {
            rows += effect["ops"].as_array().map_or(0, Vec::len);
        }
    }
    rows
}

/// Bytes that the views of all pages hold; they are counted a moment after the answer to an event.
async fn views(server: &Process) -> usize {
    for _ in 0..500 {
        let line = server.metric("rdj_views_bytes ").await;
        let line = line.expect("a metric");
        let number = line
            .split(' ')
            .nth(1)
            .and_then(|number| number.parse().ok());
        match number.expect("a number") {
            0 => sleep(Duration::from_millis(20)).await,
            bytes => return bytes,
        }
    }
    0
}

#[tokio::test]
async fn fifty_thousand_rows_leave_nothing_in_the_server() {
    let server = Process::start(&[("INSIDE_EVENTS", "1000000")]).await;
    let mut socket = Socket::open(&server.browser(), "/work/log").await;
    socket.event("log.limit", json!([0])).await;
    let held = views(&server).await;
    assert!(held > 0, "the view of the page is counted");
    // what one chunk takes is taken then
    assert_eq!(stream(&mut socket, 10_000).await, 10_000);
    let memory = server.memory();
    assert_eq!(stream(&mut socket, 50_000).await, 50_000);
    let grown = server.memory() - memory;
    // the letters alone
    let weight = 50_000 * LENGTH / 1024;
    let most = i64::try_from(weight / 2).expect("a number");
    assert!(grown < most, "{grown} KiB more for rows of {weight} KiB");
    // a number is longer; a chunk has some hundred kilobytes
    let after = views(&server).await;
    assert!(after < held + 8192, "{held} bytes of views became {after}");
}
