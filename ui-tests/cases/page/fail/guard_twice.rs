#[rdj::app_state]
pub struct CounterState {
    pub count: i64,
}

#[rdj::page(
    route = "/",
    template = "plain.html",
    permission = "notes.add_note",
    permission = "notes.change_note"
)]
pub struct CounterPage {
    pub counter: CounterState,
}

#[rdj::page(
    route = "/b",
    template = "plain.html",
    group = "editors",
    group("authors", "readers")
)]
pub struct OtherPage {
    pub counter: CounterState,
}

fn main() {
    let _ = <CounterPage as rdj::PageType>::SPEC;
    let _ = <OtherPage as rdj::PageType>::SPEC;
}
