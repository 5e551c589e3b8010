//! A server that is told to stop: what ends when, and what is said to whom.

#![expect(clippy::expect_used, reason = "a test fails by a panic")]

use std::{
    env, fs,
    path::PathBuf,
    time::{Duration, Instant},
};

use rdj::Result;
use rdj_tests::{Browser, Socket, free_port};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

use super::processes::{Database, LONG, Process};
use crate::{
    inside::large::upgrade_for,
    steady::{PATIENCE, until},
};

/// A socket with an event that has begun, and ends when it is told to.
struct Busy {
    socket: Socket,
    file: PathBuf,
}

impl Busy {
    async fn open(browser: &Browser, name: &str) -> Self {
        let file = env::temp_dir().join(format!("rdj-drain-{name}-{}", std::process::id()));
        let _ = fs::remove_file(&file);
        let mut socket = Socket::open(browser, "/kept").await;
        let until = file.display().to_string();
        let event = json!([1, "kept.linger", ["one", until]]);
        socket.send(&event).await;
        let begun = socket.frame().await.expect("a patch");
        assert!(begun.text().contains("begun"), "{begun:?}");
        Self { socket, file }
    }

    /// Its event ends, is answered, and its socket is closed.
    async fn ends(&mut self) {
        fs::write(&self.file, "").expect("a file");
        self.socket.reply(1).await.expect("its answer");
        assert_eq!(self.socket.end().await.code, 1012);
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.file);
    }
}

/// A running event ends, its page is put away, and the close says when to come back.
#[tokio::test]
async fn a_server_that_stops_finishes_what_runs() -> Result {
    let database = Database::sqlite("stops");
    let server = Process::start(&database, free_port(), true).await;
    let browser = server.browser();
    let mut idle = Socket::open(&browser, "/kept").await;
    let mut busy = Busy::open(&browser, "finishes").await;
    server.terminate();
    // a quiet page is not kept waiting
    let end = idle.end().await;
    assert_eq!((end.code, end.reason.as_str()), (1012, "0"));
    busy.ends().await;
    // the process waits a moment for the browser's answer to the close
    drop((idle, busy));
    server.ended().await;
    assert_eq!(database.saves().await, [("one".to_owned(), 1)]);
    Ok(())
}

#[tokio::test]
async fn a_server_that_is_about_to_stop_is_not_healthy() -> Result {
    let database = Database::sqlite("health");
    let env = [("RDJ_DRAIN_DELAY", "10000")];
    let server = Process::start_with(&database, free_port(), &env).await;
    let browser = server.browser();
    assert_eq!(browser.get("/_health").await.status(), 200);
    server.terminate();
    let is_leaving = async || browser.get("/_health").await.status() == 503;
    until("it is not healthy", is_leaving).await;
    assert_eq!(browser.get("/kept").await.status(), 200, "it still serves");
    server.ended().await;
    Ok(())
}

/// A hundred sockets are closed one after the other over a tenth of the time that a thousand take, and
/// are told when to come back.
#[tokio::test]
async fn sockets_are_closed_one_after_the_other() {
    let database = Database::sqlite("spread");
    let env = [
        ("RDJ_RESTART_TIME", "1500"),
        ("RDJ_DRAIN_SPREAD", "80000"),
        // the spread alone lets all of them end
        ("RDJ_DRAIN_GRACE", "0"),
    ];
    let window = Duration::from_secs(8);
    let server = Process::start_with(&database, free_port(), &env).await;
    let browser = server.browser();
    let mut sockets = Vec::new();
    for _ in 0..100 {
        sockets.push(Socket::open(&browser, "/kept").await);
    }
    let told = Instant::now();
    server.terminate();
    let ends = sockets.into_iter().map(|mut socket| {
        tokio::spawn(async move {
            let end = socket.end().await;
            (Instant::now(), end)
        })
    });
    let mut times = Vec::new();
    for end in ends.collect::<Vec<_>>() {
        let (time, end) = end.await.expect("an end");
        assert_eq!((end.code, end.reason.as_str()), (1012, "1500"));
        times.push(time);
    }
    server.ended().await;
    times.sort();
    let (most, all) = (times[75] - told, times[99] - told);
    assert!(most > window / 10, "three quarters of them within {most:?}");
    assert!(all < window * 8, "the spread of a thousand: {all:?}");
}

/// While an event runs there is no way in any more: neither a connection, nor a socket over one that
/// was there.
#[tokio::test]
async fn a_server_that_stops_takes_nobody() -> Result {
    let database = Database::sqlite("takes-nobody");
    let port = free_port();
    // the grace alone lets the event end
    let env = [("RDJ_DRAIN_SPREAD", "0"), ("RDJ_DRAIN_GRACE", LONG)];
    let server = Process::start_with(&database, port, &env).await;
    let mut early = TcpStream::connect(("127.0.0.1", port)).await?;
    let request = upgrade_for(&format!("127.0.0.1:{port}"));
    let (first, rest) = request.split_once("\r\n").expect("lines");
    early.write_all(format!("{first}\r\n").as_bytes()).await?;
    let mut busy = Busy::open(&server.browser(), "takes-nobody").await;
    server.terminate();
    let is_closed = async || TcpStream::connect(("127.0.0.1", port)).await.is_err();
    until("no connection is taken", is_closed).await;
    early.write_all(rest.as_bytes()).await?;
    let mut answer = [0; 12];
    let read = timeout(PATIENCE, early.read_exact(&mut answer)).await;
    read.expect("an answer")?;
    assert_eq!(&answer, b"HTTP/1.1 503");
    busy.ends().await;
    drop((busy, early));
    server.ended().await;
    assert_eq!(database.saves().await, [("one".to_owned(), 1)]);
    Ok(())
}

/// An event that takes longer than all patience keeps no process from its end.
#[tokio::test]
async fn an_event_that_does_not_end_is_cut_off() {
    let database = Database::sqlite("cut-off");
    let env = [("RDJ_DRAIN_SPREAD", "200"), ("RDJ_DRAIN_GRACE", "300")];
    let server = Process::start_with(&database, free_port(), &env).await;
    let mut busy = Busy::open(&server.browser(), "cut-off").await;
    server.terminate();
    server.ended().await;
    assert_eq!(busy.socket.end().await.code, 1006, "without an answer");
    assert_eq!(database.saves().await, []);
}
