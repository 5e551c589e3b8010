//! A socket that speaks the wire as a browser does.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::{
    net::TcpStream,
    time::{Instant, timeout, timeout_at},
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{self, Message, client::IntoClientRequest as _, http::HeaderValue},
};

use crate::{Browser, Frame, Kind};

/// How long a test waits for what must come. It is less than the minute after which the server looks at an
/// open page by itself: a test of what a page is told at once hears nothing of that.
pub(crate) const PATIENCE: Duration = Duration::from_secs(50);

/// How a socket ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// The close code.
    pub code: u16,
    /// The reason.
    pub reason: String,
}

/// All frames that answer one event.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    /// The frames, the last of which acknowledges the event.
    pub frames: Vec<Frame>,
}

impl Reply {
    /// The effects of all frames.
    #[must_use]
    pub fn effects(&self) -> Vec<Value> {
        self.frames.iter().flat_map(Frame::effects).collect()
    }

    /// The first effect of this kind.
    #[must_use]
    pub fn effect(&self, kind: &str) -> Option<Value> {
        self.effects()
            .into_iter()
            .find(|effect| effect["t"] == kind)
    }

    /// The id of the ticket for the cookies that the event has set.
    #[must_use]
    pub fn ticket(&self) -> Option<String> {
        self.effect("ticket")?["id"].as_str().map(str::to_owned)
    }

    /// The texts of all patches and bodies.
    #[must_use]
    pub fn patched(&self) -> String {
        let changes = self
            .frames
            .iter()
            .filter(|f| matches!(f.kind, Kind::Patch | Kind::Body));
        changes.map(Frame::text).collect()
    }

    /// Bytes on the wire.
    #[must_use]
    pub fn wire_length(&self) -> usize {
        self.frames.iter().map(|frame| frame.wire_length).sum()
    }

    /// Bytes of all frames before they are packed.
    #[must_use]
    pub fn plain_length(&self) -> usize {
        self.frames.iter().map(|frame| frame.plain_length).sum()
    }
}

/// An open socket.
#[derive(Debug)]
pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// The last event sent.
    pub seq: u64,
    /// The page's name, from the HTML or the last hello.
    pub token: String,
    /// The view version.
    pub version: u64,
    /// The token against forged requests.
    pub csrf: String,
}

impl Socket {
    /// Opens the page at `path` as a browser does: HTML, socket, join.
    ///
    /// # Panics
    ///
    /// The page does not answer, or does not take the join.
    pub async fn open(browser: &Browser, path: &str) -> Self {
        let html = browser.text(path).await;
        let token = Self::token_of(&html).unwrap_or_else(|| panic!("no page token in {html}"));
        let mut socket = Self::connect(browser, &[]).await.expect("a socket");
        socket.token = token;
        let hello = socket.join(path).await.expect("a hello");
        assert_eq!(
            hello["fresh"], false,
            "the page of the HTML is joined, not another one"
        );
        socket
    }

    /// Connects without joining; `headers` are added to the upgrade.
    ///
    /// # Errors
    ///
    /// The server refuses the upgrade.
    ///
    /// # Panics
    ///
    /// A header is not valid.
    pub async fn connect(
        browser: &Browser,
        headers: &[(&'static str, &str)],
    ) -> Result<Self, Box<tungstenite::Error>> {
        browser.have_token();
        let url = format!("ws://{}/_event", browser.host());
        let mut request = url.into_client_request().expect("a request");
        let origin = format!("http://{}", browser.host());
        let map = request.headers_mut();
        map.insert("origin", HeaderValue::from_str(&origin).expect("a header"));
        if let Some(cookies) = browser.cookies() {
            map.insert("cookie", HeaderValue::from_str(&cookies).expect("a header"));
        }
        for (name, value) in headers {
            map.insert(*name, HeaderValue::from_str(value).expect("a header"));
        }
        let (stream, _) = connect_async(request).await.map_err(Box::new)?;
        Ok(Self {
            stream,
            seq: 0,
            token: String::new(),
            version: 0,
            csrf: browser.cookie("csrftoken").unwrap_or_default(),
        })
    }

    /// Another socket of the same tab, before its first frame: it knows of the page what `old` knew.
    ///
    /// # Errors
    ///
    /// The server refuses the upgrade.
    pub async fn again(browser: &Browser, old: &Self) -> Result<Self, Box<tungstenite::Error>> {
        let mut socket = Self::connect(browser, &[]).await?;
        socket.token.clone_from(&old.token);
        (socket.seq, socket.version) = (old.seq, old.version);
        Ok(socket)
    }

    /// The page token in a page's HTML.
    #[must_use]
    pub fn token_of(html: &str) -> Option<String> {
        let at = html.find("name=\"rdj-page\" content=\"")?;
        html[at..].split('"').nth(3).map(str::to_owned)
    }

    /// Asks for its page, and hears nothing yet; with the first event whose answer the browser waits
    /// for, if it does. A closed socket is no error.
    pub async fn ask(&mut self, url: &str, waits: Option<u64>) {
        let join = json!({
            "v": 1, "token": self.token, "url": url, "version": self.version, "csrf": self.csrf,
            "waits": waits,
        });
        let frame = json!(["join", join]).to_string();
        self.send_raw(Message::text(frame)).await;
    }

    /// Joins; the hello, or how the socket ended.
    ///
    /// # Errors
    ///
    /// The server closed the socket.
    pub async fn join(&mut self, url: &str) -> Result<Value, End> {
        self.ask(url, None).await;
        let frame = self.frame().await?;
        let effect = frame.effects().into_iter().next().unwrap_or_default();
        if let Some(token) = effect["token"].as_str() {
            token.clone_into(&mut self.token);
        }
        if effect["fresh"] == true {
            self.frame().await?;
        }
        Ok(effect)
    }

    /// Sends any text frame.
    ///
    /// # Panics
    ///
    /// The socket is closed.
    pub async fn send(&mut self, frame: &Value) {
        self.send_text(&frame.to_string()).await;
    }

    /// Sends text as it is.
    ///
    /// # Panics
    ///
    /// The socket is closed.
    pub async fn send_text(&mut self, text: &str) {
        self.stream
            .send(Message::text(text))
            .await
            .expect("an open socket");
    }

    /// Sends any message, such as one that no browser sends; a closed socket is no error.
    pub async fn send_raw(&mut self, message: Message) {
        let _ = self.stream.send(message).await;
    }

    /// Sends an event and waits for its acknowledgement.
    ///
    /// # Panics
    ///
    /// The server closes the socket.
    pub async fn event(&mut self, name: &str, args: Value) -> Reply {
        self.seq += 1;
        let seq = self.seq;
        self.send(&json!([seq, name, args])).await;
        self.reply(seq).await.expect("an open socket")
    }

    /// Sends an event with a form.
    ///
    /// # Panics
    ///
    /// The server closes the socket.
    pub async fn submit(&mut self, name: &str, form: &[(&str, &str)]) -> Reply {
        self.seq += 1;
        let seq = self.seq;
        self.send(&json!([seq, name, [], form])).await;
        self.reply(seq).await.expect("an open socket")
    }

    /// The frames up to the acknowledgement of `seq`.
    ///
    /// # Errors
    ///
    /// The server closed the socket.
    pub async fn reply(&mut self, seq: u64) -> Result<Reply, End> {
        let mut reply = Reply::default();
        loop {
            let frame = self.frame().await?;
            let last = frame.ack >= seq;
            reply.frames.push(frame);
            if last {
                return Ok(reply);
            }
        }
    }

    /// The next frame, if one comes within this time.
    pub async fn frame_within(&mut self, time: Duration) -> Option<Frame> {
        timeout(time, self.frame()).await.ok()?.ok()
    }

    /// The next frame.
    ///
    /// # Errors
    ///
    /// The server closed the socket.
    ///
    /// # Panics
    ///
    /// No frame comes for 50 seconds.
    pub async fn frame(&mut self) -> Result<Frame, End> {
        let end = Instant::now() + PATIENCE;
        loop {
            let message = timeout_at(end, self.stream.next())
                .await
                .expect("a frame in time");
            match message {
                Some(Ok(Message::Binary(bytes))) => {
                    let frame = Frame::decode(&bytes);
                    self.version = frame.version;
                    return Ok(frame);
                }
                Some(Ok(Message::Close(Some(close)))) => {
                    return Err(End {
                        code: close.code.into(),
                        reason: close.reason.to_string(),
                    });
                }
                Some(Ok(Message::Close(None)) | Err(_)) | None => {
                    return Err(End {
                        code: 1006,
                        reason: String::new(),
                    });
                }
                Some(Ok(_)) => {}
            }
        }
    }

    /// Leaves as a browser does, and waits until the server has let go of the socket.
    pub async fn leave(&mut self) {
        self.send_raw(Message::Close(None)).await;
        self.end().await;
    }

    /// Waits for the end, whatever frames come before it.
    pub async fn end(&mut self) -> End {
        loop {
            if let Err(end) = self.frame().await {
                return end;
            }
        }
    }
}
