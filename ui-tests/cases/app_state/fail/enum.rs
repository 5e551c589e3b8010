#[rdj::app_state]
pub enum CounterState {
    On,
    Off,
}

fn main() {}
