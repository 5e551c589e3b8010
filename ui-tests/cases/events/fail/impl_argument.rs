use rdj::prelude::*;

#[rdj::app_state]
pub struct CounterState {
    pub count: i64,
}

#[rdj::events]
impl CounterState {
    async fn add(&mut self, _cx: &Cx, by: impl Into<i64>) {
        self.count += by.into();
    }
}

fn main() {}
