use rdj::prelude::*;

#[rdj::app_state]
pub struct CounterState {
    pub count: i64,
}

#[rdj::events]
impl CounterState {
    fn not_async(&mut self, _cx: &Cx) {}

    async fn no_cx(&mut self, id: i64) {
        self.count = id;
    }

    async fn borrowed(&mut self, _cx: &Cx, name: &str) {
        let _ = name;
    }

    #[event(logn)]
    async fn misspelt(&mut self, _cx: &Cx) {}

    async fn good(&mut self, _cx: &Cx) {}
}

fn main() {}
