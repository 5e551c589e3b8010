use rdj::prelude::*;

#[rdj::app_state]
pub struct CounterState {
    #[var(bindd, default = 1)]
    pub count: i64,
}

#[rdj::events]
impl CounterState {
    async fn add(&mut self, _cx: &Cx, by: i64) {
        self.count += by;
    }
}

#[rdj::page(route = "/", template = "counter_only.html")]
pub struct CounterPage {
    pub counter: CounterState,
}

pub fn tested() -> i64 {
    CounterState::default().count
}

fn main() {}
