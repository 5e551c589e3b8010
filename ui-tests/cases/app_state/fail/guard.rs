#[rdj::app_state(permission = "change_note", group = "", on_denied = "plans")]
pub struct CounterState {
    pub count: i64,
}

fn main() {
    let _ = <CounterState as rdj::State>::GUARD;
}
