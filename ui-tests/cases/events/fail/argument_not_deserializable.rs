use rdj::prelude::*;

#[rdj::app_state]
pub struct CounterState {
    pub count: i64,
}

pub struct Step(i64);

#[rdj::events]
impl CounterState {
    async fn add(&mut self, _cx: &Cx, by: Step) {
        self.count += by.0;
    }
}

fn main() {}
