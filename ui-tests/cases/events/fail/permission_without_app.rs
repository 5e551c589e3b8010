use rdj::prelude::*;

#[rdj::app_state]
pub struct CounterState {
    pub count: i64,
}

#[rdj::events]
impl CounterState {
    #[event(permission = "add_counter")]
    async fn add(&mut self, _cx: &Cx) {}
}

fn main() {}
