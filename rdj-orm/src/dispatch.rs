//! From an event's name to the handler, and between a state and its page's address.

use rdj_runtime::{
    Cx, Error, Result,
    dispatch::{BoxFuture, Call, EventFacts},
    form::Entries,
    state::{self, Address, vars},
};

use crate::{
    handlers,
    model::{key_text, parse_key},
    pipeline::offer_picked,
    state::{Asked, FieldDef, ModelState, Told},
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
        }
        if let Some(def) = S::event_table().find(call.event) {
            state.core_mut().error.clear();
            let done = (def.run)(state, cx, call).await;
            return shown(state, cx, call.event, done);
        }
        if let Some(field) = setter::<S>(call.event) {
            return set(state, cx, field, &call).await;
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
        if field.meta.many {
            let mut typed = entries.all(field.meta.name).peekable();
            if typed.peek().is_some() {
                field.take(state, &typed.collect::<Vec<_>>().join("\n"));
            }
        } else if let Some(typed) = entries.get(field.meta.name) {
            field.take(state, typed);
        }
        if field.meta.relation.is_some() {
            take_search(state, field, entries);
        }
    }
    vars::fill(state, entries);
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

fn setter<S: ModelState>(event: &str) -> Option<&'static FieldDef<S>> {
    let name = event.strip_prefix("set_")?;
    S::FIELDS.iter().find(|field| field.meta.name == name)
}

async fn set<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    field: &FieldDef<S>,
    call: &Call<'_>,
) -> Result {
    let typed = if field.meta.many {
        lines(call)?
    } else {
        text(call)?
    };
    field.take(state, &typed);
    (S::hooks().on_state_field_change)(state, cx, &field.meta).await
}

/// The only argument as lines: what is chosen in a select of several.
fn lines(call: &Call<'_>) -> Result<String> {
    let serde_json::Value::Array(values) = call.arg()? else {
        return text(call);
    };
    let line = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => text.clone(),
        value => value.to_string(),
    };
    Ok(values.iter().map(line).collect::<Vec<_>>().join("\n"))
}

/// The field that an event of a picker names.
fn referring<S: ModelState>(call: &Call<'_>, name: &str) -> Result<&'static FieldDef<S>> {
    let is_named = |field: &&FieldDef<S>| field.meta.name == name && field.meta.relation.is_some();
    let found = S::FIELDS.iter().find(is_named);
    found.ok_or_else(|| Error::BadArguments(format!("{}: no such field", call.event)))
}

async fn search_choices<S: ModelState>(state: &mut S, cx: &Cx, call: &Call<'_>) -> Result {
    let (name, text): (String, String) = call.args()?;
    let field = referring::<S>(call, &name)?;
    handlers::search_choices(state, cx, field, handlers::limited(&text)).await
}

/// `pick("artist_id", "5")` of a select, `pick("tracks", "5", true)` of a check box.
async fn pick<S: ModelState>(state: &mut S, cx: &Cx, call: &Call<'_>) -> Result {
    let (name, value, ticked): (String, String, Option<bool>) =
        match call.args::<(String, String)>() {
            Ok((name, value)) => (name, value, None),
            Err(_) => call
                .args()
                .map(|(name, value, ticked)| (name, value, Some(ticked)))?,
        };
    let field = referring::<S>(call, &name)?;
    handlers::may_write(state, cx).await?;
    match ticked.filter(|_| field.meta.many) {
        None => field.take(state, &value),
        Some(ticked) => {
            let before = field.shown(state);
            let others = before.split('\n').filter(|line| *line != value);
            let all: Vec<&str> = others.chain(ticked.then_some(&*value)).collect();
            field.take(state, &all.join("\n"));
        }
    }
    offer_picked(state, cx, field).await
}

/// The only argument as the text of a control.
fn text(call: &Call<'_>) -> Result<String> {
    match call.arg()? {
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
    ("keep_mine", &[]),
    ("take_theirs", &[]),
    ("set_search", &["text"]),
    ("clear_search", &[]),
    ("next_page", &[]),
    ("prev_page", &[]),
    ("go_to_page", &["page"]),
    ("set_page_size", &["size"]),
    ("set_ordering", &["field"]),
    ("search_choices", &["field", "text"]),
    ("pick", &["field", "value"]),
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
    let generated = builtin.chain(fields).chain(vars::setters::<S>());
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
        "search_choices" => search_choices(state, cx, call).await,
        "pick" => pick(state, cx, call).await,
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
        "keep_mine" => handlers::keep_mine(state, cx).await.map(drop),
        "take_theirs" => handlers::take_theirs(state, cx).await,
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
    core.asked = query
        .get("edit")
        .filter(|text| !text.is_empty())
        .map(|text| parse_key(text).map_or(Asked::NoKey, Asked::Key));
}

/// Whether the address says all there is: no error that would be lost.
pub fn is_in_address<S: ModelState>(state: &S) -> bool {
    state.core().error.is_empty() && state.core().field_errors.is_empty()
}

/// Writes what differs from the page as it is first opened.
pub fn write_query<S: ModelState>(state: &S, address: &mut Address) {
    let core = state.core();
    if !core.search.is_empty() {
        address.set("search", &core.search);
    }
    if core.page > 1 {
        address.set("page", &core.page.to_string());
    }
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
