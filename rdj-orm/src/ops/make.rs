//! Making a row of a text, for a field of another state that refers to it.

use std::borrow::Cow;

use rdj_runtime::{Cx, Error, Result, dispatch::Call};

use super::store;
use crate::{
    dispatch::{name_of, own},
    state::{FieldDef, ModelState, Row},
    words,
};

/// What became of a text.
pub(crate) enum Made<T> {
    /// A row.
    Row(T),
    /// Nothing, and why, for the user.
    Refused(String),
}

/// Makes a new row with a text in one field, as the form of the state does: with its guards and
/// permissions, its checks, its hooks and its owner, by the save of the user if there is one.
pub(crate) async fn make<S: ModelState>(cx: &Cx, field: &str, text: &str) -> Result<Made<Row<S>>> {
    let mut state = S::default();
    let mut fields = S::FIELDS.iter();
    let field = fields.find(|own| own.meta.name == field);
    let field = field.ok_or(Error::NotFound)?;
    field.take(&mut state, text);
    let done = run(&mut state, cx).await;
    match (done, state.core_mut().saved.take()) {
        (Err(error), _) if error.is_internal() => Err(error),
        (Err(error), _) => Ok(Made::Refused(error.public_text().into_owned())),
        (Ok(()), Some(row)) => Ok(Made::Row(row)),
        (Ok(()), None) => Ok(Made::Refused(problems(&state, field.meta.name))),
    }
}

async fn run<S: ModelState>(state: &mut S, cx: &Cx) -> Result {
    let user = cx.user();
    S::GUARD.check(user.as_ref())?;
    state.core_mut().keeps_saved = true;
    for event in ["save", "create"].map(name_of::<S>) {
        let Some(def) = own::<S>(event) else { continue };
        def.facts.guard.check(user.as_ref())?;
        let call = Call {
            event,
            args: "[]",
            form: None,
        };
        return (def.run)(state, cx, call).await;
    }
    store(state, cx, None).await.map(drop)
}

/// What the state has to say against the row: that of other fields than the one with the text comes
/// with their names.
fn problems<S: ModelState>(state: &S, own: &str) -> String {
    let core = state.core();
    let mut all: Vec<String> = Vec::new();
    for FieldDef { meta, .. } in S::FIELDS {
        match core.field_errors.get(meta.name) {
            Some(error) if meta.name == own => all.push(error.into_owned()),
            Some(error) => {
                let label = words::field::<S::Entity>(meta);
                all.push(format!("{label}: {error}"));
            }
            None => {}
        }
    }
    all.extend(core.field_errors.general().map(Cow::into_owned));
    if all.is_empty() {
        all.push(core.error.text().into_owned());
    }
    all.join(" ")
}
