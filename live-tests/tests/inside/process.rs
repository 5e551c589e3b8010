//! A server in a process of its own, whose memory is measured.

use std::{
    fs,
    path::PathBuf,
    process::{Child, Command, Stdio},
};

use rdj_tests::{Browser, free_port};
use tokio::net::TcpStream;

use crate::steady::until;

/// A running server; killed when dropped.
pub(crate) struct Process {
    child: Child,
    host: String,
}

impl Process {
    /// Starts `inside-pages` with these settings.
    pub(crate) async fn start(settings: &[(&str, &str)]) -> Self {
        let host = format!("127.0.0.1:{}", free_port());
        let child = Command::new(env!("CARGO_BIN_EXE_inside-pages"))
            .env("RDJ_BIND", &host)
            .envs(settings.iter().copied())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let process = Self { child, host };
        let answers = async || TcpStream::connect(&process.host).await.is_ok();
        until("the server answers", answers).await;
        process
    }

    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser::of(&self.host)
    }

    /// The line of a metric.
    pub(crate) async fn metric(&self, name: &str) -> Option<String> {
        let token = [("authorization", "Bearer a-token-of-the-tests")];
        let answer = self.browser().get_with("/metrics", &token).await;
        let text = answer.text().await.unwrap();
        let mut lines = text.lines();
        lines.find(|line| line.starts_with(name)).map(str::to_owned)
    }

    /// Its resident memory in kilobytes.
    pub(crate) fn memory(&self) -> i64 {
        let path = PathBuf::from(format!("/proc/{}/status", self.child.id()));
        let text = fs::read_to_string(path).unwrap();
        let line = text.lines().find(|line| line.starts_with("VmRSS:"));
        let number = line.and_then(|line| line.split_whitespace().nth(1));
        number.and_then(|number| number.parse().ok()).unwrap()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
