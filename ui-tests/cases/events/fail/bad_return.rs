use rdj::prelude::*;

#[rdj::app_state]
pub struct CounterState {
    pub count: i64,
}

#[rdj::events]
impl CounterState {
    async fn add(&mut self, _cx: &Cx) -> i64 {
        self.count += 1;
        self.count
    }
}

fn main() {}
