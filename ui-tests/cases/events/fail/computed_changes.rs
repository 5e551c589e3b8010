#[rdj::app_state]
pub struct CounterState {
    pub count: i64,
}

#[rdj::events]
impl CounterState {
    #[computed]
    fn next(&mut self) -> i64 {
        self.count += 1;
        self.count
    }
}

fn main() {}
