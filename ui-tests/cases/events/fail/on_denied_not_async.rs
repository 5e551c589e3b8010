use rdj::prelude::*;

#[rdj::app_state]
pub struct CounterState {
    pub count: i64,
}

#[rdj::events]
impl CounterState {
    #[on_denied]
    fn denied(&mut self, _cx: &Cx) {}
}

fn main() {}
