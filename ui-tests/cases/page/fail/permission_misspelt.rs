#[rdj::app_state]
pub struct CounterState {
    pub count: i64,
}

#[rdj::page(route = "/", template = "plain.html", permissions("notes.change_note"))]
pub struct CounterPage {
    pub counter: CounterState,
}

fn main() {
    let _ = <CounterPage as rdj::PageType>::SPEC;
}
