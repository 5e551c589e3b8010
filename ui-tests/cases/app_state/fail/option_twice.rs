#[rdj::app_state]
pub struct CounterState {
    #[var(default = 1, default = 2)]
    pub count: i64,
}

fn main() {}
