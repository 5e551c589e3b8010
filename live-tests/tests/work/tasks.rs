//! Tasks of a page.

#![expect(clippy::expect_used, reason = "a test fails by a panic")]

use std::{
    sync::{
        Arc,
        atomic::{AtomicU16, Ordering},
    },
    time::{Duration, Instant},
};

use axum::{
    Router,
    extract::Request,
    middleware::{Next, from_fn},
    response::IntoResponse as _,
    routing::get,
};
use http::StatusCode;
use rdj::{
    App,
    session::{self, Session},
};
use rdj_live_tests::pages::work::{ALIVE, JobsPage};
use rdj_tests::{Kind, Reply, Server, Socket};
use serde_json::json;
use tokio::{sync::Mutex, time::sleep};

/// The tests look at how many tasks there are: one after the other.
static ONE: Mutex<()> = Mutex::const_new(());

async fn site(change: impl FnOnce(App) -> App) -> Server {
    Server::start(change(App::new().page::<JobsPage>())).await
}

async fn open(server: &Server) -> Socket {
    Socket::open(&server.browser(), "/work/jobs").await
}

/// Reads frames until one has this text.
async fn until(socket: &mut Socket, text: &str) -> Reply {
    let mut reply = Reply::default();
    let end = Instant::now() + Duration::from_secs(20);
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
    let end = Instant::now() + Duration::from_secs(10);
    while ALIVE.load(Ordering::SeqCst) > 0 {
        assert!(Instant::now() < end, "a task goes on");
        sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn a_task_changes_its_page_after_the_event() {
    let _one = ONE.lock().await;
    let server = site(|app| app).await;
    let mut socket = open(&server).await;
    let reply = socket.event("jobs.count", json!([20, 10])).await;
    assert!(reply.patched().contains("running"), "{reply:?}");
    // events are answered meanwhile
    let reply = socket.event("jobs.touch", json!([])).await;
    assert!(
        reply.patched().contains("Touch 1") || reply.patched().contains('1'),
        "{reply:?}"
    );
    let reply = until(&mut socket, "counted to 10").await;
    assert!(reply.frames.iter().all(|frame| frame.ack == 0), "{reply:?}");
    assert!(reply.frames.len() > 2, "progress was shown: {reply:?}");
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
    assert!(reply.frames.len() < 100, "{}", reply.frames.len());
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
    // nothing more is changed
    while socket
        .frame_within(Duration::from_millis(200))
        .await
        .is_some()
    {}
    let reply = socket.event("jobs.touch", json!([])).await;
    assert!(!reply.patched().contains("step"), "{reply:?}");
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
    let reply = socket.event("jobs.count", json!([1, 1])).await;
    assert!(reply.effect("refused").is_none(), "{reply:?}");
}

#[tokio::test]
async fn a_task_survives_a_lost_connection_and_ends_with_its_page() {
    let _one = ONE.lock().await;
    let server =
        site(|app| app.configure(|config| config.hold_time = Duration::from_secs(1))).await;
    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/work/jobs").await;
    socket.event("jobs.count", json!([20, 15])).await;
    let (token, version) = (socket.token.clone(), socket.version);
    drop(socket);
    sleep(Duration::from_millis(500)).await;
    let mut socket = Socket::connect(&browser, &[]).await.expect("a socket");
    socket.token = token;
    socket.version = version;
    let hello = socket.join("/work/jobs").await.expect("a hello");
    assert_eq!(hello["fresh"], false);
    until(&mut socket, "counted to 15").await;
    socket.seq = hello["seq"].as_u64().unwrap_or_default();
    // nobody comes back
    socket.event("jobs.count", json!([20, 100_000])).await;
    drop(socket);
    sleep(Duration::from_millis(300)).await;
    assert_eq!(ALIVE.load(Ordering::SeqCst), 1);
    sleep(Duration::from_millis(1200)).await;
    // another page of the server is held, which drops what is over
    browser.text("/work/jobs").await;
    no_task().await;
}

#[tokio::test]
async fn a_task_that_waits_for_its_page_ends_with_it() {
    let _one = ONE.lock().await;
    let server =
        site(|app| app.configure(|config| config.hold_time = Duration::from_secs(1))).await;
    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/work/jobs").await;
    socket.event("jobs.flood", json!([])).await;
    drop(socket);
    // long enough for more changes than may wait
    sleep(Duration::from_millis(1500)).await;
    browser.text("/work/jobs").await;
    no_task().await;
}

/// What a layer answers instead of the page; nothing while it is zero.
type Answer = Arc<AtomicU16>;

async fn refusing(answer: &Answer) -> Server {
    refusing_with(answer, |app| app).await
}

async fn refusing_with(answer: &Answer, change: impl FnOnce(App) -> App) -> Server {
    let answer = Arc::clone(answer);
    site(move |app| {
        change(app).layer(from_fn(move |request: Request, next: Next| {
            let status = StatusCode::from_u16(answer.load(Ordering::SeqCst));
            async move {
                match status {
                    Ok(status) => status.into_response(),
                    Err(_) => next.run(request).await,
                }
            }
        }))
    })
    .await
}

#[tokio::test]
async fn who_loses_the_right_to_a_page_leaves_it_and_its_tasks_end() {
    let _one = ONE.lock().await;
    let answer = Answer::default();
    let server = refusing(&answer).await;
    let mut socket = open(&server).await;
    socket.event("jobs.count", json!([20, 100_000])).await;
    socket.frame().await.expect("progress");
    answer.store(403, Ordering::SeqCst);
    loop {
        let frame = socket.frame().await.expect("a frame");
        if frame.kind == Kind::Effects {
            assert_eq!(frame.effects()[0]["t"], "navigate", "{frame:?}");
            break;
        }
    }
    no_task().await;
}

#[tokio::test]
async fn a_look_that_a_layer_puts_off_takes_nothing_away() {
    let _one = ONE.lock().await;
    let answer = Answer::default();
    let often =
        |app: App| app.configure(|config| config.recheck_interval = Duration::from_millis(200));
    let server = refusing_with(&answer, often).await;
    let mut socket = open(&server).await;
    socket.event("jobs.count", json!([100_000, 1])).await;
    for status in [429, 425, 408, 503, 500] {
        answer.store(status, Ordering::SeqCst);
        let told = socket.frame_within(Duration::from_millis(600)).await;
        assert!(told.is_none(), "{status}: {told:?}");
        assert_eq!(ALIVE.load(Ordering::SeqCst), 1, "{status}");
    }
    answer.store(0, Ordering::SeqCst);
    let reply = socket.event("jobs.touch", json!([])).await;
    assert!(reply.effects().is_empty(), "{reply:?}");
    // a right that is lost ends them
    answer.store(403, Ordering::SeqCst);
    let told = socket.frame().await.expect("an effect");
    assert_eq!(told.effects()[0]["t"], "navigate", "{told:?}");
    no_task().await;
}

#[tokio::test]
async fn a_page_that_works_is_not_idle() {
    let _one = ONE.lock().await;
    let idle = Duration::from_millis(400);
    let server = site(|app| app.configure(|config| config.idle_timeout = idle)).await;
    let mut socket = open(&server).await;
    // says nothing for longer than that
    socket.event("jobs.count", json!([1500, 1])).await;
    until(&mut socket, "counted to 1").await;
    let end = socket.end().await;
    assert_eq!(end.code, 4001, "{end:?}");
    // not for ever
    let mut socket = open(&server).await;
    socket.event("jobs.count", json!([50, 100_000])).await;
    let began = Instant::now();
    let end = socket.end().await;
    assert_eq!(end.code, 4001, "{end:?}");
    assert!(began.elapsed() > idle * 20, "{:?}", began.elapsed());
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
        .idle(Duration::from_secs(2))
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
    let end = Instant::now() + Duration::from_secs(3);
    while Instant::now() < end {
        socket.event("jobs.touch", json!([])).await;
        sleep(Duration::from_millis(200)).await;
    }
    assert_eq!(read().await, "remembered", "events count");
    let end = Instant::now() + Duration::from_secs(3);
    while Instant::now() < end {
        let _ = socket.frame_within(Duration::from_millis(100)).await;
    }
    assert_eq!(read().await, "nothing");
}

#[tokio::test]
async fn what_a_layer_puts_off_outlives_the_socket() {
    let _one = ONE.lock().await;
    let answer = Answer::default();
    let server = refusing(&answer).await;
    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/work/jobs").await;
    socket.event("jobs.count", json!([20, 5])).await;
    answer.store(429, Ordering::SeqCst);
    no_task().await;
    // its end has come to the layer by now
    sleep(Duration::from_millis(300)).await;
    let (token, version) = (socket.token.clone(), socket.version);
    drop(socket);
    answer.store(0, Ordering::SeqCst);
    let mut socket = Socket::connect(&browser, &[]).await.expect("a socket");
    socket.token = token;
    socket.version = version;
    let hello = socket.join("/work/jobs").await.expect("a hello");
    assert_eq!(hello["fresh"], false);
    until(&mut socket, "counted to 5").await;
}

#[tokio::test]
async fn without_a_socket_the_task_waits_for_one() {
    let _one = ONE.lock().await;
    let server = site(|app| app).await;
    let browser = server.browser();
    let answer = browser.post("/work/jobs?_event=jobs.count(1,3)", "").await;
    let html = answer.text().await.expect("a page");
    assert!(html.contains("running"), "{html}");
    no_task().await;
}
