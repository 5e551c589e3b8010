//! One socket and its page, from the join to the end.

mod event;
mod follow;
mod joining;
mod outgoing;
mod patches;

use std::{
    collections::VecDeque,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};
use tokio::sync::watch;

use self::follow::Following;
use super::{limits::Limits, live::Signals};
use crate::{
    bridge::{Caller, Outcome},
    page::{
        Holder,
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
const CLOSE_TAKEN: u16 = 4002;

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
        Self::new(CLOSE_TAKEN, "the page has another socket")
    }

    fn policy(reason: impl Into<String>) -> Self {
        Self::new(close_code::POLICY, reason)
    }
}

/// The browser is gone, or a frame could not be sent to it in time.
#[derive(Debug)]
struct Gone;

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
    token: String,
    /// What happens to the page from outside.
    signals: Arc<Signals>,
    /// The last tickets that this browser was given.
    tickets: VecDeque<String>,
    last_event: Instant,
    last_heard: Instant,
    /// When the browser's rights were looked at last.
    last_check: Instant,
    /// Which changed rows the page waits for.
    following: Following,
    cooled: bool,
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
            token: String::new(),
            signals: Arc::default(),
            last_event: now,
            last_heard: now,
            last_check: now,
            following: Following::default(),
            cooled: false,
            _admission: admission,
        }
    }

    /// Serves the socket until it ends, and keeps its page for a return.
    pub(crate) async fn run(mut self) {
        let end = self.serve().await;
        if let Err(Some(close)) = end {
            tracing::debug!(code = close.code, reason = close.reason, "socket closed");
            let frame = CloseFrame {
                code: close.code,
                reason: close.reason.into(),
            };
            let _ = self.send(Message::Close(Some(frame))).await;
        }
        self.release();
    }

    async fn serve(&mut self) -> Step {
        let mut stopping = self.runtime.stopping.subscribe();
        loop {
            let wake = self.next_wake();
            let signals = Arc::clone(&self.signals);
            let turn = self.following.turn(&self.runtime.readers);
            tokio::select! {
                biased;
                () = told(&mut stopping) => {
                    return Err(Some(Close::new(close_code::AWAY, "the server stops")));
                }
                () = signals.leave.notified() => return Err(Some(Close::taken_over())),
                () = signals.check.notified() => Box::pin(self.check()).await?,
                message = self.socket.recv() => {
                    self.last_heard = Instant::now();
                    // boxed, so that a quiet connection does not carry the space of a busy one
                    Box::pin(self.receive(message)).await?;
                }
                () = signals.changed.notified(), if !self.following.waits() => self.changed(),
                turn = turn => Box::pin(self.follow(turn)).await?,
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
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(()),
            Some(Ok(Message::Close(_))) | None => Err(None),
            Some(Err(error)) => Err(close_for(&error)),
        }
    }

    async fn take(&mut self, incoming: Incoming) -> Step {
        match (incoming, self.page.clone()) {
            (Incoming::Join(join), None) => self.join(&join).await,
            (Incoming::Join(_), Some(_)) => self.malformed("joined already").await,
            (_, None) => Err(Some(Close::policy("the first frame is a join"))),
            (Incoming::Event(event), Some(page)) => self.event(&page, event).await,
            (Incoming::Miss { version, reason }, Some(page)) => {
                tracing::debug!(version, reason, "a patch did not fit the browser's page");
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

    /// When something is due next: a ping, the end of an idle socket, compressing a quiet page.
    fn next_wake(&self) -> Instant {
        let config = &self.runtime.config;
        let idle = self.last_event + config.idle_timeout;
        let mut wake = idle.min(self.last_heard + config.ping_interval);
        if self.page.is_none() {
            return wake.min(self.last_event + JOIN_TIME);
        }
        wake = wake.min(self.last_check + config.recheck_interval);
        if !self.cooled {
            wake = wake.min(self.last_event + config.cool_after);
        }
        wake
    }

    async fn wake(&mut self) -> Step {
        let runtime = Arc::clone(&self.runtime);
        let config = &runtime.config;
        let now = Instant::now();
        if self.page.is_none() && now >= self.last_event + JOIN_TIME {
            return Err(Some(Close::policy("no join")));
        }
        if now >= self.last_event + config.idle_timeout {
            return Err(Some(Close::new(CLOSE_IDLE, "idle")));
        }
        if now >= self.last_event + config.cool_after && !self.cooled {
            self.cool();
        }
        if self.page.is_some() && now >= self.last_check + config.recheck_interval {
            Box::pin(self.check()).await?;
        }
        if now >= self.last_heard + config.ping_interval {
            return self.ping().await;
        }
        Ok(())
    }

    /// Compresses what the browser has, as long as nothing happens.
    fn cool(&mut self) {
        self.cooled = true;
        if let Some(Ok(mut mounted)) = self.page.as_ref().map(|page| page.try_lock()) {
            mounted.cool();
        }
    }

    /// Asks the browser for a sign of life; a socket without one for two intervals is dead.
    async fn ping(&mut self) -> Step {
        self.send(Message::Ping(axum::body::Bytes::new())).await?;
        let wait = self.runtime.config.ping_interval;
        let signals = Arc::clone(&self.signals);
        let answer = tokio::select! {
            () = signals.leave.notified() => return Err(Some(Close::taken_over())),
            answer = tokio::time::timeout(wait, self.socket.recv()) => answer,
        };
        match answer {
            Ok(message) => {
                self.last_heard = Instant::now();
                Box::pin(self.receive(message)).await
            }
            Err(_) => Err(None),
        }
    }

    /// Keeps the page for a while, for a browser that comes back.
    fn release(self) {
        if let Some(page) = self.page.and_then(Arc::into_inner) {
            let mut mounted: Mounted = page.into_inner();
            mounted.cool();
            self.runtime.held.hold(mounted, self.holder);
        }
        // only now: a browser that asks in between finds the page in one place or the other
        self.runtime.live.leave(&self.token, &self.signals);
    }
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

/// Ends when the server is told to stop.
async fn told(stopping: &mut watch::Receiver<bool>) {
    if stopping.wait_for(|stop| *stop).await.is_err() {
        // the sender lives as long as the connection's runtime
        std::future::pending::<()>().await;
    }
}
