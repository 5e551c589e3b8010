#[rdj::app_state(nmae = "tally")]
pub struct CounterState {
    pub count: i64,
}

fn main() {}
