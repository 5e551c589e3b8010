//! Frames that are larger than any page sends.

use std::{
    cell::Cell,
    time::{Duration, Instant},
};

use rdj_tests::Socket;
use serde_json::json;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};
use tokio_tungstenite::tungstenite::{
    Message,
    protocol::frame::{
        Frame,
        coding::{Data, OpCode},
    },
};

use super::process::Process;
use crate::steady::{PATIENCE, until};

/// The request for a socket, without a library.
pub(crate) fn upgrade_for(host: &str) -> String {
    format!(
        "GET /_event HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n\
         Cookie: csrftoken=abcdefghijklmnopqrstuvwxyz012345\r\n\
         Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Extensions: permessage-deflate\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
}

/// A socket for frames that no library writes.
async fn raw(server: &Process) -> TcpStream {
    let host = server.host();
    let mut stream = TcpStream::connect(host).await.unwrap();
    let upgrade = upgrade_for(host);
    stream.write_all(upgrade.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\n") {
        answer.push(stream.read_u8().await.unwrap());
    }
    let answer = String::from_utf8(answer).unwrap().to_lowercase();
    assert!(answer.starts_with("http/1.1 101"), "{answer}");
    assert!(!answer.contains("extensions"), "no compression: {answer}");
    stream
}

/// The head of a masked frame of this length; the mask is all zeros.
fn head(first: u8, length: u64) -> Vec<u8> {
    let mut head = vec![first, 0x80 | 127];
    head.extend(length.to_be_bytes());
    head.extend([0; 4]);
    head
}

/// The code of the close frame that comes next.
async fn close_code(stream: &mut TcpStream) -> u16 {
    let answer = timeout(PATIENCE, async {
        let mut head = [0; 2];
        stream.read_exact(&mut head).await.unwrap();
        assert_eq!(head[0], 0x88, "a close frame");
        stream.read_u16().await.unwrap()
    });
    answer.await.unwrap()
}

/// Frames of 64 MB, one after the other: each is refused by its head.
async fn sends_too_much(server: &Process) {
    for _ in 0..20 {
        let mut stream = raw(server).await;
        stream.write_all(&head(0x81, 64 << 20)).await.unwrap();
        assert_eq!(close_code(&mut stream).await, 1009);
        // whoever sends it all the same writes to nobody
        let chunk = vec![b'x'; 1 << 20];
        let mut sent = 0;
        while stream.write_all(&chunk).await.is_ok() {
            sent += 1;
            assert!(sent < 64, "64 MB were taken");
        }
    }
}

#[tokio::test]
async fn a_frame_of_64_mb_is_refused_by_its_head_and_others_are_answered() {
    let server = Process::start(&[]).await;
    let mut other = Socket::open(&server.browser(), "/inside").await;
    let before = server.memory();
    let is_over = Cell::new(false);
    let sending = async {
        sends_too_much(&server).await;
        is_over.set(true);
    };
    let answers = async {
        let mut slowest = Duration::ZERO;
        while !is_over.get() {
            let began = Instant::now();
            let reply = other.event("inside.increment", json!([])).await;
            assert!(reply.effects().is_empty(), "{reply:?}");
            slowest = slowest.max(began.elapsed());
            // no more than one socket may send
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        slowest
    };
    let ((), slowest) = tokio::join!(sending, answers);
    assert!(slowest < Duration::from_secs(10), "{slowest:?}");
    let grown = server.memory() - before;
    // what an allocator keeps for itself is far from the 1,280 MB that were announced
    assert!(grown < 16 * 1024, "{grown} KiB more");
}

#[tokio::test]
async fn a_head_alone_takes_no_memory() {
    let server = Process::start(&[]).await;
    let before = server.memory();
    let mut waiting = Vec::new();
    for _ in 0..100 {
        let mut stream = raw(&server).await;
        // announced, and never sent
        stream.write_all(&head(0x81, 2 << 20)).await.unwrap();
        waiting.push(stream);
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    let grown = server.memory() - before;
    assert!(grown < 8 * 1024, "{grown} KiB more for 100 heads of 2 MB");
}

#[tokio::test]
async fn fragments_that_add_up_to_too_much_are_refused() {
    let server = Process::start(&[]).await;
    let mut socket = Socket::open(&server.browser(), "/inside").await;
    let before = server.memory();
    for fragment in 0..10 {
        let code = if fragment == 0 {
            Data::Text
        } else {
            Data::Continue
        };
        let frame = Frame::message(vec![b'x'; 1 << 20], OpCode::Data(code), false);
        socket.send_raw(Message::Frame(frame)).await;
    }
    assert_eq!(socket.end().await.code, 1009);
    let is_given_back = async || server.memory() - before < 4 * 1024;
    until("less than 4 MB more", is_given_back).await;
}

#[tokio::test]
async fn a_compressed_frame_is_refused_as_nobody_offered_compression() {
    let server = Process::start(&[]).await;
    let mut stream = raw(&server).await;
    // FIN, RSV1, text
    stream
        .write_all(&[0xc1, 0x81, 0, 0, 0, 0, b'x'])
        .await
        .unwrap();
    assert_eq!(close_code(&mut stream).await, 1002);
}

#[tokio::test]
async fn a_large_event_leaves_no_more_than_the_buffer_it_came_through() {
    // without it the C library keeps what it once had for large blocks, and reuses it in part
    let server = Process::start(&[("MALLOC_MMAP_THRESHOLD_", "131072")]).await;
    let browser = server.browser();
    let text = "x".repeat(1_500_000);
    let mut sockets = Vec::new();
    for _ in 0..5 {
        sockets.push(Socket::open(&browser, "/inside").await);
    }
    sockets[0].event("inside.take", json!([text])).await;
    let before = server.memory();
    for _ in 0..25 {
        let mut socket = Socket::open(&browser, "/inside").await;
        socket.event("inside.take", json!([text])).await;
        sockets.push(socket);
    }
    let each = || (server.memory() - before) / 25;
    let is_given_back = async || each() < 1_500_000 / 1024 + 128;
    until("no more than its buffer stays with each", is_given_back).await;
}
