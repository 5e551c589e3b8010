//! A server in a process of its own, whose memory is measured.

use std::{
    fs,
    net::TcpListener,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use rdj_tests::Browser;
use tokio::net::TcpStream;

/// A running server; killed when dropped.
pub(crate) struct Process {
    child: Child,
    host: String,
}

impl Process {
    /// Starts `inside-pages` with these settings.
    pub(crate) async fn start(settings: &[(&str, &str)]) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let host = free.local_addr().unwrap().to_string();
        drop(free);
        let child = Command::new(env!("CARGO_BIN_EXE_inside-pages"))
            .env("RDJ_BIND", &host)
            .envs(settings.iter().copied())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let process = Self { child, host };
        for _ in 0..400 {
            if TcpStream::connect(&process.host).await.is_ok() {
                return process;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("the server does not answer");
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
