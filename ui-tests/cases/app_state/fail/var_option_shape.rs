#[rdj::app_state]
pub struct CounterState {
    #[var(bind = true)]
    pub count: i64,
    #[var(default)]
    pub step: i64,
    #[var = 3]
    pub size: i64,
}

fn main() {}
