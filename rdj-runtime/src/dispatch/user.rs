//! The handlers a user writes in `#[events]`, and how the rest finds them.

use std::{borrow::Cow, fmt, marker::PhantomData};

use super::{Arg, Binding, BoxFuture, Call, EventDef, EventFacts, LastArg, On, json};
use crate::{
    cx::Cx,
    error::{Error, Result},
    state::State,
};

/// Runs when the page is opened.
pub type OnLoad<S> = for<'a> fn(&'a mut S, &'a Cx) -> BoxFuture<'a, Result>;

/// What an `#[events]` block declares.
pub struct EventTable<S: 'static> {
    /// The handlers a browser can call.
    pub events: &'static [EventDef<S>],
    /// The function marked `#[on_load]`.
    pub on_load: Option<OnLoad<S>>,
    /// The function marked `#[on_denied]`.
    pub on_denied: Option<OnLoad<S>>,
    /// The functions marked `#[on_change(..)]`.
    pub on_change: &'static [OnChange<S>],
}

/// Runs when rows of one of the tables have changed.
pub struct OnChange<S> {
    /// The tables, by functions that know their names.
    pub tables: &'static [fn() -> &'static str],
    /// The function.
    pub run: OnLoad<S>,
}

impl<S> EventTable<S> {
    /// The handler of the event `name`.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&'static EventDef<S>> {
        self.events.iter().find(|def| def.facts.name == name)
    }

    /// What is known of the event `name`.
    #[must_use]
    pub fn facts(&self, name: &str) -> Option<EventFacts> {
        self.find(name).map(|def| def.facts.clone())
    }

    /// What is known of all events.
    #[must_use]
    pub fn all(&self) -> Vec<EventFacts> {
        let mut all = Vec::with_capacity(self.events.len());
        for def in self.events {
            all.push(def.facts.clone());
        }
        all
    }

    /// Runs the function marked `#[on_denied]`, or refuses.
    pub fn denied<'a>(&self, state: &'a mut S, cx: &'a Cx) -> BoxFuture<'a, Result> {
        match self.on_denied {
            Some(on_denied) => on_denied(state, cx),
            None => Box::pin(async { Err(Error::Denied) }),
        }
    }

    /// Runs the handler of the event, or answers that there is none.
    pub fn run<'a>(&self, state: &'a mut S, cx: &'a Cx, call: Call<'a>) -> BoxFuture<'a, Result> {
        match self.find(call.event) {
            Some(def) => (def.run)(state, cx, call),
            None => Box::pin(async move { Err(call.unknown()) }),
        }
    }

    /// Runs the function marked `#[on_load]`, if there is one.
    pub fn load<'a>(&self, state: &'a mut S, cx: &'a Cx) -> BoxFuture<'a, Result> {
        match self.on_load {
            Some(on_load) => on_load(state, cx),
            None => Box::pin(async { Ok(()) }),
        }
    }
}

impl<S> EventTable<S> {
    /// The tables that the functions marked `#[on_change(..)]` name.
    #[must_use]
    pub fn tables(&self) -> Vec<Cow<'static, str>> {
        let mut tables = Vec::new();
        for def in self.on_change {
            tables.extend(def.tables.iter().map(|name| Cow::Borrowed(name())));
        }
        tables
    }

    /// Runs the functions that are marked with one of these tables, each once; the first error ends it.
    pub fn follow<'a>(
        &self,
        state: &'a mut S,
        cx: &'a Cx,
        tables: &'a [Cow<'static, str>],
    ) -> BoxFuture<'a, Result>
    where
        S: State,
    {
        let defs = self.on_change;
        Box::pin(async move {
            for def in defs {
                if names_one(def.tables, tables) {
                    (def.run)(state, cx).await?;
                }
            }
            Ok(())
        })
    }
}

fn names_one(named: &[fn() -> &'static str], tables: &[Cow<'static, str>]) -> bool {
    named.iter().any(|name| tables.contains(&name().into()))
}

impl<S> fmt::Debug for OnChange<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tables = self.tables.iter().map(|name| name());
        f.debug_list().entries(tables).finish()
    }
}

impl<S> fmt::Debug for EventTable<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("EventTable").field(&self.events).finish()
    }
}

/// A state with an `#[events]` block; implemented by that attribute.
pub trait UserEvents: Sized + 'static {
    /// What the block declares.
    const TABLE: EventTable<Self>;
}

/// Finds the `#[events]` block of a state, which is optional:
/// `(&Probe::<NotesState>::NEW).event_table()`.
///
/// At a concrete type [`HasEvents`] fits without a further reference, so it wins where it applies;
/// [`NoEvents`] answers for the other states.
#[derive(Debug)]
pub struct Probe<S>(PhantomData<S>);

impl<S> Probe<S> {
    /// A probe.
    pub const NEW: Self = Self(PhantomData);
}

/// Answers for states with an `#[events]` block.
pub trait HasEvents<S: 'static> {
    /// What the block declares.
    fn event_table(&self) -> &'static EventTable<S>;
}

impl<S: UserEvents> HasEvents<S> for Probe<S> {
    fn event_table(&self) -> &'static EventTable<S> {
        const { &S::TABLE }
    }
}

/// Answers for states without an `#[events]` block.
pub trait NoEvents<S: 'static> {
    /// An empty table.
    fn event_table(&self) -> &'static EventTable<S>;
}

impl<S: 'static> NoEvents<S> for &Probe<S> {
    fn event_table(&self) -> &'static EventTable<S> {
        const {
            &EventTable {
                events: &[],
                on_load: None,
                on_denied: None,
                on_change: &[],
            }
        }
    }
}

/// The event handles of a state: what `notes.on_click()` returns.
pub trait Handles {
    /// The DOM event and the state that the handles are for.
    fn on(&self) -> On;

    /// The handle of an event with its arguments as JSON; the last one is empty for [`VALUE`](super::VALUE).
    fn handle(&self, event: &'static str, args: &[String]) -> Binding {
        let (args, is_asked) = match args {
            [args @ .., last] if last.is_empty() => (args, true),
            _ => (args, false),
        };
        self.on().event(event, args.join(",")).with_value(is_asked)
    }
}

/// One argument of a handle as JSON text.
pub fn handle_arg<T>(value: &impl Arg<T>) -> String {
    json(value)
}

/// The last argument of a handle as JSON text; empty if it is the control's value.
pub fn handle_last<T>(value: &impl LastArg<T>) -> String {
    value.json()
}
