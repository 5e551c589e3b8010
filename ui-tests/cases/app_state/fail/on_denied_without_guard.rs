#[rdj::app_state(on_denied = "/plans")]
pub struct CounterState {
    pub count: i64,
}

fn main() {}
