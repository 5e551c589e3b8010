//! The page's socket: joins, events, and what the server sends.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use http::{HeaderValue, header::ORIGIN};
use serde_json::{Value, json};
use tokio::{io::DuplexStream, time::timeout};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Message, client::IntoClientRequest as _},
};

use super::TestPage;
use crate::testing::client::{
    browser::{is_elsewhere, joined},
    controls::Controls,
    dom::{Dom, Id},
    error::{Result, TestError},
    frame::{Frame, FrameKind},
    patch,
};

pub(super) type Stream = WebSocketStream<DuplexStream>;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// An event without an answer.
#[derive(Clone, Debug)]
pub(super) struct Pending {
    pub(super) seq: u64,
    /// As it is written in the page.
    pub(super) raw: String,
    tail: Vec<Value>,
}

/// A frame that the last step has brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TestFrame {
    /// What it changed.
    pub kind: FrameKind,
    /// Its length on the wire.
    pub bytes: usize,
}

impl TestPage {
    /// Opens the socket and joins the page.
    pub(super) async fn join(&mut self) -> Result {
        let failed = |why: &dyn std::fmt::Display| TestError::of("the socket was refused", why);
        let request = "ws://localhost/_event".into_client_request();
        let mut request = request.map_err(|error| failed(&error))?;
        self.browser.add_headers(request.headers_mut());
        let origin = HeaderValue::from_static("http://localhost");
        request.headers_mut().insert(ORIGIN, origin);
        let connection = self.browser.site.connect();
        let (stream, _) = client_async(request, connection)
            .await
            .map_err(|error| failed(&error))?;
        self.stream = Some(stream);
        let csrf = self.csrf();
        let join = json!(["join", {
            "v": crate::wire::VERSION, "token": self.token, "url": self.address,
            "version": self.version, "csrf": csrf,
            "waits": self.pending.first().map(|event| event.seq),
        }]);
        self.transmit(&join).await?;
        self.asked = 0;
        loop {
            let frame = self.frame().await?;
            let hello = frame.effects()?.into_iter().find(|one| one["t"] == "hello");
            let is_behind = frame.version != self.version;
            self.take(frame).await?;
            if let Some(hello) = hello {
                return self.greet(&hello, is_behind).await;
            }
            if self.go.is_some() {
                return self.leave().await;
            }
        }
    }

    /// The token against forged requests.
    pub(super) fn csrf(&self) -> Option<&str> {
        let token = self.dom.all(Dom::ROOT, |id| {
            self.dom.attr(id, "name") == Some("csrfmiddlewaretoken")
        });
        token.first().and_then(|id| self.dom.attr(*id, "value"))
    }

    /// The server has taken the join.
    async fn greet(&mut self, hello: &Value, is_behind: bool) -> Result {
        let fresh = hello["fresh"] == true;
        let seen = hello["seq"].as_u64().unwrap_or_default();
        if fresh || is_behind {
            let frame = self.frame().await?;
            self.take(frame).await?;
        }
        if self.has_joined {
            self.pending.retain(|event| event.seq > seen);
            if fresh {
                // a page opened anew does not know which of them have run
                let lost = self.pending.drain(..).map(|event| event.raw);
                self.lost.extend(lost);
            }
        } else {
            self.seq = seen;
        }
        let first = !self.has_joined;
        self.has_joined = true;
        for event in self.pending.clone() {
            self.transmit(&frame_of(&event)).await?;
        }
        self.answered().await?;
        if fresh {
            self.mounted.clear();
            self.tell_drafts().await?;
        }
        if first || fresh {
            self.attend().await?;
        }
        Ok(())
    }

    /// A page opened anew is told what was typed, as its browser does.
    async fn tell_drafts(&mut self) -> Result {
        let changed = self.dom.all(Dom::ROOT, |id| {
            self.dom.has(id, "data-rdj-input") && self.controls.is_changed(&self.dom, id)
        });
        for id in changed {
            self.tell(id, "input").await?;
        }
        Ok(())
    }

    /// Runs the `data-rdj-mount` of elements that have appeared.
    pub(super) async fn attend(&mut self) -> Result {
        if self.stream.is_none() {
            return Ok(());
        }
        loop {
            let all = self.dom.all(Dom::ROOT, |id| {
                self.dom.has(id, "data-rdj-mount") && !self.mounted.contains(&id)
            });
            let Some(id) = all.first().copied() else {
                return Ok(());
            };
            self.mounted.insert(id);
            let raw = self.dom.attr(id, "data-rdj-mount").unwrap_or_default();
            let raw = raw.to_owned();
            Box::pin(self.send_event(&raw, Vec::new(), None)).await?;
        }
    }

    /// Sends an event and takes all that answers it; without a socket it waits for one.
    pub(super) async fn event(
        &mut self,
        raw: &str,
        values: Vec<Value>,
        form: Option<Vec<(String, String)>>,
    ) -> Result {
        self.send_event(raw, values, form).await?;
        self.attend().await?;
        self.leave().await
    }

    async fn send_event(
        &mut self,
        raw: &str,
        values: Vec<Value>,
        form: Option<Vec<(String, String)>>,
    ) -> Result {
        let (name, args) = raw.split_once('(').unwrap_or((raw, ""));
        let args = args.strip_suffix(')').unwrap_or(args);
        let args = serde_json::from_str::<Vec<Value>>(&format!("[{args}]"));
        let mut args =
            args.map_err(|error| TestError::of(&format!("the event `{raw}` is no event"), &error))?;
        args.extend(values);
        let mut tail = vec![json!(name), json!(args)];
        tail.extend(form.map(|form| json!(form)));
        self.seq += 1;
        let event = Pending {
            seq: self.seq,
            raw: raw.to_owned(),
            tail,
        };
        self.pending.push(event.clone());
        if self.stream.is_none() {
            return Ok(());
        }
        self.transmit(&frame_of(&event)).await?;
        if std::mem::take(&mut self.loses_next) {
            // the server has it, and nobody hears what it says
            self.frame().await?;
            self.stream = None;
            return Ok(());
        }
        self.answered().await
    }

    /// Takes frames until all events are answered.
    async fn answered(&mut self) -> Result {
        while !self.pending.is_empty() && self.stream.is_some() {
            let frame = self.frame().await?;
            self.take(frame).await?;
        }
        Ok(())
    }

    /// Goes where the server has sent the browser.
    pub(super) async fn leave(&mut self) -> Result {
        let Some(to) = self.go.take() else {
            return Ok(());
        };
        if is_elsewhere(&to) {
            self.left_for = Some(to);
            self.stream = None;
            return Ok(());
        }
        let to = joined(&self.address, &to);
        Box::pin(self.load(&to)).await
    }

    pub(super) async fn transmit(&mut self, frame: &Value) -> Result {
        let Some(stream) = &mut self.stream else {
            return Err(TestError::new("the page has no socket"));
        };
        let sent = stream.send(Message::text(frame.to_string())).await;
        sent.map_err(|error| TestError::of("the socket is closed", &error))
    }

    /// The next frame.
    pub(super) async fn frame(&mut self) -> Result<Frame> {
        let step = &self.step;
        match timeout(PATIENCE, next(&mut self.stream)).await {
            Ok(Ok(frame)) => Ok(frame),
            Ok(Err(error)) => {
                self.stream = None;
                Err(TestError::of(step, &error))
            }
            Err(_) => Err(TestError::new(format!(
                "{step}: no answer for {PATIENCE:?}"
            ))),
        }
    }

    /// The next frame, if one comes in time.
    pub(super) async fn frame_within(&mut self, time: Duration) -> Result<Option<Frame>> {
        match timeout(time, next(&mut self.stream)).await {
            Ok(frame) => frame.map(Some),
            Err(_) => Ok(None),
        }
    }

    /// Does what a frame says.
    pub(super) async fn take(&mut self, frame: Frame) -> Result {
        self.pending.retain(|event| event.seq > frame.ack);
        let is_answer =
            frame.kind == FrameKind::Body && self.asked > 0 && frame.version == self.version;
        if !is_answer {
            self.frames.push(TestFrame {
                kind: frame.kind,
                bytes: frame.bytes,
            });
        }
        match frame.kind {
            FrameKind::Ack => {}
            FrameKind::Effects => return self.effects(&frame).await,
            FrameKind::Patch | FrameKind::TitledPatch => self.patch(&frame)?,
            FrameKind::Body if is_answer => {
                self.asked -= 1;
                self.compare(&frame)?;
            }
            FrameKind::Body => self.replace(&frame)?,
        }
        self.version = frame.version;
        self.follow_address();
        Ok(())
    }

    fn patch(&mut self, frame: &Frame) -> Result {
        let wrong =
            |why: &str| TestError::new(format!("{}: a patch does not fit: {why}", self.step));
        if frame.version != self.version + 1 {
            let why = format!("it follows version {}, not {}", frame.version, self.version);
            return Err(wrong(&why));
        }
        let titled = frame.kind == FrameKind::TitledPatch;
        self.controls.note(&self.dom);
        let applied = patch::apply(&mut self.dom, &frame.payload, titled);
        let applied = applied.map_err(|why| wrong(&why))?;
        self.controls.settle(&self.dom, &applied.resets);
        Ok(())
    }

    /// Another body in place of the one that is shown; what the user has typed goes over.
    fn replace(&mut self, frame: &Frame) -> Result {
        let (title, html) = frame.body()?;
        self.controls.note(&self.dom);
        let before = self.places();
        let form_of = |page: &Self, id: Id| {
            let form = page.dom.form_of(id)?;
            page.dom.attr(form, "data-rdj-form").map(str::to_owned)
        };
        let forms: Vec<_> = before.iter().map(|(_, id)| form_of(self, *id)).collect();
        let body = self.dom.body();
        let rows = self.rows();
        self.dom.set_inner(body, &html);
        self.put_rows(&rows);
        self.dom.set_title(&title);
        let mut carried = Controls::default();
        let after = self.places();
        for ((place, from), form) in before.iter().zip(forms) {
            let to = after.iter().find(|(other, _)| other == place);
            // a form that the server has reset or refilled goes back to what was rendered
            if let Some((_, to)) = to
                && form_of(self, *to) == form
            {
                carried.carry(&self.controls, *from, *to);
            }
        }
        self.controls = carried;
        self.controls.settle(&self.dom, &[]);
        Ok(())
    }

    /// The controls, and what tells that one of another body is the same.
    fn places(&self) -> Vec<(String, Id)> {
        let mut places: Vec<(String, Id)> = Vec::new();
        for id in self.dom.all(Dom::ROOT, |id| self.dom.is_control(id)) {
            let attr = |name| self.dom.attr(id, name).unwrap_or_default();
            let form = self.dom.form_of(id);
            let form = form.and_then(|form| self.dom.attr(form, "data-rdj-submit"));
            let tick = if self.dom.is_tick(id) {
                attr("value")
            } else {
                ""
            };
            let place = format!("{}|{form:?}|{}|{tick}", attr("id"), attr("name"));
            let same = places.iter().filter(|(other, _)| other.starts_with(&place));
            let number = same.count();
            places.push((format!("{place}|{number}"), id));
        }
        places
    }
}

fn frame_of(event: &Pending) -> Value {
    let mut frame = vec![json!(event.seq)];
    frame.extend(event.tail.iter().cloned());
    frame.into()
}

pub(super) async fn next(stream: &mut Option<Stream>) -> Result<Frame> {
    let Some(stream) = stream else {
        return Err(TestError::new("the page has no socket"));
    };
    loop {
        match stream.next().await {
            Some(Ok(Message::Binary(bytes))) => return Frame::decode(&bytes),
            Some(Ok(Message::Close(Some(close)))) => {
                let code = u16::from(close.code);
                let text = format!("the server closed the socket: {code} {}", close.reason);
                return Err(TestError::new(text));
            }
            Some(Ok(Message::Close(None))) | None => {
                return Err(TestError::new("the server closed the socket"));
            }
            Some(Err(error)) => return Err(TestError::of("the socket broke", &error)),
            Some(Ok(_)) => {}
        }
    }
}
