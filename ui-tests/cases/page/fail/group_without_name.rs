#[rdj::app_state]
pub struct CounterState {
    pub count: i64,
}

#[rdj::page(route = "/", template = "plain.html", group = "")]
pub struct CounterPage {
    pub counter: CounterState,
}

#[rdj::page(route = "/b", template = "plain.html", group("editors", " authors "))]
pub struct OtherPage {
    pub counter: CounterState,
}

fn main() {
    let _ = <CounterPage as rdj::PageType>::SPEC;
    let _ = <OtherPage as rdj::PageType>::SPEC;
}
