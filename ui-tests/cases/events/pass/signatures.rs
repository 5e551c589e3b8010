//! All signatures an event may have.

use rdj::{Bind as _, Cx, Result, State as _, app_state, events};
use serde::{Deserialize, Serialize};

use crate::support::{call, cx, submit};

/// An argument of the application's own.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Step {
    by: i64,
}

/// Where the state is.
pub mod states {
    use rdj::app_state;

    /// A counter.
    #[app_state(name = "tally")]
    #[derive(Debug)]
    pub struct CounterState {
        pub(super) count: i64,
        pub(super) log: Vec<String>,
        #[var(bind)]
        pub(super) step: i64,
    }
}

#[events]
impl states::CounterState {
    #[on_load]
    async fn opened(&mut self, _cx: &Cx) -> Result {
        self.count = 10;
        Ok(())
    }

    /// Adds.
    pub async fn add(&mut self, _cx: &Cx, Step { by }: Step) {
        self.count += by;
    }

    /// Names that generated code uses too.
    async fn names(&mut self, cx: &Cx, call: i64, state: Option<String>) -> Result<(), rdj::Error> {
        let _ = cx.uri();
        self.log.push(format!("{call} {state:?}"));
        Ok(())
    }

    async fn fails(&self, _cx: &Cx) -> Result {
        Err(rdj::Error::invalid("No."))
    }

    #[event(login)]
    async fn private(&mut self, _cx: &Cx) {
        self.log.push("private".to_owned());
    }

    #[event]
    async fn waits(&mut self, _cx: &Cx) {
        tokio::task::yield_now().await;
        self.count = self.step;
    }

    /// Replaces the generated setter.
    async fn set_step(&mut self, _cx: &Cx, step: i64) {
        self.step = step * 2;
    }

    #[cfg(windows)]
    async fn elsewhere(&mut self, _cx: &Cx) {}

    #[computed]
    fn double(&self) -> i64 {
        self.count * 2
    }
}

/// A state without events.
#[app_state]
#[derive(Debug)]
pub struct EmptyState;

#[tokio::test]
async fn events_take_typed_arguments() -> Result {
    let mut counter = states::CounterState::default();
    counter.on_load(&cx()).await?;
    call(&mut counter, "add", "[{\"by\": 2}]").await?;
    assert_eq!((counter.count, counter.double()), (12, 24));
    call(&mut counter, "names", "[1, null]").await?;
    assert_eq!(counter.log, ["1 None"]);
    call(&mut counter, "set_step", "[4]").await?;
    assert_eq!(counter.step, 8);
    call(&mut counter, "waits", "[]").await?;
    assert_eq!(counter.count, 8);
    let handle = counter.on_click().add(Step { by: 1 }).to_string();
    assert!(
        handle.ends_with(" value=\"tally.add({&quot;by&quot;:1})\""),
        "{handle}"
    );
    Ok(())
}

#[tokio::test]
async fn only_declared_events_with_their_arguments_run() {
    let mut counter = states::CounterState::default();
    for (event, args) in [
        ("add", "[]"),
        ("add", "[1]"),
        ("names", "[1, null, 2]"),
        ("fails", "[]"),
        ("fails", "[1]"),
        ("opened", "[]"),
        ("double", "[]"),
        ("dispatch", "[]"),
    ] {
        assert!(
            call(&mut counter, event, args).await.is_err(),
            "{event}{args}"
        );
    }
    assert!(counter.log.is_empty());
    assert!(call(&mut EmptyState, "add", "[]").await.is_err());
}

#[tokio::test]
async fn a_submit_that_went_through_changes_the_form_key() -> Result {
    let mut counter = states::CounterState::default();
    let entries = rdj::Entries::parse(b"step=many").unwrap_or_default();
    submit(&mut counter, "waits", &entries).await?;
    assert_eq!(counter.form_key(), 0);
    let entries = rdj::Entries::parse(b"step=3").unwrap_or_default();
    submit(&mut counter, "waits", &entries).await?;
    assert_eq!((counter.form_key(), counter.count), (1, 3));
    Ok(())
}

#[test]
fn only_functions_without_an_attribute_of_their_own_are_open() {
    use rdj::Guard;
    let guard = |event| states::CounterState::event_facts(event).map(|facts| facts.guard);
    assert_eq!(guard("private"), Some(Guard::LOGIN));
    assert_eq!(guard("waits"), Some(Guard::NONE));
    assert_eq!(guard("opened"), None);
}
