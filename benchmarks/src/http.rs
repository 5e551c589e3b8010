//! A browser that asks over HTTP on one connection, as `fetch` does.

use futures_util::future::BoxFuture;
use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpStream,
};

use crate::{
    Result, fail,
    load::{Event, Length, Peer},
};

/// A connection that is kept open, with the cookie of its session.
pub(crate) struct Http {
    stream: BufReader<TcpStream>,
    host: String,
    cookie: String,
}

impl Http {
    /// Connects to `host`, with the cookie of `other` if there is one.
    pub(crate) async fn connect(host: &str, cookie: &str) -> Result<Self> {
        let stream = TcpStream::connect(host).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream: BufReader::new(stream),
            host: host.to_owned(),
            cookie: cookie.to_owned(),
        })
    }

    /// The cookie that the server set.
    pub(crate) fn cookie(&self) -> &str {
        &self.cookie
    }

    /// Asks, and reads the whole answer; gives its body.
    pub(crate) async fn ask(&mut self, method: &str, path: &str, body: &[u8]) -> Result<Vec<u8>> {
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
            self.host,
            self.cookie,
            body.len()
        );
        self.stream.write_all(head.as_bytes()).await?;
        self.stream.write_all(body).await?;
        let status = self.line().await?;
        if !status.starts_with("HTTP/1.1 200") {
            return Err(fail(format!("{method} {path}: {status}")));
        }
        let mut length = 0;
        loop {
            let line = self.line().await?;
            let Some((name, value)) = line.split_once(':') else {
                break;
            };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.trim().parse()?,
                "set-cookie" => {
                    let value = value.split(';').next().unwrap_or_default();
                    value.trim().clone_into(&mut self.cookie);
                }
                _ => {}
            }
        }
        let mut answer = vec![0; length];
        self.stream.read_exact(&mut answer).await?;
        Ok(answer)
    }

    async fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        self.stream.read_line(&mut line).await?;
        Ok(line.trim_end().to_owned())
    }
}

impl Peer for Http {
    /// The event `show` asks for a page with that query, `save` posts the form of a row.
    fn send<'a>(&'a mut self, event: &'a Event) -> BoxFuture<'a, Result<Length>> {
        Box::pin(async move {
            let arg = event.args.get(0).map(Value::to_string).unwrap_or_default();
            let answer = match event.name {
                "save" => {
                    let body = form(&event.form);
                    self.ask("POST", &format!("/notes/{arg}"), body.as_bytes())
                        .await?
                }
                name => {
                    let path = format!("/notes?{name}={arg}");
                    self.ask("GET", &path, &[]).await?
                }
            };
            Ok(answer.len().into())
        })
    }
}

/// Entries as a form is posted; values have spaces and commas, and nothing else to escape.
fn form(entries: &[(&'static str, String)]) -> String {
    let each = entries.iter().map(|(name, value)| {
        let value = value.replace(',', "%2C").replace(' ', "+");
        format!("{name}={value}")
    });
    each.collect::<Vec<_>>().join("&")
}
