use rdj::prelude::*;

#[rdj::app_state]
pub struct CounterState {
    pub count: i64,
}

#[rdj::events]
impl CounterState {
    async fn part(&mut self, cx: &Cx) {
        cx.flush(&mut self.count).await;
    }
}

fn main() {}
