use rdj::prelude::*;

#[rdj::app_state]
pub struct CounterState {
    pub count: i64,
}

#[rdj::events]
impl CounterState {
    #[on_denied]
    async fn first(&mut self, _cx: &Cx) {}

    #[on_denied]
    async fn second(&mut self, _cx: &Cx) {}
}

fn main() {}
