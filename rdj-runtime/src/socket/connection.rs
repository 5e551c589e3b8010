//! One socket and its page, from the join to the end.

mod event;
mod follow;
mod go;
mod joining;
mod outgoing;
mod patches;
mod quiet;
mod watched;
mod working;

use std::{
    collections::VecDeque,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};
use tokio::sync::watch;

use self::{follow::Following, working::Working};
use super::{limits::Limits, live::Signals};
use crate::{
    bridge::{Caller, Outcome},
    inside::{Ended, ended_as},
    page::{
        Holder, PageSpec,
        http::login_address,
        mount::{Mounted, SharedMounted},
    },
    runtime::{Admission, Runtime},
    wire::{Effect, Incoming},
};

/// How long a socket may be open without joining.
const JOIN_TIME: Duration = Duration::from_secs(10);
/// Closed after a long time without an event; the browser comes back when its user does.
const CLOSE_IDLE: u16 = 4001;
/// Closed because another socket has the page now: a browser that is still there opens its own.
pub(super) const CLOSE_TAKEN: u16 = 4002;
/// Closed because the browser has another session by now than when it loaded the page.
pub(super) const CLOSE_OUTDATED: u16 = 4003;
/// The reason that goes with [`CLOSE_TAKEN`].
const TAKEN: &str = "the page has another socket";
/// The reason that closes a socket which sends without end.
const TOO_MANY: &str = "too many events";
/// How long a closed socket waits for the browser to close it too.
const LINGER: Duration = Duration::from_secs(1);

/// The end of a socket, for the browser.
#[derive(Debug)]
struct Close {
    code: u16,
    reason: String,
}

impl Close {
    fn new(code: u16, reason: impl Into<String>) -> Self {
        Self {
            code,
            reason: reason.into(),
        }
    }

    fn taken_over() -> Self {
        Self::new(CLOSE_TAKEN, TAKEN)
    }

    /// The server stops; the reason is after how many milliseconds the browser may come back.
    fn restart(after: Duration) -> Self {
        Self::new(close_code::RESTART, after.as_millis().to_string())
    }

    fn policy(reason: impl Into<String>) -> Self {
        Self::new(close_code::POLICY, reason)
    }
}

/// Why a browser is given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gone {
    /// It is not there any more.
    Left,
    /// It did not read a frame in time.
    Slow,
    /// It gave no sign of life in time.
    Dead,
}

/// How one step of a connection ends.
type Step = Result<(), Option<Close>>;

impl From<Gone> for Option<Close> {
    fn from(_: Gone) -> Self {
        None
    }
}

/// One socket.
pub(crate) struct Connection {
    runtime: Arc<Runtime>,
    caller: Caller,
    holder: Holder,
    socket: WebSocket,
    limits: Limits,
    page: Option<SharedMounted>,
    /// The facts of the page.
    spec: Option<&'static PageSpec>,
    /// How many bytes the page was counted to hold of its HTML.
    counted: usize,
    token: String,
    /// What happens to the page from outside.
    signals: Arc<Signals>,
    /// The last tickets that this browser was given.
    tickets: VecDeque<String>,
    last_event: Instant,
    last_heard: Instant,
    /// How many pings were sent; each carries its number, and so does the answer.
    pings: u32,
    /// When the browser's rights were looked at last.
    last_check: Instant,
    /// Whether something other than time asked for a look at them.
    is_check_asked: bool,
    /// Which changed rows the page waits for.
    following: Following,
    /// What tasks and uploads want of the page.
    working: Working,
    cooled: bool,
    /// When a server that stops closes the socket.
    leaves_at: Option<Instant>,
    /// Why nothing more can be sent, if so.
    gone: Option<Gone>,
    _admission: Admission,
}

impl Connection {
    pub(crate) fn new(
        runtime: Arc<Runtime>,
        caller: Caller,
        holder: Holder,
        socket: WebSocket,
        admission: Admission,
    ) -> Self {
        let limits = Limits::new(runtime.config.events_per_second, runtime.config.event_burst);
        let now = Instant::now();
        Self {
            runtime,
            caller,
            holder,
            socket,
            limits,
            tickets: VecDeque::new(),
            page: None,
            spec: None,
            counted: 0,
            token: String::new(),
            signals: Arc::default(),
            last_event: now,
            last_heard: now,
            pings: 0,
            last_check: now,
            is_check_asked: false,
            following: Following::default(),
            working: Working::default(),
            cooled: false,
            leaves_at: None,
            gone: None,
            _admission: admission,
        }
    }

    /// Serves the socket until it ends, and keeps its page for a return.
    pub(crate) async fn run(mut self) {
        let end = self.serve().await;
        // before the browser knows: it comes back at once
        self.release().await;
        let Err(Some(close)) = end else { return };
        tracing::debug!(code = close.code, reason = close.reason, "socket closed");
        self.count_close(&close);
        let frame = CloseFrame {
            code: close.code,
            reason: close.reason.into(),
        };
        if self.send(Message::Close(Some(frame))).await.is_ok() {
            linger(&mut self.socket).await;
        }
    }

    async fn serve(&mut self) -> Step {
        let mut stopping = self.runtime.stopping.subscribe();
        loop {
            let wake = self.next_wake();
            let signals = Arc::clone(&self.signals);
            let turn = self.following.turn(&self.runtime.readers);
            let leaves_at = self.leaves_at;
            tokio::select! {
                biased;
                () = told(&mut stopping), if self.leaves_at.is_none() => {
                    self.leaves_at = Some(Instant::now() + self.runtime.turn_to_leave());
                }
                // before what a browser sends: one that never pauses would keep its page from being kept
                () = leave_at(leaves_at), if leaves_at.is_some() => {
                    return Err(Some(Close::restart(self.runtime.config.restart_time)));
                }
                () = signals.leave.notified() => return Err(Some(Close::taken_over())),
                () = signals.check.notified() => {
                    self.is_check_asked = true;
                    Box::pin(self.watched_check()).await?;
                }
                message = self.socket.recv() => {
                    self.last_heard = Instant::now();
                    // boxed, so that a quiet connection does not carry the space of a busy one
                    Box::pin(self.receive(message)).await?;
                }
                () = signals.changed.notified(), if !(self.following.waits() && self.working.waits()) => {
                    self.working.plan();
                    self.changed();
                }
                turn = turn => Box::pin(self.watched_follow(turn)).await?,
                () = tokio::time::sleep_until(wake.into()) => self.wake().await?,
            }
        }
    }

    async fn receive(&mut self, message: Option<Result<Message, axum::Error>>) -> Step {
        match message {
            Some(Ok(Message::Text(text))) => match Incoming::parse(&text) {
                Ok(incoming) => self.take(incoming).await,
                Err(error) => self.malformed(&error.to_string()).await,
            },
            Some(Ok(Message::Binary(_))) => self.malformed("frames are text").await,
            // answered by the protocol's library, and work all the same
            Some(Ok(Message::Ping(_) | Message::Pong(_))) if self.limits.take(Instant::now()) => {
                Ok(())
            }
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => self.too_fast(0).await,
            Some(Ok(Message::Close(_))) | None => Err(None),
            Some(Err(error)) => Err(close_for(&error)),
        }
    }

    async fn take(&mut self, incoming: Incoming) -> Step {
        match (incoming, self.page.clone()) {
            (Incoming::Join(join), None) => self.join(&join).await,
            (Incoming::Join(_), Some(_)) => self.malformed("joined already").await,
            (_, None) => Err(Some(Close::policy("the first frame is a join"))),
            (Incoming::Event(event), Some(page)) => self.watched_event(&page, event).await,
            (Incoming::Go(go), Some(page)) => self.watched_go(&page, go).await,
            (Incoming::Miss { version, reason }, Some(page)) => {
                tracing::debug!(version, reason, "a patch did not fit the browser's page");
                self.count_miss();
                if !self.limits.take(Instant::now()) {
                    return self.too_fast(0).await;
                }
                self.send_body(&page).await
            }
        }
    }

    /// A frame that no browser of ours sends: told, and closed when it goes on.
    async fn malformed(&mut self, why: &str) -> Step {
        if self.page.is_none() || !self.limits.strike() {
            return Err(Some(Close::policy("malformed frame")));
        }
        tracing::debug!(why, "malformed frame");
        ended_as(Ended::Refused);
        let text = self.caller.text("rdj-bad-request");
        Ok(self
            .send_effects(0, &[Effect::Refused { status: 400, text }])
            .await?)
    }

    /// What the browser is asked to do after an event that no handler ran for.
    fn effect_of(&self, outcome: Outcome, from: &http::Uri) -> Option<Effect> {
        Some(match outcome {
            Outcome::Ran => return None,
            Outcome::Navigate(to) => Effect::navigate(to),
            Outcome::Redirect(to) => Effect::Redirect { to },
            Outcome::Login => Effect::navigate(login_address(from, &self.runtime)),
            Outcome::Refused { status, text } => Effect::Refused { status, text },
            Outcome::Failed { id } | Outcome::Answered { id } => Effect::Error {
                id,
                text: self.caller.text("rdj-failed"),
            },
        })
    }

    /// Keeps the page for a while, for a browser that comes back.
    async fn release(&mut self) {
        self.uncount_view();
        if let Some(page) = self.page.take().and_then(Arc::into_inner) {
            let mut mounted: Mounted = page.into_inner();
            mounted.cool();
            let holder = std::mem::take(&mut self.holder);
            self.runtime.pages.hold(mounted, holder, true).await;
        }
        // only now: a browser that asks in between finds the page in one place or the other
        self.runtime.live.leave(&self.token, &self.signals);
    }
}

impl Drop for Connection {
    /// A panic comes past the rest: a page that nobody serves any more keeps no browser from its own.
    fn drop(&mut self) {
        self.uncount_view();
        self.runtime.live.leave(&self.token, &self.signals);
    }
}

/// Reads on until the browser has closed too, or for a little while: a socket that is closed with frames
/// unread is reset, and the browser may never learn why.
async fn linger(socket: &mut WebSocket) {
    let rest = async { while let Some(Ok(_)) = socket.recv().await {} };
    let _ = tokio::time::timeout(LINGER, rest).await;
}

/// The close frame for a failed read.
fn close_for(error: &axum::Error) -> Option<Close> {
    let text = error.to_string();
    // tungstenite's error types are not part of axum's interface
    if text.contains("too long") || text.contains("too big") || text.contains("capacity") {
        return Some(Close::new(close_code::SIZE, "the frame is too large"));
    }
    if text.contains("UTF-8") || text.contains("protocol") {
        return Some(Close::new(close_code::PROTOCOL, "malformed frame"));
    }
    None
}

/// Ends when the socket leaves.
async fn leave_at(at: Option<Instant>) {
    if let Some(at) = at {
        tokio::time::sleep_until(at.into()).await;
    }
}

/// Ends when the server is told to stop.
async fn told(stopping: &mut watch::Receiver<bool>) {
    if stopping.wait_for(|stop| *stop).await.is_err() {
        // the sender lives as long as the connection's runtime
        std::future::pending::<()>().await;
    }
}
