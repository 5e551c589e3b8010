use rdj::prelude::*;

#[rdj::app_state]
pub struct CounterState {
    pub count: i64,
}

#[rdj::events]
impl CounterState {
    async fn add<T: Into<i64>>(&mut self, _cx: &Cx, by: T) {
        self.count += by.into();
    }
}

fn main() {}
