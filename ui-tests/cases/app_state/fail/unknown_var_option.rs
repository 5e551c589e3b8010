#[rdj::app_state]
pub struct CounterState {
    #[var(binds)]
    pub count: i64,
    #[var(readonly)]
    pub step: i64,
}

fn main() {}
