#[rdj::app_state]
pub struct CounterState(i64);

fn main() {}
