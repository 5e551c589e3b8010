//! Pages: what a browser can tell besides clicks, and what it does by itself.

#![expect(missing_docs, missing_debug_implementations, reason = "pages of tests")]

use std::time::Duration;

use axum::{Router, http::header::CONTENT_TYPE, routing::get};
use rdj::prelude::*;
use tokio::time::sleep;

/// Nothing stands inline, nothing is evaluated.
const POLICY: &str = "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; \
     connect-src 'self' ws:; object-src 'none'; base-uri 'self'";

#[app_state]
pub struct GesturesState {
    /// What was told last, and how often something was.
    pub last: String,
    pub count: i64,
    /// Rows of a list that grows.
    pub rows: i64,
    /// A class that the server gives the panel.
    pub look: String,
    pub is_gone: bool,
    pub items: Vec<i64>,
    #[var(bind)]
    pub typed: String,
}

#[events]
impl GesturesState {
    #[on_load]
    async fn begin(&mut self, cx: &Cx) -> Result {
        cx.response().header("content-security-policy", POLICY)?;
        self.rows = 20;
        "plain".clone_into(&mut self.look);
        self.items = vec![1, 2, 3];
        Ok(())
    }

    async fn note(&mut self, _cx: &Cx, text: String) {
        self.last = text;
        self.count += 1;
    }

    async fn more(&mut self, _cx: &Cx) {
        if self.rows < 100 {
            self.rows += 20;
        }
    }

    async fn dress(&mut self, _cx: &Cx, look: String) {
        self.look = look;
    }

    async fn add_item(&mut self, _cx: &Cx) {
        let next = self.items.iter().max().map_or(1, |last| last + 1);
        self.items.insert(0, next);
    }

    async fn toggle_gone(&mut self, _cx: &Cx) {
        self.is_gone = !self.is_gone;
    }

    async fn slow(&mut self, _cx: &Cx, milliseconds: u64) {
        sleep(Duration::from_millis(milliseconds)).await;
        self.count += 1;
    }

    /// Tells the hook of the chart.
    async fn chart(&mut self, cx: &Cx, first: i64) -> Result {
        self.count += 1;
        cx.push_to_hook("chart", "points", &[first, first + 1])
    }
}

/// Keys, focus, the window.
#[page(route = "/events", template = "events/gestures.html", title = "Events")]
pub struct EventsPage {
    pub gestures: GesturesState,
}

/// A list that grows while one scrolls.
#[page(
    route = "/events/scroll",
    template = "events/scroll.html",
    title = "Scroll"
)]
pub struct ScrollPage {
    pub gestures: GesturesState,
}

/// Commands that need no server.
#[page(
    route = "/events/local",
    template = "events/local.html",
    title = "Local"
)]
pub struct LocalPage {
    pub gestures: GesturesState,
}

/// Hooks of scripts.
#[page(
    route = "/events/hooks",
    template = "events/hooks.html",
    title = "Hooks"
)]
pub struct HooksPage {
    pub gestures: GesturesState,
}

/// Busy controls.
#[page(route = "/events/busy", template = "events/busy.html", title = "Busy")]
pub struct BusyPage {
    pub gestures: GesturesState,
}

/// A key that no keyboard has.
#[page(
    route = "/events/wrong",
    template = "events/wrong.html",
    title = "Wrong"
)]
pub struct WrongPage {
    pub gestures: GesturesState,
}

/// The scripts of the pages with hooks.
pub fn scripts() -> Router {
    let script = |text: &'static str| {
        get(move || async move { ([(CONTENT_TYPE, "text/javascript")], text) })
    };
    Router::new()
        .route("/events/early.js", script(include_str!("events/early.js")))
        .route("/events/late.js", script(include_str!("events/late.js")))
}
