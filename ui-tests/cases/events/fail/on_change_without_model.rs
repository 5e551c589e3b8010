use rdj::prelude::*;

#[rdj::app_state]
pub struct CounterState {
    pub count: i64,
}

#[rdj::events]
impl CounterState {
    #[on_change]
    async fn recount(&mut self, _cx: &Cx) {}

    #[on_change("note")]
    async fn count_again(&mut self, _cx: &Cx) {}
}

fn main() {}
