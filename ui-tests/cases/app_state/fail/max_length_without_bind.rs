#[rdj::app_state]
pub struct CounterState {
    #[var(max_length = 20)]
    pub name: String,
}

fn main() {}
