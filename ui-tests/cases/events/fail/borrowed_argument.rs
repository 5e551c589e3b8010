use rdj::prelude::*;

#[rdj::app_state]
pub struct CounterState {
    pub count: i64,
}

#[rdj::events]
impl CounterState {
    async fn rename(&mut self, _cx: &Cx, name: &str, tags: &[String]) {
        let _ = (name, tags);
    }
}

fn main() {}
