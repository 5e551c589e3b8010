use rdj::prelude::*;

#[rdj::app_state]
pub struct CounterState {
    #[var(bind)]
    pub count: i64,
    pub total: i64,
}

#[rdj::events]
impl CounterState {
    pub async fn add(&mut self, _cx: &Cx, by: i64) {
        self.count += by;
    }

    pub async fn rename(&mut self, _cx: &Cx, name: String, by: i64) {
        let _ = (name, by);
    }
}

#[rdj::page(route = "/", template = "template_gesture.html")]
pub struct CounterPage {
    pub counter: CounterState,
}

fn main() {}
