#[rdj::app_state]
pub struct CounterState {
    pub count: i64,
}

#[rdj::events]
impl CounterState {
    #[computed]
    fn times(&self, by: i64) -> i64 {
        self.count * by
    }
}

fn main() {}
