#[rdj::app_state]
pub struct CounterState {
    pub count: i64,
}

#[rdj::events]
pub struct Other;

fn main() {}
