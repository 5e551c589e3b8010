#[rdj::app_state]
pub struct CounterState {
    pub count: i64,
}

pub trait CounterHooks {
    fn reset(&mut self);
}

#[rdj::events]
impl CounterHooks for CounterState {
    fn reset(&mut self) {
        self.count = 0;
    }
}

fn main() {}
