//! Tasks whose page a layer lets pass no more, or not for now.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU16, AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    extract::Request,
    middleware::{Next, from_fn},
    response::IntoResponse as _,
};
use http::StatusCode;
use rdj::App;
use rdj_live_tests::pages::work::{ALIVE, MAY_STEP};
use rdj_tests::{Kind, Server, Socket};
use serde_json::json;

use super::{ONE, no_task, open, site, until, until_alive};
use crate::steady;

/// What a layer answers instead of the page, nothing while it is zero, and how often it did.
#[derive(Clone, Default)]
struct Answer(Arc<(AtomicU16, AtomicUsize)>);

impl Answer {
    fn store(&self, status: u16) {
        self.0.0.store(status, Ordering::SeqCst);
    }

    /// The answer to one request.
    fn next(&self) -> Option<StatusCode> {
        let status = StatusCode::from_u16(self.0.0.load(Ordering::SeqCst)).ok()?;
        self.0.1.fetch_add(1, Ordering::SeqCst);
        Some(status)
    }

    /// Waits until it is given once more.
    async fn is_given(&self) {
        let count = || self.0.1.load(Ordering::SeqCst);
        let before = count();
        steady::until("the layer is asked", async || count() > before).await;
    }
}

async fn refusing(answer: &Answer) -> Server {
    refusing_with(answer, |app| app).await
}

async fn refusing_with(answer: &Answer, change: impl FnOnce(App) -> App) -> Server {
    let answer = answer.clone();
    site(move |app| {
        change(app).layer(from_fn(move |request: Request, next: Next| {
            let status = answer.next();
            async move {
                match status {
                    Some(status) => status.into_response(),
                    None => next.run(request).await,
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
    answer.store(403);
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
    until_alive(1).await;
    for status in [429, 425, 408, 503, 500] {
        answer.store(status);
        answer.is_given().await;
        let told = socket.frame_within(Duration::from_millis(200)).await;
        assert!(told.is_none(), "{status}: {told:?}");
        assert_eq!(ALIVE.load(Ordering::SeqCst), 1, "{status}");
    }
    answer.store(0);
    let reply = socket.event("jobs.touch", json!([])).await;
    assert!(reply.effects().is_empty(), "{reply:?}");
    // a right that is lost ends them
    answer.store(403);
    let told = socket.frame().await.expect("an effect");
    assert_eq!(told.effects()[0]["t"], "navigate", "{told:?}");
    no_task().await;
}

#[tokio::test]
async fn what_a_layer_puts_off_outlives_the_socket() {
    let _one = ONE.lock().await;
    let answer = Answer::default();
    let server = refusing(&answer).await;
    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/work/jobs").await;
    socket.event("jobs.walk", json!([5])).await;
    answer.store(429);
    MAY_STEP.add_permits(5);
    answer.is_given().await;
    no_task().await;
    answer.store(0);
    let back = Socket::again(&browser, &socket).await;
    drop(socket);
    let mut back = back.expect("a socket");
    let hello = back.join("/work/jobs").await.expect("a hello");
    assert_eq!(hello["fresh"], false);
    until(&mut back, "counted to 5").await;
}
