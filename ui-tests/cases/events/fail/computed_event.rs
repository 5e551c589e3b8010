#[rdj::app_state]
pub struct CounterState {
    pub count: i64,
}

#[rdj::events]
impl CounterState {
    #[computed]
    #[event(login)]
    fn double(&self) -> i64 {
        self.count * 2
    }
}

fn main() {}
