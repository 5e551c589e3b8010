#[rdj::app_state]
pub struct CounterState {
    pub __count: i64,
}

fn main() {}
