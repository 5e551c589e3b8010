//! Pages: one that takes its time to open, and one that cannot read what others have changed.

#![expect(missing_docs, missing_debug_implementations, reason = "pages of tests")]

use std::time::Duration;

use rdj::prelude::*;
use tokio::time::sleep;

use super::inside::line;

#[app_state(name = "joins")]
pub struct JoinsState {
    pub count: u64,
}

#[events]
impl JoinsState {
    #[on_load]
    async fn open(&mut self, _cx: &Cx) {
        sleep(Duration::from_millis(800)).await;
    }

    async fn add(&mut self, _cx: &Cx) {
        self.count += 1;
    }
}

#[page(route = "/joins", template = "joins.html", title = "Joins")]
pub struct JoinsPage {
    joins: JoinsState,
}

#[app_state(name = "joins")]
pub struct BlindState {
    pub count: u64,
}

#[events]
impl BlindState {
    #[on_change(line::Entity)]
    async fn follow(&mut self, _cx: &Cx) -> Result {
        Err(Error::internal("the database is away"))
    }
}

#[page(route = "/joins/blind", template = "joins.html", title = "Blind")]
pub struct BlindPage {
    joins: BlindState,
}
