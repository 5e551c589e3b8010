#[rdj::app_state]
pub struct CounterState {
    #[var(default = "one")]
    pub count: i64,
}

fn main() {}
