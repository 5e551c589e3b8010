use rdj::prelude::*;

#[rdj::app_state]
pub struct CounterState {
    pub count: i64,
}

pub struct Other;

#[rdj::events]
impl Other {
    async fn add(&mut self, _cx: &Cx) {}
}

fn main() {}
