//! Pages: what a page meets in its life, such as a browser that comes back too early.

#![expect(missing_docs, missing_debug_implementations, reason = "pages of tests")]

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use rdj::{inside::Metrics, prelude::*};
use serde::{Deserialize, Serialize, Serializer};
use tokio::{sync::Notify, time::sleep};

use super::noise::noise;

/// Where the next state that is dropped looks at the figures of its server, if it does.
pub static LOOKS: Mutex<Option<Metrics>> = Mutex::new(None);
/// A handler has begun.
pub static BEGUN: Notify = Notify::const_new();
/// It may end.
pub static MAY_END: Notify = Notify::const_new();

/// Looks at the figures of its server when it is dropped.
#[derive(Default)]
pub struct Curious;

impl Drop for Curious {
    fn drop(&mut self) {
        let looks = LOOKS.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(metrics) = looks {
            let _ = metrics.text();
        }
    }
}

/// Cannot be written down once it is armed.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Trap(pub bool);

impl Serialize for Trap {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        assert!(!self.0, "a trap of the tests");
        serializer.serialize_bool(self.0)
    }
}

#[app_state(name = "lasting")]
pub struct LastingState {
    pub count: u64,
    pub noise: String,
    pub trap: Trap,
    #[var(transient)]
    pub curious: Option<Curious>,
}

#[events]
impl LastingState {
    async fn wait(&mut self, _cx: &Cx, milliseconds: u64) {
        sleep(Duration::from_millis(milliseconds)).await;
        self.count += 1;
    }

    /// Ends when a test says so.
    async fn toil(&mut self, _cx: &Cx) {
        BEGUN.notify_one();
        MAY_END.notified().await;
        self.count += 1;
    }

    async fn greet(&mut self, cx: &Cx) {
        cx.messages().success("Greetings.");
    }

    async fn arm(&mut self, _cx: &Cx) {
        self.trap = Trap(true);
    }

    async fn watch(&mut self, _cx: &Cx) {
        self.curious = Some(Curious);
    }

    /// Shows more than the network takes up, again and again.
    async fn pour(&mut self, cx: &Cx, times: u64) {
        for _ in 0..times {
            self.count += 1;
            self.noise = noise(self.count, 512);
            cx.flush(self).await;
            sleep(Duration::from_millis(20)).await;
        }
    }
}

#[page(route = "/lasting", template = "lasting.html", title = "Lasting")]
pub struct LastingPage {
    lasting: LastingState,
}
