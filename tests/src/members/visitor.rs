//! Who visits the site, with forms and on open pages.

use std::{fmt::Write as _, time::Duration};

use reqwest::Response;
use serde_json::{Value, json};
use tokio::time::timeout;

use super::PASSWORD;
use crate::{Browser, Reply, Server, Socket, socket::PATIENCE};

const QUIET: Duration = Duration::from_secs(1);

/// A browser on the site.
#[derive(Clone, Debug)]
pub struct Visitor(pub Browser);

impl Visitor {
    /// Sends an event as a form: `desk.bump`.
    pub async fn send(&self, path: &str, event: &str, args: &Value) -> Response {
        let args = args.to_string();
        let inner = args.trim_start_matches('[').trim_end_matches(']');
        let text = format!("desk.{event}({inner})");
        self.0
            .post(path, &format!("_event={}", escaped(&text)))
            .await
    }

    /// Sends the form of a page of sign-in.
    pub async fn submit(&self, path: &str, event: &str, form: &[(&str, &str)]) -> Response {
        let mut body = format!("_event={event}.submit");
        for (name, value) in form {
            let _ = write!(body, "&{name}={}", escaped(value));
        }
        self.0.post(path, &body).await
    }

    /// What the public page shows after an event.
    pub async fn event(&self, event: &str, args: Value) -> String {
        let answer = self.send("/", event, &args).await;
        answer.text().await.expect("a text")
    }

    /// Signs in by a form.
    pub async fn sign_in(&self, name: &str, password: &str) -> String {
        self.event("sign_in", json!([name, password])).await
    }

    /// Who the server sees in the next request.
    pub async fn whoami(&self) -> String {
        self.0.text("/whoami").await
    }

    /// The session's key in the cookie.
    pub fn key(&self) -> Option<String> {
        self.0.cookie("rdj_session")
    }

    /// Hands over a ticket, if there is one; false if the server refuses it.
    pub async fn redeem(&self, reply: &Reply) -> bool {
        let Some(id) = reply.ticket() else {
            return false;
        };
        let answer = self.0.post("/_session", &format!("id={id}")).await;
        answer.status().is_success()
    }

    /// Opens a page in a tab.
    pub async fn open(&self, path: &str) -> Tab {
        let socket = Socket::open(&self.0, path).await;
        Tab {
            visitor: self.clone(),
            socket,
        }
    }

    /// The same browser at another server.
    #[must_use]
    pub fn at(&self, server: &Server) -> Self {
        Self(self.0.at(server))
    }
}

/// A page that is open in a browser.
#[derive(Debug)]
pub struct Tab {
    /// The browser.
    pub visitor: Visitor,
    /// The page's socket.
    pub socket: Socket,
}

impl Tab {
    /// Sends an event; cookies reach the browser.
    pub async fn event(&mut self, event: &str, args: Value) -> Reply {
        let reply = self.keep(event, args).await;
        self.visitor.redeem(&reply).await;
        reply
    }

    /// Sends an event; cookies wait for their ticket to be handed over.
    pub async fn keep(&mut self, event: &str, args: Value) -> Reply {
        self.socket.event(&format!("desk.{event}"), args).await
    }

    /// Signs in by an event.
    pub async fn sign_in(&mut self, name: &str) -> Reply {
        let reply = self.event("sign_in", json!([name, PASSWORD])).await;
        let hello = format!("Hello {name}");
        assert!(reply.patched().contains(&hello), "{reply:?}");
        reply
    }

    /// What the page shows after an event.
    pub async fn says(&mut self, event: &str) -> String {
        self.event(event, json!([])).await.patched()
    }

    /// Where the page is sent, because of something that happened elsewhere.
    pub async fn told(&mut self) -> Option<String> {
        self.sent_within(PATIENCE).await
    }

    /// Whether the page is sent nowhere for a while.
    pub async fn stays(&mut self) -> bool {
        self.sent_within(QUIET).await.is_none()
    }

    async fn sent_within(&mut self, time: Duration) -> Option<String> {
        let follow = async {
            loop {
                let frame = self.socket.frame().await.expect("an open socket");
                let frames = vec![frame];
                let to = sent_to(&Reply { frames });
                if to.is_some() {
                    return to;
                }
            }
        };
        timeout(time, follow).await.ok().flatten()
    }

    /// All that comes from the server for a while, though nobody asks.
    pub async fn unasked(&mut self) -> Reply {
        let mut frames = Vec::new();
        let quiet = Duration::from_millis(300);
        while let Ok(Ok(frame)) = timeout(quiet, self.socket.frame()).await {
            frames.push(frame);
        }
        Reply { frames }
    }
}

/// Where a reply sends the browser.
pub fn sent_to(reply: &Reply) -> Option<String> {
    Some(reply.effect("navigate")?["to"].as_str()?.to_owned())
}

/// A text as it stands in an address or a form.
pub fn escaped(text: &str) -> String {
    let mut all = String::new();
    for byte in text.bytes() {
        let _ = write!(all, "%{byte:02X}");
    }
    all
}
