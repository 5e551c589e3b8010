//! A page on which nothing happens.

use std::time::Duration;

use rdj::inside::Metrics;
use rdj_live_tests::pages::inside::app;
use rdj_tests::{Server, Socket};
use serde_json::json;

use crate::steady::until;

/// A page that is quiet after some time.
struct Page {
    metrics: Metrics,
    socket: Socket,
    _server: Server,
}

impl Page {
    async fn open(cool_after: Duration) -> Self {
        let metrics = Metrics::token("/metrics", "a-token-of-the-tests");
        let app = app().await.unwrap().metrics(metrics.clone());
        let server = Server::start(app.configure(|config| config.cool_after = cool_after)).await;
        Self {
            metrics,
            socket: Socket::open(&server.browser(), "/inside").await,
            _server: server,
        }
    }

    /// Shows another number; its patch is one although the page was quiet.
    async fn change(&mut self, count: usize) {
        let text = "x".repeat(count);
        let reply = self.socket.event("inside.take", json!([text])).await;
        let patched = reply.patched();
        assert!(patched.contains(&count.to_string()), "{reply:?}");
        let length = reply.wire_length();
        assert!(length < 60, "a patch, not the page: {length}");
        // bytes are counted behind an answer: those of the last event before this one's
        self.socket.event("inside.nothing", json!([])).await;
    }

    /// What is held of its HTML, in bytes.
    fn held(&self) -> u64 {
        let text = self.metrics.text();
        let mut lines = text.lines();
        let held = lines.find_map(|line| line.strip_prefix("rdj_views_bytes "));
        held.unwrap().parse().unwrap()
    }
}

#[tokio::test]
async fn a_quiet_page_is_compressed_and_goes_on() {
    let mut busy = Page::open(Duration::from_hours(1)).await;
    busy.change(123).await;
    let most = busy.held() / 2;
    let mut page = Page::open(Duration::from_millis(20)).await;
    for count in [123, 456, 789] {
        page.change(count).await;
        until("it is compressed", async || page.held() <= most).await;
    }
}
