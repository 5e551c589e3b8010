use rdj::prelude::*;

#[rdj::app_state]
pub struct CounterState {
    pub count: i64,
}

#[rdj::events]
impl CounterState {
    #[on_denied]
    async fn denied(&mut self, _cx: &Cx, id: i64) {
        self.count = id;
    }
}

fn main() {}
