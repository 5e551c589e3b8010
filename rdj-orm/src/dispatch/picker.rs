//! The events of fields that refer to other rows: `search_choices`, `pick_choice` and `create_choice`.

use std::future::ready;

use rdj_runtime::{
    Cx, Error, Result,
    dispatch::{BoxFuture, Call, EventFacts},
    form::FieldError,
    state::State,
};
use serde_json::Value;

use super::{generated::text, inline};
use crate::{
    backend::enter,
    handlers,
    inline::Question,
    ops::Made,
    pipeline::{in_place, is_label, may_set, may_write, offer_picked, search_choices},
    state::{Facts as _, FieldDef, ModelState},
};

pub(crate) const SEARCH: &str = "search_choices";
pub(crate) const PICK: &str = "pick_choice";
pub(crate) const CREATE: &str = "create_choice";

/// Whether the state has such an event.
pub(super) fn has<S: ModelState>(event: &str) -> bool {
    match event {
        SEARCH | PICK => refers::<S>(),
        CREATE => creates::<S>(),
        _ => false,
    }
}

/// Whether `create_in_place(..)` names a field.
fn creates<S: ModelState>() -> bool {
    S::CREATES && refers::<S>()
}

fn refers<S: ModelState>() -> bool {
    S::REFERS && S::SPEC.actions.save()
}

/// What is known of these events.
pub(super) fn facts<S: ModelState>() -> Vec<EventFacts> {
    let mut facts = Vec::new();
    for (name, args) in [
        (SEARCH, &["field", "text"]),
        (PICK, &["field", "value"]),
        (CREATE, &["field", "text"]),
    ] {
        if has::<S>(name) {
            facts.push(EventFacts::new(name).with_args(args));
        }
    }
    facts
}

/// Runs one for who may save the form.
pub(super) fn run<'a, S: ModelState>(
    state: &'a mut S,
    cx: &'a Cx,
    call: &'a Call<'a>,
) -> BoxFuture<'a, Result> {
    Box::pin(asked(state, cx, call))
}

async fn asked<S: ModelState>(state: &mut S, cx: &Cx, call: &Call<'_>) -> Result {
    let cx = &*enter::<S>(cx)?;
    may_write(state, cx).await?;
    let (name, question) = question(call)?;
    if let Some((inline, row, field)) = inline::part::<S>(&name) {
        return inline.ops.ask(state, cx, row, field, question).await;
    }
    answer(state, cx, &name, question).await
}

fn question(call: &Call<'_>) -> Result<(String, Question)> {
    if call.event == CREATE {
        let (name, text): (String, String) = call.args()?;
        return Ok((name, Question::Create(text)));
    }
    if call.event == SEARCH {
        let (name, text): (String, String) = call.args()?;
        return Ok((name, Question::Search(handlers::limited(&text))));
    }
    let (name, value, ticked) = picked(call)?;
    Ok((name, Question::Pick(value, ticked)))
}

/// Answers a control of a form.
pub(crate) async fn answer<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    name: &str,
    question: Question,
) -> Result {
    let field = field::<S>(name)?;
    let (value, ticked) = match question {
        Question::Search(text) => return search_choices(state, cx, field, text).await,
        Question::Create(text) if S::CREATES => return create(state, cx, field, &text).await,
        Question::Create(_) => return Err(nothing_to_make()),
        Question::Pick(value, ticked) => (value, ticked),
    };
    let typed = match ticked.filter(|_| field.meta.many) {
        None => value,
        Some(ticked) => tick(&field.shown(state), &value, ticked),
    };
    field.take(state, &typed);
    (S::hooks().on_state_field_change)(state, cx, &field.meta).await?;
    offer_picked(state, cx, field).await
}

/// Makes the rows that a form without JavaScript asks for; false where one was not made.
pub(super) fn create_asked<'a, S: ModelState>(
    state: &'a mut S,
    cx: &'a Cx,
) -> BoxFuture<'a, Result<bool>> {
    if S::CREATES {
        Box::pin(create_all(state, cx))
    } else {
        Box::pin(ready(Ok(true)))
    }
}

async fn create_all<S: ModelState>(state: &mut S, cx: &Cx) -> Result<bool> {
    for (name, text) in std::mem::take(&mut state.core_mut().creates) {
        let Some(field) = S::FIELDS.iter().find(|field| field.meta.name == name) else {
            continue;
        };
        may_write(state, cx).await?;
        create(state, cx, field, &text).await?;
        if state.core().field_errors.get(name).is_some() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Picks the row with this label: the one that is there, or a new one of the picker's state.
fn create<'a, S: ModelState>(
    state: &'a mut S,
    cx: &'a Cx,
    field: &'static FieldDef<S>,
    text: &'a str,
) -> BoxFuture<'a, Result> {
    Box::pin(make(state, cx, field, text))
}

async fn make<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    field: &'static FieldDef<S>,
    text: &str,
) -> Result {
    let name = field.meta.name;
    if !may_set(&field.meta, cx.user().as_ref()) {
        return Err(Error::Denied);
    }
    let text = handlers::limited(text).trim().to_owned();
    let place = in_place::<S>(&field.meta).filter(|_| !text.is_empty());
    let place = place.ok_or_else(nothing_to_make)?;
    search_choices(state, cx, field, text.clone()).await?;
    let core = state.core_mut();
    core.field_errors.remove(name);
    let mut found = core
        .choices
        .get(name)
        .into_iter()
        .flat_map(|offer| offer.choices.iter());
    let there = found.find(|choice| is_label(choice, &text));
    let made = match there.map(|choice| choice.value.clone()) {
        Some(value) => Made::Row(value),
        None => place.make(cx, &text).await?,
    };
    cx.focus(format!("{}-{name}", <S as State>::NAME));
    let value = match made {
        Made::Row(value) => value,
        Made::Refused(why) => {
            let errors = &mut state.core_mut().field_errors;
            errors.add_to(name, FieldError::new(why));
            return Ok(());
        }
    };
    let typed = if field.meta.many {
        tick(&field.shown(state), &value, true)
    } else {
        value
    };
    field.take(state, &typed);
    (S::hooks().on_state_field_change)(state, cx, &field.meta).await?;
    search_choices(state, cx, field, text).await?;
    if let Some(offer) = state.core_mut().choices.get_mut(name) {
        // its label may be another text
        offer.creates = None;
    }
    Ok(())
}

fn nothing_to_make() -> Error {
    Error::BadArguments(format!("{CREATE}: nothing to make"))
}

/// `("artist_id", "5")` of a select, `("tracks", "5", true)` of a check box.
fn picked(call: &Call<'_>) -> Result<(String, String, Option<bool>)> {
    if let Ok((name, value)) = call.args::<(String, String)>() {
        return Ok((name, value, None));
    }
    let (name, value, ticked) = call.args()?;
    Ok((name, value, Some(ticked)))
}

/// The lines with one more or one less.
fn tick(lines: &str, value: &str, ticked: bool) -> String {
    let others = lines.split('\n').filter(|line| *line != value);
    let all: Vec<&str> = others.chain(ticked.then_some(value)).collect();
    all.join("\n")
}

/// The field that an event names.
fn field<S: ModelState>(name: &str) -> Result<&'static FieldDef<S>> {
    let is_named = |field: &&FieldDef<S>| field.meta.name == name && field.meta.relation.is_some();
    let found = S::FIELDS.iter().find(is_named);
    found.ok_or_else(|| Error::BadArguments("a choice: no such field".to_owned()))
}

/// The only argument as lines: what is chosen in a select of several.
pub(super) fn lines(call: &Call<'_>) -> Result<String> {
    let Value::Array(values) = call.arg()? else {
        return text(call);
    };
    let line = |value: &Value| match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    };
    Ok(values.iter().map(line).collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::tick;

    #[test]
    fn a_tick_adds_or_takes_one() {
        assert_eq!(tick("3\n5", "3", false), "5");
        assert_eq!(tick("3", "5", true), "3\n5");
        assert_eq!(tick("5", "5", true), "5");
    }
}
