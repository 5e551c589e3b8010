//! Streams.

#![expect(clippy::expect_used, reason = "a test fails by a panic")]

mod weight;

use rdj::{App, page_store::MemoryPages};
use rdj_live_tests::pages::work::LogPage;
use rdj_tests::{Browser, Frame, Kind, Reply, Server, Socket};
use serde_json::{Value, json};

async fn site() -> Server {
    Server::start(App::new().page::<LogPage>()).await
}

/// The first section of rows, and its operations without the HTML.
fn section(reply: &Reply) -> (Value, String) {
    let section = reply.effect("stream").expect("rows");
    let ops = section["ops"].as_array().expect("operations").iter();
    let ops = ops.map(|op| {
        let text = op[1].as_str().unwrap_or_default();
        let key = text
            .split("data-key=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        format!(
            "{}{}",
            op[0].as_str().unwrap_or_default(),
            key.unwrap_or(text)
        )
    });
    let ops = ops.collect::<Vec<_>>().join(" ");
    (section, ops)
}

async fn back(browser: &Browser, old: &Socket, version: u64) -> (Socket, Value) {
    let mut socket = Socket::again(browser, old).await.expect("a socket");
    socket.version = version;
    let hello = socket.join("/work/log").await.expect("a hello");
    (socket, hello)
}

#[tokio::test]
async fn the_first_page_has_its_rows_as_plain_html() {
    let server = site().await;
    let html = server.browser().text("/work/log").await;
    let container = "<ol  id=\"lines\" data-rdj-ignore data-rdj-stream=\"\" aria-label=\"Lines\">";
    assert!(html.contains(container), "{html}");
    assert_eq!(html.matches("<li ").count(), 3);
    assert!(
        html.contains("line &#60;3&#62;") || html.contains("line &lt;3&gt;"),
        "{html}"
    );
}

#[tokio::test]
async fn only_what_is_new_goes_to_the_browser() {
    let server = site().await;
    let mut socket = Socket::open(&server.browser(), "/work/log").await;
    let reply = socket.event("log.add", json!([2])).await;
    // the patch first, which acknowledges nothing
    assert_eq!(reply.frames[0].kind, Kind::Patch);
    assert_eq!(
        (reply.frames[0].ack, reply.frames.len()),
        (0, 2),
        "{reply:?}"
    );
    assert!(!reply.frames[0].text().contains("<li"), "{reply:?}");
    let (section, ops) = section(&reply);
    assert_eq!(
        (&section["id"], &section["n"], ops.as_str()),
        (&json!("lines"), &json!(1), "a4 a5")
    );
    let reply = socket.event("log.first", json!([])).await;
    assert_eq!(self::section(&reply).1, "p6");
    let reply = socket.event("log.remove", json!([4])).await;
    assert_eq!(self::section(&reply).1, "x4");
    let reply = socket.event("log.change", json!([5])).await;
    assert_eq!(self::section(&reply).1, "r5");
    let reply = socket.event("log.reset", json!([])).await;
    assert_eq!(self::section(&reply).1, "0");
    let reply = socket.event("log.limit", json!([7])).await;
    assert!(reply.effect("stream").is_none(), "{reply:?}");
    let reply = socket.event("log.add", json!([1])).await;
    assert_eq!(self::section(&reply).0["limit"], 7);
    assert_eq!(self::section(&reply).0["n"], 6);
}

#[tokio::test]
async fn rows_of_a_handler_that_fails_or_still_runs_are_shown() {
    let server = site().await;
    let mut socket = Socket::open(&server.browser(), "/work/log").await;
    let reply = socket.event("log.slowly", json!([])).await;
    let rows: Vec<_> = reply
        .effects()
        .into_iter()
        .filter(|effect| effect["t"] == "stream")
        .collect();
    assert_eq!(rows.len(), 2, "{reply:?}");
    let reply = socket.event("log.fail", json!([])).await;
    assert_eq!(section(&reply).1, "a6");
    assert!(reply.effect("refused").is_some(), "{reply:?}");
}

#[tokio::test]
async fn a_task_writes_into_a_stream() {
    let server = site().await;
    let mut socket = Socket::open(&server.browser(), "/work/log").await;
    socket.event("log.follow", json!([300])).await;
    let mut rows = 0;
    while rows < 300 {
        let frame: Frame = socket.frame().await.expect("a frame");
        for effect in frame.effects() {
            rows += effect["ops"].as_array().map_or(0, Vec::len);
        }
    }
    assert_eq!(rows, 300);
}

#[tokio::test]
async fn a_body_has_no_rows_and_a_browser_that_is_back_gets_what_it_may_lack() {
    let server = site().await;
    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/work/log").await;
    socket.event("log.add", json!([1])).await;
    let version = socket.version;
    socket.event("log.add", json!([2])).await;
    socket.send(&json!(["miss", 1, "a test"])).await;
    let body = socket.frame().await.expect("a body");
    assert_eq!(body.kind, Kind::Body);
    assert!(!body.text().contains("<li"), "{}", body.text());

    let (mut again, hello) = back(&browser, &socket, version).await;
    assert_eq!(hello["fresh"], false);
    let body = again.frame().await.expect("a body");
    assert_eq!(body.kind, Kind::Body);
    let rows = again.frame().await.expect("rows").effects();
    let numbers: Vec<_> = rows.iter().map(|effect| effect["n"].clone()).collect();
    assert_eq!(numbers, [1, 2, 2], "{rows:?}");
    assert_eq!(rows[0]["page"], rows[2]["page"]);
}

#[tokio::test]
async fn a_page_opened_anew_begins_its_streams_anew() {
    let server = site().await;
    let browser = server.browser();
    let mut socket = Socket::connect(&browser, &[]).await.expect("a socket");
    socket.token = "0".repeat(32);
    let hello = socket.join("/work/log").await.expect("a hello");
    assert_eq!(hello["fresh"], true);
    let reply = Reply {
        frames: vec![socket.frame().await.expect("rows")],
    };
    assert_eq!(section(&reply).1, "0 a1 a2 a3");
}

#[tokio::test]
async fn a_page_that_is_gone_to_has_its_rows() {
    let server = site().await;
    let mut socket = Socket::open(&server.browser(), "/work/log").await;
    socket
        .send(&json!([1, "go", ["/work/log?from=elsewhere"]]))
        .await;
    let mut reply = Reply::default();
    while reply.effect("stream").is_none() {
        reply.frames.push(socket.frame().await.expect("rows"));
    }
    assert!(reply.effect("hello").is_some(), "{reply:?}");
    let (section, ops) = section(&reply);
    assert_eq!((&section["n"], ops.as_str()), (&json!(1), "0 a1 a2 a3"));
}

#[tokio::test]
async fn rows_of_a_page_that_goes_on_in_another_process_are_numbered_anew() {
    let store = MemoryPages::default();
    let start = |store: MemoryPages| {
        Server::start(
            App::new()
                .page::<LogPage>()
                .page_store(store)
                .build_id("one"),
        )
    };
    let (here, there) = (start(store.clone()).await, start(store).await);
    let browser = here.browser();
    let mut socket = Socket::open(&browser, "/work/log").await;
    let (before, _) = section(&socket.event("log.add", json!([1])).await);
    assert_eq!(before["n"], 1);
    let version = socket.version;
    socket.leave().await;

    let (mut socket, _) = back(&browser.at(&there), &socket, version).await;
    let mut reply = Reply::default();
    while reply.effect("stream").is_none() {
        reply.frames.push(socket.frame().await.expect("rows"));
    }
    let (after, ops) = section(&reply);
    assert_eq!((&after["n"], ops.as_str()), (&json!(1), "0 a1 a2 a3"));
    // a browser passes over numbers that it has of the same page
    assert_ne!(after["page"], before["page"]);
}
