//! The values of the context processors as a field of a page.

use std::sync::Arc;

use serde_json::Value;

use crate::{
    context::{Context, Key},
    cx::Cx,
    dispatch::{Bind, Binding, BoxFuture, Call, EventFacts, On},
    error::Result,
    state::{Keeper, State},
};

/// The values of the application's context processors, for templates:
/// `{{ context.text("BRAND") }}`.
///
/// They are those of the moment when the page was opened, or of its last event `load`: templates
/// cannot wait for the processors. An event after which another user is signed in or another language
/// is chosen collects them anew. A page without this field runs none.
#[derive(Clone, Debug, Default)]
pub struct ContextState {
    values: Arc<Context>,
    /// Whose values they are; none before they are collected.
    key: Option<Key>,
}

impl ContextState {
    /// All values.
    #[must_use]
    pub fn values(&self) -> &Context {
        &self.values
    }

    /// One value.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.values.get(key)
    }

    /// One value as text: strings without quotes, others as JSON; empty if there is none.
    #[must_use]
    pub fn text(&self, key: &str) -> String {
        match self.get(key) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(value) => value.to_string(),
        }
    }

    /// All values as JSON.
    #[must_use]
    pub fn json(&self) -> String {
        serde_json::to_string(&*self.values).unwrap_or_default()
    }
}

impl State for ContextState {
    const NAME: &'static str = "context";

    fn events() -> Vec<EventFacts> {
        vec![EventFacts::new("load")]
    }

    fn on_load<'a>(&'a mut self, cx: &'a Cx) -> BoxFuture<'a, Result> {
        Box::pin(async move {
            self.key = Some(cx.context_key());
            self.values = cx.context().await;
            Ok(())
        })
    }

    fn after_event<'a>(&'a mut self, cx: &'a Cx) -> Option<BoxFuture<'a, Result>> {
        let is_stale = self.key.as_ref().is_some_and(|of| *of != cx.context_key());
        is_stale.then(|| self.on_load(cx))
    }

    /// `on_load` finds all of it out again.
    fn keep(&mut self, _keeper: &mut Keeper) {}

    fn dispatch<'a>(&'a mut self, cx: &'a Cx, call: Call<'a>) -> BoxFuture<'a, Result> {
        Box::pin(async move {
            call.no_args()?;
            match call.event {
                "load" => self.on_load(cx).await,
                _ => Err(call.unknown()),
            }
        })
    }

    fn is_in_address(&self) -> bool {
        true
    }
}

/// The event handles of [`ContextState`].
#[derive(Clone, Copy, Debug)]
pub struct ContextEvents(On);

impl ContextEvents {
    /// Runs the processors again.
    pub fn load(self) -> Binding {
        self.0.call("load")
    }
}

impl From<On> for ContextEvents {
    fn from(on: On) -> Self {
        Self(on)
    }
}

impl Bind for ContextState {
    type Events = ContextEvents;
    const NAME: &'static str = "context";
}
