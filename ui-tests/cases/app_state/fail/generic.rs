#[rdj::app_state]
pub struct ListState<T> {
    pub rows: Vec<T>,
}

fn main() {}
