//! What a handler shows before it ends.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by a panic, and a handler panics to see what becomes of its page"
)]

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{
    extract::{Request, State},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse as _, Response},
};
use http::StatusCode;
use rdj::{App, FormValue, InputKind, prelude::*};
use rdj_tests::{Frame, Kind, Server, Socket};
use serde_json::{Value, json};
use tokio::sync::{Notify, Semaphore};

/// Holds handlers up until the test has looked.
struct Gate {
    open: Semaphore,
    ended: AtomicBool,
}

impl Gate {
    async fn pass(cx: &Cx) -> Result {
        let gate = cx.resource::<Arc<Self>>()?;
        let permit = gate.open.acquire().await;
        permit.map_err(|_| Error::internal("no gate"))?.forget();
        Ok(())
    }
}

/// A value that cannot be written once it is told so.
#[derive(Clone, Debug, Default)]
struct Fragile(Arc<AtomicBool>);

impl FormValue for Fragile {
    const KIND: InputKind = InputKind::Text;

    fn empty() -> Self {
        Self::default()
    }

    fn parse(_: &str) -> Result<Self, FieldError> {
        Ok(Self::default())
    }

    fn text(&self) -> String {
        assert!(!self.0.swap(false, Ordering::SeqCst), "the secret panic");
        String::new()
    }
}

#[rdj::app_state]
struct WorkState {
    pub step: u32,
    pub text: String,
    #[var(query)]
    pub fragile: Fragile,
}

#[rdj::events]
impl WorkState {
    async fn build(&mut self, cx: &Cx) -> Result {
        self.step = 1;
        cx.flush(self).await;
        Gate::pass(cx).await?;
        self.step = 2;
        Ok(())
    }

    async fn count(&mut self, _cx: &Cx) {
        self.step += 1;
    }

    async fn idle(&mut self, cx: &Cx) {
        for _ in 0..3 {
            cx.flush(self).await;
        }
    }

    async fn say(&mut self, cx: &Cx) -> Result {
        cx.messages().info("Reading.");
        cx.flush(self).await;
        Gate::pass(cx).await?;
        cx.messages().success("Read.");
        Ok(())
    }

    async fn fail(&mut self, cx: &Cx, how: String) -> Result {
        self.step = 10;
        cx.flush(self).await;
        self.step = 20;
        match how.as_str() {
            "refused" => Err(Error::invalid("Not today.")),
            "internal" => Err(Error::internal("the secret cause")),
            "given up" => {
                cx.resource::<Arc<Notify>>()?.notify_one();
                std::future::pending().await
            }
            _ => panic!("the secret panic"),
        }
    }

    /// Breaks what shows the page.
    async fn shatter(&mut self, cx: &Cx) {
        self.step = 30;
        self.fragile.0.store(true, Ordering::SeqCst);
        cx.flush(self).await;
    }

    async fn foreign(&mut self, cx: &Cx) -> Result {
        let mut own = Self::default();
        own.step += 99;
        cx.flush(&mut own).await;
        let mut other = AsideState::default();
        other.step += 98;
        cx.flush(&mut other).await;
        Ok(())
    }

    /// Shows one long text after the other, as fast as it can.
    async fn flood(&mut self, cx: &Cx) -> Result {
        let texts: Vec<_> = (1..=8).map(noise).collect();
        for (step, text) in (1..=2000).zip(texts.iter().cycle()) {
            self.step = step;
            self.text = format!("{step} {text}");
            cx.flush(self).await;
        }
        cx.resource::<Arc<Gate>>()?
            .ended
            .store(true, Ordering::SeqCst);
        Ok(())
    }
}

/// A text that does not get shorter by compressing it much.
fn noise(seed: u32) -> String {
    let mut state = u64::from(seed) | (1 << 40);
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let letter = |_| char::from_digit(u32::try_from(next() % 36).unwrap_or_default(), 36);
    (0..32_000).filter_map(letter).collect()
}

#[rdj::app_state]
struct AsideState {
    pub step: u32,
}

#[rdj::events]
impl AsideState {
    async fn count(&mut self, _cx: &Cx) {
        self.step += 1;
    }
}

#[rdj::page(
    route = "/work",
    template = "work.html",
    title = "Work",
    discover = false
)]
struct WorkPage {
    work: WorkState,
    aside: AsideState,
}

struct Site {
    server: Server,
    gate: Arc<Gate>,
}

async fn site(change: impl FnOnce(App) -> App) -> Site {
    let gate = Arc::new(Gate {
        open: Semaphore::new(0),
        ended: AtomicBool::new(false),
    });
    let app = App::new().page::<WorkPage>().resource(Arc::clone(&gate));
    let server = Server::start(change(app)).await;
    Site { server, gate }
}

impl Site {
    async fn open(&self) -> Socket {
        Socket::open(&self.server.browser(), "/work").await
    }
}

/// Sends an event, and waits for nothing.
async fn begin(socket: &mut Socket, name: &str, args: Value) -> u64 {
    socket.seq += 1;
    socket.send(&json!([socket.seq, name, args])).await;
    socket.seq
}

/// The next frame, which is a patch that answers nothing.
async fn shown(socket: &mut Socket) -> Frame {
    let frame = socket.frame().await.expect("a frame");
    assert_eq!((frame.kind, frame.ack), (Kind::Patch, 0), "{frame:?}");
    frame
}

#[tokio::test]
async fn a_patch_comes_before_the_event_ends_and_does_not_acknowledge_it() {
    let site = site(|app| app).await;
    let mut socket = site.open().await;
    let seq = begin(&mut socket, "work.build", json!([])).await;
    let frame = shown(&mut socket).await;
    assert!(frame.text().contains("step 1"), "{frame:?}");
    let early = socket.frame_within(Duration::from_millis(100)).await;
    assert!(early.is_none(), "the handler still runs: {early:?}");
    site.gate.open.add_permits(1);
    let reply = socket.reply(seq).await.expect("an answer");
    assert_eq!(reply.frames.len(), 1, "{reply:?}");
    assert!(reply.patched().contains("step 2"), "{reply:?}");
}

#[tokio::test]
async fn other_states_of_the_page_stay_as_they_are() {
    let site = site(|app| app).await;
    let mut socket = site.open().await;
    socket.event("aside.count", json!([])).await;
    let seq = begin(&mut socket, "work.build", json!([])).await;
    let frame = shown(&mut socket).await;
    assert!(!frame.text().contains("aside"), "{frame:?}");
    site.gate.open.add_permits(1);
    socket.reply(seq).await.expect("an answer");
    let reply = socket.event("aside.count", json!([])).await;
    assert!(reply.patched().contains("aside 2"), "{reply:?}");
}

#[tokio::test]
async fn what_changes_nothing_is_not_sent() {
    let site = site(|app| app).await;
    let mut socket = site.open().await;
    let reply = socket.event("work.idle", json!([])).await;
    assert_eq!(reply.frames.len(), 1, "{reply:?}");
    assert_eq!(reply.frames[0].kind, Kind::Ack);
}

#[tokio::test]
async fn messages_are_shown_before_the_event_ends() {
    let site = site(|app| app).await;
    let mut socket = site.open().await;
    let seq = begin(&mut socket, "work.say", json!([])).await;
    let frame = shown(&mut socket).await;
    assert!(frame.text().contains("Reading."), "{frame:?}");
    site.gate.open.add_permits(1);
    let reply = socket.reply(seq).await.expect("an answer");
    assert!(reply.patched().contains("Read."), "{reply:?}");
}

#[tokio::test]
async fn after_an_error_the_page_is_what_its_state_is() {
    let site = site(|app| app).await;
    let mut socket = site.open().await;
    for how in ["refused", "internal", "panic"] {
        let reply = socket.event("work.fail", json!([how])).await;
        assert!(reply.patched().contains("step 10"), "{how}: {reply:?}");
        assert!(reply.patched().contains("step 20"), "{how}: {reply:?}");
        let kind = if how == "refused" { "refused" } else { "error" };
        assert!(reply.effect(kind).is_some(), "{how}: {reply:?}");
        let reply = socket.event("work.count", json!([])).await;
        assert!(reply.patched().contains("step 21"), "{how}: {reply:?}");
    }
}

#[tokio::test]
async fn a_state_that_cannot_be_shown_is_not_lost() {
    let site = site(|app| app).await;
    let mut socket = site.open().await;
    socket.event("work.shatter", json!([])).await;
    let reply = socket.event("work.count", json!([])).await;
    assert!(reply.patched().contains("step 31"), "{reply:?}");
}

/// A layer that gives a handler up once it is told to.
async fn impatient(State(told): State<Arc<Notify>>, request: Request, next: Next) -> Response {
    tokio::select! {
        answer = next.run(request) => answer,
        () = told.notified() => StatusCode::REQUEST_TIMEOUT.into_response(),
    }
}

#[tokio::test]
async fn a_handler_that_is_given_up_gives_its_state_back() {
    let told = Arc::<Notify>::default();
    let layer = from_fn_with_state(Arc::clone(&told), impatient);
    let site = site(|app| app.resource(told).layer(layer)).await;
    let mut socket = site.open().await;
    let reply = socket.event("work.fail", json!(["given up"])).await;
    assert!(reply.patched().contains("step 10"), "{reply:?}");
    assert!(reply.effect("refused").is_some(), "{reply:?}");
    let reply = socket.event("work.count", json!([])).await;
    assert!(reply.patched().contains("step 21"), "{reply:?}");
}

#[tokio::test]
async fn a_state_that_the_event_is_not_for_is_not_shown() {
    let site = site(|app| app).await;
    let mut socket = site.open().await;
    let reply = socket.event("work.foreign", json!([])).await;
    assert_eq!(reply.frames.len(), 1, "{reply:?}");
    assert_eq!(reply.frames[0].kind, Kind::Ack);
}

#[tokio::test]
async fn without_a_socket_nothing_is_shown_before_the_end() {
    let site = site(|app| app).await;
    site.gate.open.add_permits(1);
    let browser = site.server.browser();
    let answer = browser.post("/work?_event=work.build", "").await;
    let html = answer.text().await.expect("a page");
    assert!(
        html.contains("step 2") && !html.contains("step 1"),
        "{html}"
    );
}

#[tokio::test]
async fn a_browser_that_does_not_read_is_sent_few_patches_and_holds_nothing_up() {
    // on a slow machine it is not given up either
    let wait = Duration::from_mins(10);
    let site = site(|app| app.configure(|config| config.send_timeout = wait)).await;
    let mut socket = site.open().await;
    let seq = begin(&mut socket, "work.flood", json!([])).await;
    for _ in 0..6000 {
        tokio::time::sleep(Duration::from_millis(50)).await;
        if site.gate.ended.load(Ordering::SeqCst) {
            break;
        }
    }
    assert!(site.gate.ended.load(Ordering::SeqCst), "the handler waits");
    let reply = socket.reply(seq).await.expect("an answer");
    // all of them would be 2000 and the end; how many the system takes unread is its own affair
    assert!(reply.frames.len() < 2000, "{} frames", reply.frames.len());
    let last = reply.frames.last().expect("a frame");
    assert!(last.text().contains("step 2000"), "the end is whole");
}

#[tokio::test]
async fn a_browser_that_is_gone_finds_the_end_when_it_is_back() {
    let site = site(|app| app).await;
    let browser = site.server.browser();
    let mut socket = Socket::open(&browser, "/work").await;
    begin(&mut socket, "work.build", json!([])).await;
    shown(&mut socket).await;
    let (token, version, seq) = (socket.token.clone(), socket.version, socket.seq);
    drop(socket);
    site.gate.open.add_permits(1);
    let mut socket = Socket::connect(&browser, &[]).await.expect("a socket");
    (socket.token, socket.version) = (token, version);
    let hello = socket.join("/work").await.expect("a hello");
    assert_eq!(hello["seq"], json!(seq));
    let frame = socket.frame().await.expect("a body");
    assert!(frame.text().contains("step 2"), "{frame:?}");
}
