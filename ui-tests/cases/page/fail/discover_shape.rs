#[rdj::app_state]
pub struct CounterState {
    pub count: i64,
}

#[rdj::page(route = "/", template = "plain.html", discover)]
pub struct CounterPage {
    pub counter: CounterState,
}

#[rdj::page(route = "/b", template = "plain.html", discover = no)]
pub struct OtherPage {
    pub counter: CounterState,
}

fn main() {
    let _ = <CounterPage as rdj::PageType>::SPEC;
    let _ = <OtherPage as rdj::PageType>::SPEC;
}
