//! The connection breaks before the answer to an event is read: the browser hears it when it is back.

#![expect(clippy::expect_used, reason = "a test fails by a panic")]

use std::time::Duration;

use rdj::{Config, Result};
use rdj_live_tests::pages::kept;
use rdj_tests::{Browser, Frame, Server, Socket};
use serde_json::{Value, json};

use super::processes::Database;

/// A page whose browser sends events and hears nothing of them.
struct Deaf {
    database: Database,
    server: Server,
    browser: Browser,
    socket: Socket,
}

impl Deaf {
    async fn open(name: &str) -> Result<Self> {
        Self::open_with(name, |_| ()).await
    }

    async fn open_with(name: &str, change: impl FnOnce(&mut Config)) -> Result<Self> {
        let database = Database::sqlite(name);
        let app = kept::app_on(database.connect().await, true).await?;
        let server = Server::start(app.configure(change)).await;
        let browser = server.browser();
        let socket = Socket::open(&browser, "/kept").await;
        Ok(Self {
            database,
            server,
            browser,
            socket,
        })
    }

    /// Sends these events, and leaves before their answers are read.
    async fn send(&mut self, events: &[Value]) {
        for event in events {
            self.socket.send(event).await;
        }
        self.leave().await;
    }

    async fn leave(&mut self) {
        self.database.leave(&mut self.socket).await;
    }

    /// The browser is back, here or in another process: the frames up to the hello.
    async fn back(&mut self, at: &Browser, waits: Option<u64>) -> Vec<Frame> {
        let socket = Socket::again(at, &self.socket).await;
        self.socket = socket.expect("a socket");
        self.socket.ask("/kept", waits).await;
        let mut frames = Vec::new();
        loop {
            let frame = self.socket.frame().await.expect("a frame");
            let is_last = kinds(&frame).contains(&"hello".to_owned());
            frames.push(frame);
            if is_last {
                return frames;
            }
        }
    }

    async fn back_here(&mut self, waits: Option<u64>) -> Vec<Frame> {
        let browser = self.browser.clone();
        self.back(&browser, waits).await
    }
}

/// The effects of a frame, by their kinds.
fn kinds(frame: &Frame) -> Vec<String> {
    let effects = frame.effects();
    let kinds = effects.iter().filter_map(|effect| effect["t"].as_str());
    kinds.map(str::to_owned).collect()
}

/// What each frame answers, and its effects.
fn told(frames: &[Frame]) -> Vec<(u64, String)> {
    frames
        .iter()
        .map(|frame| (frame.ack, kinds(frame).join(" ")))
        .collect()
}

fn answer(ack: u64, kinds: &str) -> (u64, String) {
    (ack, kinds.to_owned())
}

#[tokio::test]
async fn a_failure_is_no_success() -> Result {
    let mut page = Deaf::open("lost-failure").await?;
    page.send(&[json!([1, "kept.place", [], [["order", ""]]])])
        .await;
    let frames = page.back_here(Some(1)).await;
    assert_eq!(told(&frames), [answer(1, "error"), answer(0, "hello")]);
    assert_eq!(frames[1].effects()[0]["seq"], 1);
    assert_eq!(page.database.saves().await, []);
    Ok(())
}

#[tokio::test]
async fn a_form_that_was_taken_leaves_the_page_once() -> Result {
    let mut page = Deaf::open("lost-redirect").await?;
    let order = json!([1, "kept.place", [], [["order", "ten"]]]);
    page.send(std::slice::from_ref(&order)).await;
    let frames = page.back_here(Some(1)).await;
    let expected = [answer(1, "sent navigate"), answer(0, "hello")];
    assert_eq!(told(&frames), expected);
    assert_eq!(frames[0].effects()[1]["to"], "/kept/entries");

    // lost once more; an event that is sent again is answered with the same
    page.leave().await;
    assert_eq!(told(&page.back_here(Some(1)).await), expected);
    page.socket.send(&order).await;
    let reply = page.socket.reply(1).await.expect("an answer");
    assert_eq!(
        reply.effect("navigate").expect("a way")["to"],
        "/kept/entries"
    );
    assert_eq!(page.database.saves().await, [("ten".to_owned(), 1)]);
    Ok(())
}

#[tokio::test]
async fn each_answer_is_that_of_its_event() -> Result {
    let mut page = Deaf::open("lost-several").await?;
    page.send(&[
        json!([1, "kept.refuse", ["one"]]),
        json!([2, "kept.save", ["two"]]),
        json!([3, "kept.save_and_go", ["three"]]),
        json!([4, "kept.save", ["four"]]),
    ])
    .await;
    let frames = page.back_here(Some(1)).await;
    let expected = [
        answer(1, "refused"),
        answer(2, ""),
        answer(3, "navigate"),
        answer(0, "hello"),
    ];
    assert_eq!(told(&frames), expected);
    assert_eq!(frames[0].effects()[0]["text"], "Not one.");
    assert_eq!(frames[3].effects()[0]["seq"], 4);
    // what ran well says nothing of what has an answer of its own
    page.socket.send(&json!([2, "kept.save", ["two"]])).await;
    let mut frame = page.socket.frame().await.expect("a frame");
    while frame.ack == 0 || frame.ack == 4 {
        // the body of now comes first
        frame = page.socket.frame().await.expect("a frame");
    }
    assert_eq!(told(&[frame]), [answer(2, "")]);

    page.leave().await;
    let frames = page.back_here(Some(2)).await;
    assert_eq!(told(&frames), expected[1..], "the first one was heard");
    page.leave().await;
    let frames = page.back_here(None).await;
    assert_eq!(told(&frames), expected[3..], "it waits for nothing");
    Ok(())
}

#[tokio::test]
async fn another_process_has_the_answers() -> Result {
    let mut page = Deaf::open("lost-there").await?;
    page.send(&[
        json!([1, "kept.refuse", ["one"]]),
        json!([2, "kept.place", [], [["order", "two"]]]),
    ])
    .await;
    let there = kept::app_on(page.database.connect().await, true).await?;
    let there = Server::start(there).await;
    let there = page.browser.at(&there);
    let frames = page.back(&there, Some(1)).await;
    let expected = [
        answer(1, "refused"),
        answer(2, "sent navigate"),
        answer(0, "hello"),
    ];
    assert_eq!(told(&frames), expected);
    assert_eq!(frames[2].effects()[0]["fresh"], false);
    assert_eq!(page.database.saves().await, [("two".to_owned(), 1)]);
    Ok(())
}

/// It is the browser that answers a ping, not the page's script: that may sleep.
#[tokio::test]
async fn a_pong_says_nothing_of_what_was_heard() -> Result {
    let interval = Duration::from_secs(6);
    let often = |config: &mut Config| config.ping_interval = interval;
    let mut page = Deaf::open_with("lost-heard", often).await?;
    let reply = page.socket.event("kept.refuse", json!(["one"])).await;
    assert!(reply.effect("refused").is_some());
    // reads, and so answers a ping
    let next = page.socket.frame_within(interval * 3 / 2).await;
    assert!(next.is_none());
    page.leave().await;
    let frames = page.back_here(Some(1)).await;
    assert_eq!(told(&frames), [answer(1, "refused"), answer(0, "hello")]);
    drop(page.server);
    Ok(())
}
