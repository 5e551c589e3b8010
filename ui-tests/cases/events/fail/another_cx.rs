#[rdj::app_state]
pub struct CounterState {
    pub count: i64,
}

#[rdj::events]
impl CounterState {
    async fn add(&mut self, _cx: &String) {}
}

fn main() {}
