#[rdj::app_state]
#[derive(Debug, Default)]
pub struct CounterState {
    pub count: i64,
}

fn main() {}
