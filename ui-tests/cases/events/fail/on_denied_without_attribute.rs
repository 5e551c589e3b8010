use rdj::prelude::*;

#[rdj::app_state]
pub struct CounterState {
    pub count: i64,
}

#[rdj::events]
impl CounterState {
    async fn on_denied(&mut self, _cx: &Cx) {}
}

fn main() {}
