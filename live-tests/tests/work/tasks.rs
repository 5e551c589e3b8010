//! Tasks of a page.

#![expect(clippy::expect_used, reason = "a test fails by a panic")]

mod layers;

use std::{
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use axum::{Router, routing::get};
use rdj::{
    App,
    inside::Metrics,
    session::{self, Session},
};
use rdj_live_tests::pages::work::{ALIVE, JobsPage, MAY_STEP};
use rdj_tests::{Browser, Reply, Server, Socket};
use serde_json::{Value, json};
use tokio::{sync::Mutex, time::sleep};

use crate::steady::{self, PATIENCE};

/// The tests look at how many tasks there are: one after the other.
static ONE: Mutex<()> = Mutex::const_new(());

/// How long pages are held whose end is looked at.
const HOLD: Duration = Duration::from_secs(6);

async fn site(change: impl FnOnce(App) -> App) -> Server {
    Server::start(change(App::new().page::<JobsPage>())).await
}

async fn open(server: &Server) -> Socket {
    Socket::open(&server.browser(), "/work/jobs").await
}

/// Reads frames until one has this text.
async fn until(socket: &mut Socket, text: &str) -> Reply {
    let mut reply = Reply::default();
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end {
        let frame = socket.frame().await.expect("an open socket");
        let found = frame.text().contains(text);
        reply.frames.push(frame);
        if found {
            return reply;
        }
    }
    unreachable!("no {text} in {reply:?}")
}

async fn no_task() {
    until_alive(0).await;
}

async fn until_alive(count: usize) {
    let alive = async || ALIVE.load(Ordering::SeqCst) == count;
    steady::until(&format!("{count} tasks"), alive).await;
}

/// Waits until the task of a page that nobody has any more has ended.
async fn no_task_of_a_page_that_is_over(browser: &Browser) {
    let is_over = async || {
        // another page of the server is held, which drops what is over
        browser.text("/work/jobs").await;
        ALIVE.load(Ordering::SeqCst) == 0
    };
    steady::until("the page is over", is_over).await;
}

#[tokio::test]
async fn a_task_changes_its_page_after_the_event() {
    let _one = ONE.lock().await;
    let server = site(|app| app).await;
    let mut socket = open(&server).await;
    let reply = socket.event("jobs.walk", json!([3])).await;
    assert!(reply.patched().contains("running"), "{reply:?}");
    // events are answered meanwhile
    let reply = socket.event("jobs.touch", json!([])).await;
    assert!(reply.patched().ends_with("Touch 1"), "{reply:?}");
    let mut reply = Reply::default();
    for told in ["step 1", "step 2", "counted to 3"] {
        MAY_STEP.add_permits(1);
        reply.frames.extend(until(&mut socket, told).await.frames);
    }
    assert!(reply.frames.iter().all(|frame| frame.ack == 0), "{reply:?}");
    assert!(reply.patched().contains("Counted."), "{reply:?}");
    no_task().await;
}

#[tokio::test]
async fn many_changes_are_made_in_order_and_shown_together() {
    let _one = ONE.lock().await;
    let server = site(|app| app).await;
    let mut socket = open(&server).await;
    socket.event("jobs.ask", json!([])).await;
    let reply = until(&mut socket, "Some(2000)").await;
    // as many as may wait at a time are shown at once
    assert!(reply.frames.len() < 500, "{}", reply.frames.len());
}

#[tokio::test]
async fn a_task_can_be_cancelled() {
    let _one = ONE.lock().await;
    let server = site(|app| app).await;
    let mut socket = open(&server).await;
    socket.event("jobs.count", json!([5, 10_000])).await;
    let reply = socket.event("jobs.cancel", json!([])).await;
    assert!(reply.patched().contains("cancelled"), "{reply:?}");
    no_task().await;
    // nothing more is changed, once what was on its way has come
    let end = Instant::now() + PATIENCE;
    loop {
        let pause = Duration::from_millis(200);
        while socket.frame_within(pause).await.is_some() {}
        let reply = socket.event("jobs.touch", json!([])).await;
        if !reply.patched().contains("step") {
            break;
        }
        assert!(Instant::now() < end, "{reply:?}");
    }
}

#[tokio::test]
async fn errors_are_told_and_causes_are_not() {
    let _one = ONE.lock().await;
    let server = site(|app| app).await;
    for (how, told) in [
        ("refused", "Not today."),
        ("internal", "failed"),
        ("panic", "failed"),
        ("change", "failed"),
    ] {
        let mut socket = open(&server).await;
        socket.event("jobs.fail", json!([how])).await;
        let mut reply = until(&mut socket, told).await;
        if how != "refused" && reply.effect("error").is_none() {
            let rest = socket.frame().await.expect("the error");
            reply.frames.push(rest);
        }
        assert_eq!(
            reply.effect("error").is_some(),
            how != "refused",
            "{how}: {reply:?}"
        );
        assert!(!format!("{reply:?}").contains("secret"), "{how}: {reply:?}");
        let id = reply.effect("error").map(|error| error["id"].to_string());
        let id = id.unwrap_or_default().replace('"', "");
        assert!(reply.patched().contains(&id), "{how}: {reply:?}");
    }
    no_task().await;
}

#[tokio::test]
async fn a_page_has_no_more_tasks_than_it_may() {
    let _one = ONE.lock().await;
    let server = site(|app| app.configure(|config| config.max_tasks_per_page = 1)).await;
    let mut socket = open(&server).await;
    socket.event("jobs.count", json!([5, 10_000])).await;
    let reply = socket.event("jobs.count", json!([5, 10_000])).await;
    let refused = reply.effect("refused").expect("a refusal");
    assert!(
        refused["text"].to_string().contains("too many tasks"),
        "{refused}"
    );
    socket.event("jobs.cancel", json!([])).await;
    no_task().await;
    let reply = socket.event("jobs.count", json!([1, 1])).await;
    assert!(reply.effect("refused").is_none(), "{reply:?}");
}

#[tokio::test]
async fn a_task_survives_a_lost_connection() {
    let _one = ONE.lock().await;
    let metrics = Metrics::token("/metrics", "a-token-of-the-tests");
    let server = site(|app| app.metrics(metrics.clone())).await;
    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/work/jobs").await;
    socket.event("jobs.walk", json!([15])).await;
    let mut back = Socket::again(&browser, &socket).await.expect("a socket");
    drop(socket);
    let held = async || metrics.text().contains("rdj_held_pages 1\n");
    steady::until("the page waits", held).await;
    MAY_STEP.add_permits(15);
    no_task().await;
    let hello = back.join("/work/jobs").await.expect("a hello");
    assert_eq!(hello["fresh"], false);
    until(&mut back, "counted to 15").await;
}

#[tokio::test]
async fn a_task_ends_with_its_page() {
    let _one = ONE.lock().await;
    let server = site(|app| app.configure(|config| config.hold_time = HOLD)).await;
    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/work/jobs").await;
    socket.event("jobs.count", json!([20, 100_000])).await;
    until_alive(1).await;
    // nobody comes back
    drop(socket);
    no_task_of_a_page_that_is_over(&browser).await;
}

#[tokio::test]
async fn a_task_that_waits_for_its_page_ends_with_it() {
    let _one = ONE.lock().await;
    let server = site(|app| app.configure(|config| config.hold_time = HOLD)).await;
    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/work/jobs").await;
    socket.event("jobs.flood", json!([])).await;
    until_alive(1).await;
    // long enough for more changes than may wait
    drop(socket);
    no_task_of_a_page_that_is_over(&browser).await;
}

/// A page of its own, and its first event, before the server has said anything.
async fn begin(server: &Server, args: Value) -> Socket {
    let browser = server.browser();
    let mut socket = Socket::connect(&browser, &[]).await.expect("a socket");
    socket.ask("/work/jobs", None).await;
    socket.send(&json!([1, "jobs.count", args])).await;
    socket
}

#[tokio::test]
async fn a_page_that_works_is_not_idle() {
    let _one = ONE.lock().await;
    let idle = Duration::from_secs(6);
    let server = site(|app| app.configure(|config| config.idle_timeout = idle)).await;
    // says nothing for longer than that
    let mut socket = begin(&server, json!([9000, 1])).await;
    until(&mut socket, "counted to 1").await;
    let end = socket.end().await;
    assert_eq!(end.code, 4001, "{end:?}");
}

#[tokio::test]
async fn a_page_does_not_work_for_ever() {
    let _one = ONE.lock().await;
    let idle = Duration::from_secs(1);
    let server = site(|app| app.configure(|config| config.idle_timeout = idle)).await;
    // a machine that stands still before the event has come ends it early
    for _ in 0..5 {
        let began = Instant::now();
        let mut socket = begin(&server, json!([50, 100_000])).await;
        let end = socket.end().await;
        assert_eq!(end.code, 4001, "{end:?}");
        if began.elapsed() > idle * 20 {
            return;
        }
    }
    unreachable!("closed early each time");
}

async fn read(session: Session) -> String {
    let text = session.get::<String>("text").await.ok().flatten();
    text.unwrap_or_else(|| "nothing".to_owned())
}

async fn write(session: Session) -> &'static str {
    match session.insert("text", "remembered").await {
        Ok(()) => "done",
        Err(_) => "failed",
    }
}

#[tokio::test]
async fn what_a_task_shows_keeps_no_session_alive() {
    let _one = ONE.lock().await;
    let sessions = session::memory()
        .idle(Duration::from_secs(12))
        .save_every_request(true);
    let routes = Router::new()
        .route("/read", get(read))
        .route("/write", get(write));
    let server = site(|app| app.sessions(sessions).merge(routes)).await;
    let browser = server.browser();
    assert_eq!(browser.text("/write").await, "done");
    let mut socket = Socket::open(&browser, "/work/jobs").await;
    socket.event("jobs.count", json!([20, 100_000])).await;
    // the cookie as it is now: that of the browser ends too
    let shown = browser.cookies().unwrap_or_default();
    let read = async || {
        let shown = [("cookie", shown.as_str())];
        let answer = server.browser().get_with("/read", &shown).await;
        answer.text().await.unwrap_or_default()
    };
    let end = Instant::now() + Duration::from_secs(13);
    while Instant::now() < end {
        socket.event("jobs.touch", json!([])).await;
        sleep(Duration::from_millis(200)).await;
    }
    assert_eq!(read().await, "remembered", "events count");
    let end = Instant::now() + Duration::from_secs(15);
    while Instant::now() < end {
        let _ = socket.frame_within(Duration::from_millis(100)).await;
    }
    assert_eq!(read().await, "nothing");
}

#[tokio::test]
async fn without_a_socket_the_task_waits_for_one() {
    let _one = ONE.lock().await;
    let server = site(|app| app).await;
    let browser = server.browser();
    let answer = browser.post("/work/jobs?_event=jobs.walk(3)", "").await;
    let html = answer.text().await.expect("a page");
    assert!(html.contains("running"), "{html}");
    // it runs, and nobody is shown what it does
    MAY_STEP.add_permits(3);
    no_task().await;
    let mut socket = Socket::connect(&browser, &[]).await.expect("a socket");
    socket.token = Socket::token_of(&html).expect("a token");
    let hello = socket.join("/work/jobs").await.expect("a hello");
    assert_eq!(hello["fresh"], false);
    let reply = until(&mut socket, "counted to 3").await;
    assert!(reply.patched().contains("Counted."), "{reply:?}");
}
