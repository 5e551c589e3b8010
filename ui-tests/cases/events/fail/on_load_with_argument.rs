use rdj::prelude::*;

#[rdj::app_state]
pub struct CounterState {
    pub count: i64,
}

#[rdj::events]
impl CounterState {
    #[on_load]
    async fn start(&mut self, _cx: &Cx, id: i64) {
        self.count = id;
    }
}

fn main() {}
