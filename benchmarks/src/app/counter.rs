//! A number and a button.

use rdj::prelude::*;

/// The number.
#[app_state]
pub(crate) struct CounterState {
    pub count: i64,
}

#[events]
impl CounterState {
    async fn increment(&mut self, _cx: &Cx) {
        self.count += 1;
    }
}

/// The page.
#[page(route = "/counter", template = "counter.html", title = "Counter")]
pub(crate) struct CounterPage {
    pub counter: CounterState,
}
