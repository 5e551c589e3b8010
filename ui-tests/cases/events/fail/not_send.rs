use rdj::prelude::*;

#[rdj::app_state]
pub struct CounterState {
    pub count: i64,
}

#[rdj::events]
impl CounterState {
    async fn nap(&mut self, _cx: &Cx) {
        let shared = std::rc::Rc::new(1);
        tokio::task::yield_now().await;
        self.count += *shared;
    }
}

fn main() {}
