//! HTTP and WebSocket by hand: what no browser and no library would send.

use std::time::Duration;

use rdj_tests::Browser;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

const PATIENCE: Duration = Duration::from_mins(2);

/// An answer as it came.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// Status line and headers, in lower case.
    pub(super) head: String,
    pub(super) body: String,
}

impl Answer {
    fn parse(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
        Self {
            status: status.unwrap_or_default(),
            head: head.to_ascii_lowercase(),
            body: body.to_owned(),
        }
    }

    /// The value of a header, in lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines
            .filter(|(own, _)| *own == name)
            .map(|(_, value)| value)
            .next()
    }
}

/// Sends bytes and reads until the server closes; nothing for a server that only closes.
pub(super) async fn send(host: &str, bytes: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(host).await.expect("a connection");
    // the server may answer and close before it has read all
    let _ = stream.write_all(bytes).await;
    Answer::parse(&rest(&mut stream).await)
}

/// What still comes until the server closes.
async fn rest(stream: &mut TcpStream) -> Vec<u8> {
    let mut rest = Vec::new();
    let _ = timeout(PATIENCE, stream.read_to_end(&mut rest))
        .await
        .expect("an end");
    rest
}

/// A request with these headers, as they are; `Host` is the server's unless it is one of them.
pub(super) async fn ask(
    host: &str,
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Answer {
    let mut text = format!("{method} {target} HTTP/1.1\r\nConnection: close\r\n");
    let has_host = headers.iter().any(|(name, _)| *name == "Host");
    let own = [("Host", host)];
    for (name, value) in headers.iter().chain(own.iter().filter(|_| !has_host)) {
        text.extend([name, ": ", value, "\r\n"]);
    }
    if method == "POST" {
        let length = body.len().to_string();
        text.push_str("Content-Type: application/x-www-form-urlencoded\r\n");
        text.extend(["Content-Length: ", &length, "\r\n"]);
    }
    send(host, format!("{text}\r\n{body}").as_bytes()).await
}

/// A GET with the cookies of a browser.
pub(super) async fn get(browser: &Browser, target: &str, headers: &[(&str, &str)]) -> Answer {
    let cookies = browser.cookies().unwrap_or_default();
    let mut all = vec![("Cookie", cookies.as_str())];
    all.extend(headers);
    ask(browser.host(), "GET", target, &all, "").await
}

/// A form with the cookies and the CSRF token of a browser.
pub(super) async fn post(
    browser: &Browser,
    target: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Answer {
    let cookies = browser.cookies().unwrap_or_default();
    let token = browser.cookie("csrftoken").unwrap_or_default();
    let mut all = vec![("Cookie", cookies.as_str()), ("X-CSRFToken", &token)];
    all.extend(headers);
    ask(browser.host(), "POST", target, &all, body).await
}

/// The status of an upgrade with the cookies of a browser.
pub(super) async fn upgrade(browser: &Browser, headers: &[(&str, &str)]) -> u16 {
    let mut stream = TcpStream::connect(browser.host())
        .await
        .expect("a connection");
    shake(&mut stream, browser, headers).await
}

async fn shake(stream: &mut TcpStream, browser: &Browser, headers: &[(&str, &str)]) -> u16 {
    let mut text = format!(
        "GET /_event HTTP/1.1\r\nHost: {}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
         Cookie: {}\r\n",
        browser.host(),
        browser.cookies().unwrap_or_default()
    );
    for (name, value) in headers {
        text.extend([name, ": ", value, "\r\n"]);
    }
    text.push_str("\r\n");
    stream
        .write_all(text.as_bytes())
        .await
        .expect("an open connection");
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        let read = timeout(PATIENCE, stream.read(&mut byte))
            .await
            .expect("an answer")
            .expect("an open connection");
        if read == 0 {
            break;
        }
        head.push(byte[0]);
    }
    Answer::parse(&head).status
}

/// A WebSocket without a library.
pub(super) struct Wire(TcpStream);

impl Wire {
    /// Opened from the server's own origin.
    pub(super) async fn open(browser: &Browser) -> Self {
        let mut stream = TcpStream::connect(browser.host())
            .await
            .expect("a connection");
        let origin = format!("http://{}", browser.host());
        let status = shake(&mut stream, browser, &[("Origin", &origin)]).await;
        assert_eq!(status, 101);
        Self(stream)
    }

    /// Sends a frame: its first byte, whether it is masked (with zeros), and what it carries.
    pub(super) async fn frame(&mut self, first: u8, is_masked: bool, payload: &[u8]) -> bool {
        let mask = if is_masked { 0x80 } else { 0 };
        let mut bytes = vec![first];
        match payload.len() {
            short @ 0..126 => bytes.push(mask | u8::try_from(short).unwrap_or_default()),
            long => {
                bytes.push(mask | 127);
                bytes.extend((long as u64).to_be_bytes());
            }
        }
        if is_masked {
            bytes.extend([0; 4]);
        }
        bytes.extend(payload);
        self.0.write_all(&bytes).await.is_ok()
    }

    /// Bytes as they are.
    pub(super) async fn bytes(&mut self, bytes: &[u8]) -> bool {
        self.0.write_all(bytes).await.is_ok()
    }

    /// What still comes until the server closes, where it is text.
    pub(super) async fn rest(&mut self) -> String {
        String::from_utf8_lossy(&rest(&mut self.0).await).into_owned()
    }

    /// Waits until the server has closed, for at most `time`; whether it has.
    pub(super) async fn is_closed_within(&mut self, time: Duration) -> bool {
        let mut rest = Vec::new();
        timeout(time, self.0.read_to_end(&mut rest)).await.is_ok()
    }
}
