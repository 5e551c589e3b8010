#[rdj::app_state]
pub struct CounterState {
    pub count: i64,
}

#[rdj::page(route = "/", template = "plain.html", staff, on_denied = "//example.com")]
pub struct CounterPage {
    pub counter: CounterState,
}

#[rdj::page(route = "/b", template = "plain.html", staff, on_denied = "https://example.com")]
pub struct OtherPage {
    pub counter: CounterState,
}

fn main() {
    let _ = <CounterPage as rdj::PageType>::SPEC;
    let _ = <OtherPage as rdj::PageType>::SPEC;
}
