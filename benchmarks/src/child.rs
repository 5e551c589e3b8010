//! A server as a process of its own: this binary again, with the hidden command `serve`.

use std::{
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpStream,
    process::{Child, Command},
};

use crate::{Result, app::Kind, fail, measure::Process};

/// A server that runs until this is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    /// Killed when dropped.
    _child: Child,
    pub(crate) process: Process,
    host: String,
    started: Instant,
}

impl Server {
    /// Starts a server over the database `db`.
    pub(crate) async fn start(kind: Kind, db: &Path) -> Result<Self> {
        let started = Instant::now();
        let mut child = Command::new(std::env::current_exe()?)
            .arg("serve")
            .arg(kind.name())
            .arg(db)
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let output = child.stdout.take().ok_or_else(|| fail("no output"))?;
        let mut host = String::new();
        BufReader::new(output).read_line(&mut host).await?;
        let id = child.id().ok_or_else(|| fail("the server is gone"))?;
        Ok(Self {
            _child: child,
            process: Process::new(id),
            host: host.trim().to_owned(),
            started,
        })
    }

    /// Host and port.
    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    /// The time from the start of the process to the whole answer to a first GET.
    pub(crate) async fn first_page(&self, path: &str) -> Result<Duration> {
        let mut stream = TcpStream::connect(&self.host).await?;
        let host = &self.host;
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await?;
        let took = self.started.elapsed();
        if answer.starts_with(b"HTTP/1.1 200") {
            Ok(took)
        } else {
            Err(fail(format!(
                "not 200: {}",
                String::from_utf8_lossy(&answer)
            )))
        }
    }
}
