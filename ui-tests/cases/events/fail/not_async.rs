use rdj::prelude::*;

#[rdj::app_state]
pub struct CounterState {
    pub count: i64,
}

#[rdj::events]
impl CounterState {
    fn add(&mut self, _cx: &Cx) {
        self.count += 1;
    }
}

fn main() {}
