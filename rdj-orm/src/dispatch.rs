//! From an event's name to the handler, and between a state and its page's address.

mod bulk;
mod lists;

use rdj_runtime::{
    Cx, Error, Result,
    dispatch::{BoxFuture, Call, EventFacts},
    form::Entries,
    state::{self, Address, vars},
};

use crate::{
    handlers,
    model::{key_text, parse_key},
    state::{Asked, FieldDef, ModelState},
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
        }
        if let Some(def) = S::event_table().find(call.event) {
            state.core_mut().error.clear();
            let done = (def.run)(state, cx, call).await;
            return shown(state, cx, call.event, done);
        }
        if let Some(field) = setter::<S>(call.event) {
            return set(state, field, &call);
        }
        if lists::has::<S>(call.event) {
            state.core_mut().error.clear();
            let done = lists::run(state, cx, &call).await;
            return shown(state, cx, call.event, done);
        }
        if !BUILTIN.iter().any(|(name, _)| *name == call.event) {
            return vars::set(state, &call);
        }
        state.core_mut().error.clear();
        let done = builtin(state, cx, &call).await;
        shown(state, cx, call.event, done)
    })
}

/// Takes up the entries whose names are editable fields or bindable variables.
fn fill<S: ModelState>(state: &mut S, entries: &Entries) {
    for field in S::FIELDS {
        if let Some(typed) = entries.get(field.meta.name) {
            field.take(state, typed);
        }
    }
    vars::fill(state, entries);
    bulk::fill(state, entries);
}

fn setter<S: ModelState>(event: &str) -> Option<&'static FieldDef<S>> {
    let name = event.strip_prefix("set_")?;
    S::FIELDS.iter().find(|field| field.meta.name == name)
}

fn set<S: ModelState>(state: &mut S, field: &FieldDef<S>, call: &Call<'_>) -> Result {
    field.take(state, &text(call)?);
    Ok(())
}

/// The only argument as the text of a control.
fn text(call: &Call<'_>) -> Result<String> {
    value_text(call, call.arg()?)
}

/// The text of a control's value.
fn value_text(call: &Call<'_>, value: serde_json::Value) -> Result<String> {
    match value {
        serde_json::Value::String(text) => Ok(text),
        serde_json::Value::Null => Ok(String::new()),
        value @ (serde_json::Value::Bool(_) | serde_json::Value::Number(_)) => {
            Ok(value.to_string())
        }
        _ => Err(Error::BadArguments(format!(
            "{}: not a single value",
            call.event
        ))),
    }
}

fn shown<S: ModelState>(state: &mut S, cx: &Cx, event: &str, done: Result) -> Result {
    match done {
        Err(Error::Invalid(text) | Error::Conflict(text)) if event == "delete" => {
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

/// The events of [`handlers`].
const BUILTIN: &[(&str, &[&str])] = &[
    ("load", &[]),
    ("refresh", &[]),
    ("save", &[]),
    ("create", &[]),
    ("new", &[]),
    ("delete", &["key"]),
    ("start_edit", &["key"]),
    ("cancel_edit", &[]),
    ("set_search", &["text"]),
    ("clear_search", &[]),
    ("next_page", &[]),
    ("prev_page", &[]),
    ("go_to_page", &["page"]),
    ("set_page_size", &["size"]),
    ("set_ordering", &["field"]),
];

/// What is known of the events of a state: the user's, then the generated ones that they do not
/// replace.
#[must_use]
pub fn events<S: ModelState>() -> Vec<EventFacts> {
    let own = S::event_table();
    let builtin = BUILTIN
        .iter()
        .map(|&(name, args)| EventFacts::new(name).with_args(args));
    let fields = S::FIELDS
        .iter()
        .map(|field| EventFacts::setter(field.meta.name));
    let generated = builtin
        .chain(lists::facts::<S>())
        .chain(fields)
        .chain(vars::setters::<S>());
    let generated = generated.filter(|facts| own.find(&facts.name).is_none());
    own.all().chain(generated).collect()
}

async fn builtin<S: ModelState>(state: &mut S, cx: &Cx, call: &Call<'_>) -> Result {
    match call.event {
        "start_edit" => handlers::start_edit(state, cx, call.arg()?).await,
        "delete" => handlers::delete(state, cx, call.arg()?).await,
        "set_search" => handlers::set_search(state, cx, text(call)?).await,
        "go_to_page" => handlers::go_to_page(state, cx, number(call)?).await,
        "set_page_size" => handlers::set_page_size(state, cx, number(call)?).await,
        "set_ordering" => handlers::set_ordering(state, cx, text(call)?).await,
        _ => without_args(state, cx, call).await,
    }
}

/// A number, or the text of a control with one.
fn number(call: &Call<'_>) -> Result<u64> {
    let text = text(call)?;
    let bad = || Error::BadArguments(format!("{}: not a number", call.event));
    text.trim().parse().map_err(|_| bad())
}

async fn without_args<S: ModelState>(state: &mut S, cx: &Cx, call: &Call<'_>) -> Result {
    call.no_args()?;
    match call.event {
        "load" => handlers::load(state, cx).await,
        "save" => handlers::save(state, cx).await.map(drop),
        "create" => handlers::create(state, cx).await.map(drop),
        "new" => handlers::new(state, cx).await,
        "cancel_edit" => handlers::cancel_edit(state, cx).await,
        "clear_search" => handlers::clear_search(state, cx).await,
        "next_page" => handlers::next_page(state, cx).await,
        "prev_page" => handlers::prev_page(state, cx).await,
        _ => handlers::refresh(state, cx).await,
    }
}

/// Takes up what the page's address says.
pub fn read_query<S: ModelState>(state: &mut S, query: &state::Query<'_>) {
    let core = state.core_mut();
    if let Some(search) = query.get("search") {
        core.search = handlers::limited(search);
    }
    if let Some(page) = query.get("page").and_then(|text| text.parse().ok()) {
        core.page = page;
    }
    if let Some(size) = query.get("page_size").and_then(|text| text.parse().ok()) {
        core.page_size = handlers::page_size::<S>(size);
    }
    if let Some(ordering) = query
        .get("ordering")
        .filter(|text| handlers::is_ordering::<S>(text))
    {
        ordering.clone_into(&mut core.ordering);
    }
    lists::read_query(state, query);
    let core = state.core_mut();
    core.asked = query
        .get("edit")
        .filter(|text| !text.is_empty())
        .map(|text| parse_key(text).map_or(Asked::NoKey, Asked::Key));
}

/// Whether the address says all there is: no error and no selection that would be lost.
pub fn is_in_address<S: ModelState>(state: &S) -> bool {
    let core = state.core();
    let selects = core.all_selected || !core.selected.is_empty();
    core.error.is_empty() && core.field_errors.is_empty() && !selects
}

/// Writes what differs from the page as it is first opened.
pub fn write_query<S: ModelState>(state: &S, address: &mut Address) {
    let core = state.core();
    if !core.search.is_empty() {
        address.set("search", &core.search);
    }
    lists::write_filters(state, address);
    lists::write_place(state, address);
    if core.page_size != S::SPEC.paginate_by.unwrap_or(0) {
        address.set("page_size", &core.page_size.to_string());
    }
    if !core.ordering.is_empty() {
        address.set("ordering", &core.ordering);
    }
    if let Some(key) = &core.editing_id {
        address.set("edit", &key_text(key));
    }
}
