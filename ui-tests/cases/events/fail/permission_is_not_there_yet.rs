use rdj::prelude::*;

#[rdj::app_state]
pub struct CounterState {
    pub count: i64,
}

#[rdj::events]
impl CounterState {
    #[event(permission = "counter.add")]
    async fn add(&mut self, _cx: &Cx) {}
}

fn main() {}
