//! The fields of a page: its states and the parameters of its route.

use std::{any::Any, borrow::Cow, fmt, mem};

mod address;

pub use axum::response::Response;

pub use self::address::{is_in_address, read_query, write_query};

use crate::{
    cx::Cx,
    dispatch::{BoxFuture, Call, EventFacts, IntoOutcome, boxed},
    error::{Error, Result},
    form::{FormValue, Upload},
    guard::Guard,
    names::is_same,
    state::{Address, Keeper, Query, State},
};

/// A field that is a state; implemented by generated code.
pub trait StateField {
    /// The page.
    type Page;
    /// The field's type.
    type State: State;

    /// Reads the field.
    fn get(page: &Self::Page) -> &Self::State;

    /// Changes the field.
    fn get_mut(page: &mut Self::Page) -> &mut Self::State;

    /// The state before anything happened.
    #[must_use]
    fn empty() -> Self::State {
        Self::State::default()
    }
}

/// A field that is a parameter of the route; implemented by generated code.
pub trait ParamField {
    /// The page.
    type Page;
    /// The field's type.
    type Value: FormValue;
    /// The parameter's name.
    const NAME: &'static str;

    /// Changes the field.
    fn get_mut(page: &mut Self::Page) -> &mut Self::Value;

    /// The value before the route is known.
    #[must_use]
    fn empty() -> Self::Value {
        Self::Value::empty()
    }
}

/// A [`StateField`] among others of its page.
pub struct StateSlot<P> {
    name: &'static str,
    guard: Guard,
    load: for<'a> fn(&'a mut P, &'a Cx) -> BoxFuture<'a, Result>,
    empty: fn() -> Box<dyn Lent>,
    swap: fn(&mut P, &mut dyn Any),
    after_event: for<'a> fn(&'a mut P, &'a Cx) -> Option<BoxFuture<'a, Result>>,
    read_query: fn(&mut P, &Query<'_>),
    write_query: fn(&P, &mut Address),
    is_in_address: fn(&P) -> bool,
    keep: fn(&mut P, &mut Keeper),
    tables: fn() -> Vec<Cow<'static, str>>,
    read_at: fn(&P) -> u64,
    follow: for<'a> fn(&'a mut P, &'a Cx, &'a [Cow<'static, str>]) -> BoxFuture<'a, Result>,
    describe: fn() -> StateFacts,
    export: Export<P>,
    file: FileOf<P>,
    longest_file: fn(&str) -> Option<usize>,
    import: for<'a> fn(&'a mut P, &'a Cx, Upload) -> BoxFuture<'a, Result>,
}

/// Writes a state's rows as a file.
type Export<P> = for<'a> fn(&'a mut P, &'a Cx, &'a str) -> BoxFuture<'a, Result<Response>>;

/// Answers with the file of a column of a row.
type FileOf<P> = for<'a> fn(&'a mut P, &'a Cx, &'a str, &'a str) -> BoxFuture<'a, Result<Response>>;

/// What is known of a state of a page.
#[derive(Clone, Debug)]
pub struct StateFacts {
    /// Its name on the wire.
    pub name: &'static str,
    /// Who may send it events.
    pub guard: Guard,
    /// The events that a browser can send it.
    pub events: Vec<EventFacts>,
}

impl<P> StateSlot<P> {
    /// The entry of a state.
    #[must_use]
    pub const fn of<F: StateField<Page = P>>() -> Self {
        Self {
            name: F::State::NAME,
            guard: F::State::GUARD,
            load: |page, cx| F::get_mut(page).on_load(cx),
            empty: || Box::new(F::empty()),
            swap: |page, state| {
                if let Some(state) = state.downcast_mut() {
                    mem::swap(F::get_mut(page), state);
                }
            },
            after_event: |page, cx| F::get_mut(page).after_event(cx),
            describe: || StateFacts {
                name: F::State::NAME,
                guard: F::State::GUARD,
                events: F::State::events(),
            },
            export: |page, cx, format| F::get_mut(page).export(cx, format),
            file: |page, cx, column, key| F::get_mut(page).file(cx, column, key),
            longest_file: F::State::longest_file,
            import: |page, cx, upload| F::get_mut(page).import(cx, upload),
            read_query: |page, query| F::get_mut(page).read_query(query),
            write_query: |page, address| F::get(page).write_query(address),
            is_in_address: |page| F::get(page).is_in_address(),
            keep: |page, keeper| F::get_mut(page).keep(keeper),
            tables: F::State::tables,
            read_at: |page| F::get(page).read_at(),
            follow: |page, cx, tables| F::get_mut(page).follow(cx, tables),
        }
    }

    pub(super) fn keep(&self, page: &mut P, keeper: &mut Keeper) {
        keeper.state(self.name, |keeper| (self.keep)(page, keeper));
    }

    pub(super) fn tables(&self) -> Vec<Cow<'static, str>> {
        (self.tables)()
    }

    pub(super) fn read_at(&self, page: &P) -> u64 {
        (self.read_at)(page)
    }

    pub(super) fn follow<'a>(
        &self,
        page: &'a mut P,
        cx: &'a Cx,
        tables: &'a [Cow<'static, str>],
    ) -> BoxFuture<'a, Result> {
        (self.follow)(page, cx, tables)
    }
}

impl<P> fmt::Debug for StateSlot<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("StateSlot").field(&self.name).finish()
    }
}

/// A [`ParamField`] among others of its page.
pub struct ParamSlot<P> {
    name: &'static str,
    set: fn(&mut P, &Cx) -> Result,
}

impl<P> ParamSlot<P> {
    /// The entry of a parameter.
    #[must_use]
    pub const fn of<F: ParamField<Page = P>>() -> Self {
        Self {
            name: F::NAME,
            set: |page, cx| cx.param(F::NAME).map(|value| *F::get_mut(page) = value),
        }
    }
}

impl<P> fmt::Debug for ParamSlot<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ParamSlot").field(&self.name).finish()
    }
}

/// The fields of a page; implemented by generated code.
pub trait Slots: Send + Sized + 'static {
    /// The states, in the order of the fields.
    const STATES: &'static [StateSlot<Self>];
    /// The parameters of the route.
    const PARAMS: &'static [ParamSlot<Self>];
}

/// Whether the states before this one have other names on the wire.
#[must_use]
pub const fn is_new_name<P: Slots>(at: usize) -> bool {
    let slots = P::STATES;
    let mut before = 0;
    while before < at {
        if is_same(slots[before].name, slots[at].name) {
            return false;
        }
        before += 1;
    }
    true
}

/// Fills the fields that are parameters of the route.
///
/// # Errors
///
/// [`Error::NotFound`] if a parameter is not of its field's type.
pub fn set_params<P: Slots>(page: &mut P, cx: &Cx) -> Result {
    P::PARAMS.iter().try_for_each(|slot| (slot.set)(page, cx))
}

/// Runs `on_load` of each state, in the order of the fields.
pub fn load<'a, P: Slots>(page: &'a mut P, cx: &'a Cx) -> BoxFuture<'a, Result> {
    boxed(async move {
        for slot in P::STATES {
            (slot.load)(page, cx).await?;
        }
        Ok(())
    })
}

/// Runs a function that the page names as its `on_load`.
pub fn on_load<'a, S, F, R>(function: F, state: &'a mut S, cx: &'a Cx) -> BoxFuture<'a, Result>
where
    F: FnOnce(&'a mut S, &'a Cx) -> R,
    R: Future<Output: IntoOutcome> + Send + 'a,
{
    let future = function(state, cx);
    boxed(async move { future.await.into_outcome() })
}

/// Runs an event if its user may send it. What its state asks for is checked before, with the page.
pub(crate) fn guarded<'a, S: State>(
    state: &'a mut S,
    cx: &'a Cx,
    call: Call<'a>,
) -> BoxFuture<'a, Result> {
    let guard = S::event_facts(call.event).map_or(Guard::NONE, |facts| facts.guard);
    if guard.is_none() {
        return state.dispatch(cx, call);
    }
    match (guard.check(cx.user().as_ref()), guard.on_denied) {
        (Ok(()), _) => state.dispatch(cx, call),
        (Err(Error::Denied), Some(address)) => {
            cx.redirect(address);
            boxed(async { Ok(()) })
        }
        (Err(Error::Denied), None) => state.on_denied(cx),
        (Err(error), _) => boxed(async move { Err(error) }),
    }
}

/// What the states of a page ask for of whoever opens it.
#[must_use]
pub fn guards<P: Slots>() -> Vec<Guard> {
    let mut guards = Vec::with_capacity(P::STATES.len());
    for slot in P::STATES {
        guards.push(slot.guard);
    }
    guards
}

/// What is known of the states of a page.
#[must_use]
pub fn describe<P: Slots>() -> Vec<StateFacts> {
    let mut states = Vec::with_capacity(P::STATES.len());
    for slot in P::STATES {
        states.push((slot.describe)());
    }
    states
}

fn named<P: Slots>(state: &str) -> Option<&'static StateSlot<P>> {
    P::STATES.iter().find(|slot| slot.name == state)
}

/// A state that its page has lent to a handler.
pub trait Lent: Any + Send {
    /// Runs an event if its user may send it.
    ///
    /// # Errors
    ///
    /// As [`State::dispatch`].
    fn run<'a>(&'a mut self, cx: &'a Cx, call: Call<'a>) -> BoxFuture<'a, Result>;

    /// See [`State::question`].
    fn question(&mut self, call: &Call<'_>, question: String) -> Option<String>;
}

impl<S: State> Lent for S {
    fn run<'a>(&'a mut self, cx: &'a Cx, call: Call<'a>) -> BoxFuture<'a, Result> {
        guarded(self, cx, call)
    }

    fn question(&mut self, call: &Call<'_>, question: String) -> Option<String> {
        State::question(self, call, question)
    }
}

/// Takes the state named `state` out of the page, which has an empty one until it is swapped back.
pub fn lend<P: Slots>(page: &mut P, state: &str) -> Option<Box<dyn Lent>> {
    let slot = named::<P>(state)?;
    let mut lent = (slot.empty)();
    (slot.swap)(page, &mut *lent);
    Some(lent)
}

/// Swaps the page's state of this type with `state`.
pub fn swap<P: Slots>(page: &mut P, state: &mut dyn Any) {
    for slot in P::STATES {
        (slot.swap)(page, state);
    }
}

/// Runs what is left to do after an event in all states.
pub fn after_event<'a, P: Slots>(page: &'a mut P, cx: &'a Cx) -> BoxFuture<'a, Result> {
    boxed(async move {
        let mut done = Ok(());
        for slot in P::STATES {
            if let Some(rest) = (slot.after_event)(page, cx) {
                done = done.and(rest.await);
            }
        }
        done
    })
}

/// The rows of a state as a file: `tracks.csv` is what the state `tracks` writes as `csv`.
pub fn export<'a, P: Slots>(
    page: &'a mut P,
    cx: &'a Cx,
    file: &'a str,
) -> BoxFuture<'a, Result<Response>> {
    let (state, format) = file.rsplit_once('.').unwrap_or((file, ""));
    match named::<P>(state) {
        Some(slot) => (slot.export)(page, cx, format),
        None => boxed(async { Err(Error::NotFound) }),
    }
}

/// The file of a column of a row: `documents.scan` is the column `scan` of the state `documents`.
pub fn file<'a, P: Slots>(
    page: &'a mut P,
    cx: &'a Cx,
    file: &'a str,
    key: &'a str,
) -> BoxFuture<'a, Result<Response>> {
    let (state, column) = file.rsplit_once('.').unwrap_or((file, ""));
    match named::<P>(state) {
        Some(slot) => (slot.file)(page, cx, column, key),
        None => boxed(async { Err(Error::NotFound) }),
    }
}

/// How many bytes the file of a field may have: the most that a state of the page takes under the name.
#[must_use]
pub fn longest_file<P: Slots>(field: &str) -> Option<usize> {
    let mut longest = None;
    for slot in P::STATES {
        longest = longest.max((slot.longest_file)(field));
    }
    longest
}

/// Takes a file with rows for the state named `state`.
pub fn import<'a, P: Slots>(
    page: &'a mut P,
    cx: &'a Cx,
    state: &'a str,
    upload: Upload,
) -> BoxFuture<'a, Result> {
    match named::<P>(state) {
        Some(slot) => (slot.import)(page, cx, upload),
        None => boxed(async { Err(Error::NotFound) }),
    }
}

/// The name of the state whose parameters have plain names in the address.
#[must_use]
pub fn first_state<P: Slots>() -> &'static str {
    P::STATES.first().map_or("", |slot| slot.name)
}
