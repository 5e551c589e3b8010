//! The macros under the lints of this workspace: what they write must not trip an application's.

use rdj::{Cx, Page as _, PageType as _, Result, app_state, events, page};

/// A counter.
#[app_state]
#[derive(Debug)]
pub struct CounterState {
    /// How often.
    #[var(bind, default = 7)]
    pub count: i64,
    #[var(bind)]
    name: String,
    seen: Vec<i64>,
}

#[events]
impl CounterState {
    #[on_load]
    async fn on_load(&mut self, cx: &Cx) -> Result {
        self.seen.push(cx.param("id")?);
        Ok(())
    }

    /// Adds.
    pub async fn add(&mut self, _cx: &Cx, by: i64) {
        self.count += by;
    }

    #[event(login)]
    async fn reset(&mut self, _cx: &Cx) -> Result {
        self.count = 0;
        Ok(())
    }

    async fn rename(&mut self, _cx: &Cx, state: String, call: i64) -> Result {
        self.name = format!("{state}{call}");
        Ok(())
    }

    /// Twice.
    #[computed]
    #[must_use]
    pub fn double(&self) -> i64 {
        self.count * 2
    }
}

#[app_state(name = "todo")]
#[derive(Debug)]
struct TodoListState {
    #[var(bind)]
    done: bool,
}

#[events]
impl TodoListState {
    async fn save(&mut self, _cx: &Cx) {
        self.done = !self.done;
    }
}

/// No variables, no events.
#[app_state]
#[derive(Debug)]
pub struct Empty;

/// A page.
#[page(route = "/counters/{id}", template = "counter.html", login)]
struct CounterPage {
    counter: CounterState,
    id: i64,
    todo: TodoListState,
}

/// Named functions.
#[page(
    route = "/counters/{id}/named",
    template = "counter.html",
    title = "Named",
    layout = none,
    on_load(TodoListState::save, CounterState::on_load),
)]
#[derive(Debug)]
pub struct NamedPage {
    id: i64,
    todo: TodoListState,
    counter: CounterState,
}

#[test]
fn facts() {
    assert_eq!(CounterPage::SPEC.title, "Counter");
    assert!(CounterPage::SPEC.guard.login);
    assert_eq!(CounterPage::SPEC.route, "/counters/{id}");
    assert_eq!(NamedPage::SPEC.title, "Named");
    assert_eq!(CounterPage::default().counter.count, 7);
}

#[test]
fn renders() {
    let mut out = String::new();
    CounterPage::default().render(&mut out).unwrap();
    assert!(out.contains("value=\"counter.add(0)\""), "{out}");
    assert!(
        out.contains("value=\"counter.rename(&quot;a&quot;,7)\""),
        "{out}"
    );
    assert!(out.contains("name=\"done\" value=\"true\""), "{out}");
}
