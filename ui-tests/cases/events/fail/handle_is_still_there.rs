use rdj::prelude::*;

#[rdj::app_state]
pub struct CounterState {
    pub count: i64,
}

#[rdj::events]
impl CounterState {
    fn add(&mut self, _cx: &Cx, by: i64) {
        self.count += by;
    }

    async fn rename(&mut self, name: String) {
        let _ = name;
    }
}

#[rdj::page(route = "/", template = "handles.html")]
pub struct CounterPage {
    pub counter: CounterState,
}

fn main() {}
