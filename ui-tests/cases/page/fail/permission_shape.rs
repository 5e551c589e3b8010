#[rdj::app_state]
pub struct CounterState {
    pub count: i64,
}

#[rdj::page(route = "/", template = "plain.html", permission)]
pub struct CounterPage {
    pub counter: CounterState,
}

#[rdj::page(route = "/b", template = "plain.html", permission = change_note)]
pub struct OtherPage {
    pub counter: CounterState,
}

#[rdj::page(route = "/c", template = "plain.html", permission(notes.change_note))]
pub struct ThirdPage {
    pub counter: CounterState,
}

#[rdj::page(route = "/d", template = "plain.html", permission())]
pub struct FourthPage {
    pub counter: CounterState,
}

fn main() {
    let _ = <CounterPage as rdj::PageType>::SPEC;
    let _ = <OtherPage as rdj::PageType>::SPEC;
    let _ = <ThirdPage as rdj::PageType>::SPEC;
    let _ = <FourthPage as rdj::PageType>::SPEC;
}
