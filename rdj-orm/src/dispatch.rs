//! From an event's name to the handler, and between a state and its page's address.

mod bulk;
mod generated;
mod inline;
mod keep;
mod lists;
mod picker;

use rdj_runtime::{
    Cx, Error, Result,
    dispatch::{BoxFuture, Call, EventDef, EventFacts},
    form::Entries,
    state::{self, Address, vars},
};

use self::generated::text;
pub use self::{bulk::question, generated::GeneratedEvent, keep::keep};
pub(crate) use self::{
    inline::{ADD, REMOVE},
    picker::{CREATE, PICK, SEARCH, answer},
};
use crate::{
    backend::enter,
    handlers,
    model::{key_text, parse_key},
    pipeline::in_place,
    state::{Asked, Facts as _, FieldDef, ModelState, Told},
    view::{THEIRS, VERSION},
};

/// Opens the page: the user's `#[on_load]` function, else [`handlers::load`].
pub fn on_load<'a, S: ModelState>(state: &'a mut S, cx: &'a Cx) -> BoxFuture<'a, Result> {
    match S::event_table().on_load {
        Some(on_load) => on_load(state, cx),
        None => Box::pin(handlers::load(state, cx)),
    }
}

/// Runs an event: a handler of the user, a generated one, or a setter; a submit fills the form first.
///
/// What cannot be done ([`Error::Invalid`], [`Error::Conflict`]) is shown as the state's `error`, which
/// stands above the form; for `delete`, which has no form, it is a message.
pub fn dispatch<'a, S: ModelState>(
    state: &'a mut S,
    cx: &'a Cx,
    call: Call<'a>,
) -> BoxFuture<'a, Result> {
    Box::pin(async move {
        if let Some(entries) = call.form {
            fill(state, entries);
            if !picker::create_asked(state, cx).await? {
                return Ok(());
            }
        }
        let generated = generated::<S>(call.event);
        let run = match (own::<S>(call.event), generated) {
            (Some(own), Some(event))
                if event.handler == KEEP_MINE && S::event_table().find(call.event).is_none() =>
            {
                handlers::acknowledge(state);
                own.run
            }
            (Some(own), _) => own.run,
            (None, Some(generated)) => generated.run,
            (None, None) => return set(state, cx, &call).await,
        };
        state.core_mut().error.clear();
        let done = run(state, cx, call).await;
        let has_form = generated.is_none_or(|event| event.handler != "delete");
        shown(state, cx, has_form, done)
    })
}

/// Takes up the entries whose names are editable fields or bindable variables, and those of child rows.
pub(crate) fn fill<S: ModelState>(state: &mut S, entries: &Entries) {
    for field in S::FIELDS {
        if field.is_file() {
            field.take_file(state, entries);
        } else if field.meta.many {
            let mut typed = entries.all(field.meta.name).peekable();
            if typed.peek().is_some() {
                field.take(state, &typed.collect::<Vec<_>>().join("\n"));
            }
        } else if let Some(typed) = entries.get(field.meta.name) {
            field.take(state, typed);
        }
        if S::REFERS && field.meta.relation.is_some() {
            take_search(state, field, entries);
            take_create(state, field, entries);
        }
    }
    for inline in S::INLINES {
        inline.ops.fill(state, entries);
    }
    vars::fill(state, entries);
    bulk::fill(state, entries);
    let told = |name| entries.get(name).map(ToOwned::to_owned);
    state.core_mut().told = Told {
        version: told(VERSION),
        theirs: told(THEIRS),
    };
}

/// The text in the search of a field, which counts only where nothing was picked.
fn take_search<S: ModelState>(state: &mut S, field: &FieldDef<S>, entries: &Entries) {
    let name = field.meta.name;
    if let Some(text) = entries.get(&format!("{name}-search")) {
        let text = handlers::limited(text);
        state.core_mut().searches.insert(name, text);
    }
}

/// The check box that stands for the button where there is no JavaScript.
fn take_create<S: ModelState>(state: &mut S, field: &FieldDef<S>, entries: &Entries) {
    let name = field.meta.name;
    let text = entries.get(&format!("{name}-create"));
    if let Some(text) = text.filter(|_| in_place::<S>(&field.meta).is_some()) {
        state.core_mut().creates.insert(name, text.to_owned());
    }
}

fn setter<S: ModelState>(event: &str) -> Option<&'static FieldDef<S>> {
    let name = event.strip_prefix("set_")?;
    // a file comes with a form alone
    let mut typed = S::FIELDS.iter().filter(|field| !field.is_file());
    typed.find(|field| field.meta.name == name)
}

/// Sets a field of the form, or a variable of the user.
async fn set<S: ModelState>(state: &mut S, cx: &Cx, call: &Call<'_>) -> Result {
    if S::INLINE && inline::has::<S>(call.event) {
        return inline::run(state, cx, call).await;
    }
    if S::REFERS && picker::has::<S>(call.event) {
        return picker::run(state, cx, call).await;
    }
    let Some(field) = setter::<S>(call.event) else {
        return vars::set(state, call);
    };
    let typed = if S::LINKS && field.meta.many {
        picker::lines(call)?
    } else {
        text(call)?
    };
    field.take(state, &typed);
    let cx = &*enter::<S>(cx)?;
    (S::hooks().on_state_field_change)(state, cx, &field.meta).await
}

fn shown<S: ModelState>(state: &mut S, cx: &Cx, has_form: bool, done: Result) -> Result {
    match done {
        Err(Error::Invalid(text) | Error::Conflict(text)) if !has_form => {
            cx.messages().error(text);
            Ok(())
        }
        Err(Error::Invalid(text) | Error::Conflict(text)) => {
            state.core_mut().error = text.into();
            Ok(())
        }
        done => done,
    }
}

/// The generated event of this name; none that the state does not have, and no `create` beside a `save`
/// of the user: it would save past that one and past its guard.
fn generated<S: ModelState>(name: &str) -> Option<&'static GeneratedEvent<S>> {
    let event = S::EVENTS.iter().find(|event| event.is(name))?;
    let leads_past = event.handler == "create" && own_save::<S>().is_some();
    (!leads_past).then_some(event)
}

/// The user's handler for saving.
fn own_save<S: ModelState>() -> Option<&'static EventDef<S>> {
    let save = S::EVENTS.iter().find(|event| event.handler == "save")?;
    let mut names = save.names.iter();
    names.find_map(|name| S::event_table().find(name))
}

/// The user's handler of an event. One that replaces a generated event does so under all names of
/// that event, and `save` also saves what is kept in a conflict: another way would lead past it, and
/// past its guard.
pub(crate) fn own<S: ModelState>(name: &str) -> Option<&'static EventDef<S>> {
    let table = S::event_table();
    let replaced = || {
        let event = generated::<S>(name)?;
        let mut names = event.names.iter();
        let own = names.find_map(|name| table.find(name));
        own.or_else(|| own_save::<S>().filter(|_| event.handler == KEEP_MINE))
    };
    table.find(name).or_else(replaced)
}

/// Saving over what somebody else changed.
const KEEP_MINE: &str = "keep_mine";

/// What components send for a function of [`handlers`].
pub(crate) fn name_of<S: ModelState>(handler: &'static str) -> &'static str {
    let event = S::EVENTS.iter().find(|event| event.handler == handler);
    let name = event.and_then(|event| event.names.first());
    name.copied().unwrap_or(handler)
}

/// What is known of an event of the user, under any of its names.
#[must_use]
pub fn event_facts<S: ModelState>(event: &str) -> Option<EventFacts> {
    let facts = own::<S>(event)?.facts.clone();
    Some(EventFacts {
        name: event.to_owned().into(),
        ..facts
    })
}

/// What is known of the events of a state: the user's, then the generated ones that they do not
/// replace.
#[must_use]
pub fn events<S: ModelState>() -> Vec<EventFacts> {
    let own = S::event_table();
    let mut offered = Vec::new();
    for event in S::EVENTS {
        for &name in event.names {
            if generated::<S>(name).is_some() {
                let facts = event_facts::<S>(name);
                offered.push(facts.unwrap_or(EventFacts::new(name).with_args(event.args)));
            }
        }
    }
    for field in S::FIELDS {
        if !field.is_file() {
            offered.push(EventFacts::setter(field.meta.name));
        }
    }
    offered.extend(picker::facts::<S>());
    offered.extend(inline::facts::<S>());
    offered.extend(vars::setters::<S>());
    offered.retain(|facts| own.find(&facts.name).is_none());
    let mut events = own.all();
    events.append(&mut offered);
    events
}

/// Takes up what the page's address says, as far as the state has it.
pub fn read_query<S: ModelState>(state: &mut S, query: &state::Query<'_>) {
    let (spec, core) = (&S::SPEC, state.core_mut());
    let number = |name| query.get(name).and_then(|text| text.parse().ok());
    if let Some(search) = query.get(spec.names.search).filter(|_| spec.is_searched()) {
        core.search = handlers::limited(search);
    }
    if let Some(size) = number(spec.names.page_size).filter(|_| spec.is_paged()) {
        core.page_size = handlers::page_size::<S>(size);
    }
    if let Some(page) = number(spec.names.page).filter(|_| spec.is_paged()) {
        core.page = page;
    }
    if let Some(ordering) = query
        .get(spec.names.ordering)
        .filter(|text| handlers::is_ordering::<S>(text))
    {
        ordering.clone_into(&mut core.ordering);
    }
    lists::read_query(state, query);
    let core = state.core_mut();
    core.asked = query
        .get("edit")
        .filter(|text| !text.is_empty() && spec.actions.update)
        .map(|text| parse_key(text).map_or(Asked::NoKey, Asked::Key));
    let history = query.get("history").filter(|_| spec.history);
    core.asked_history = history.and_then(parse_key);
}

/// Whether the address says all there is: no error, no selection and no row of a form that would be lost.
pub fn is_in_address<S: ModelState>(state: &S) -> bool {
    let core = state.core();
    let selects = core.all_selected || !core.selected.is_empty();
    let shown = core.import.is_some() || !core.error.is_empty() || !core.field_errors.is_empty();
    let mut inlines = S::INLINES.iter();
    !shown && !selects && !inlines.any(|inline| inline.ops.is_changed(state))
}

/// Writes what differs from the page as it is first opened.
pub fn write_query<S: ModelState>(state: &S, address: &mut Address) {
    let (spec, core) = (&S::SPEC, state.core());
    if !core.search.is_empty() {
        address.set(spec.names.search, &core.search);
    }
    lists::write_filters(state, address);
    lists::write_place(state, address);
    if core.page_size != spec.paginate_by.unwrap_or(0) {
        address.set(spec.names.page_size, &core.page_size.to_string());
    }
    if !core.ordering.is_empty() {
        address.set(spec.names.ordering, &core.ordering);
    }
    if let Some(key) = &core.editing_id {
        address.set("edit", &key_text(key));
    }
    if let Some(history) = &core.history {
        address.set("history", &key_text(&history.key));
    }
}
