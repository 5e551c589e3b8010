use rdj::prelude::*;

#[rdj::app_state]
pub struct CounterState {
    pub count: i64,
}

#[rdj::events]
impl CounterState {
    #[on_change(CounterState)]
    async fn recount(&mut self, _cx: &Cx) {}
}

fn main() {}
