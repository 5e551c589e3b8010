#[rdj::app_state]
pub struct CounterState {
    pub count: std::rc::Rc<i64>,
}

fn main() {}
