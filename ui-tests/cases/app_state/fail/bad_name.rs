#[rdj::app_state(name = "My counter")]
pub struct CounterState {
    pub count: i64,
}

fn main() {}
