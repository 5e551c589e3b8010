//! Making a row of a text, for a field of another state that refers to it.

use rdj_runtime::{Cx, Error, Result, dispatch::Call};

use super::store;
use crate::{
    dispatch::{name_of, own},
    state::{ModelState, Row},
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
    field.ok_or(Error::NotFound)?.take(&mut state, text);
    let done = run(&mut state, cx).await;
    match (done, state.core_mut().saved.take()) {
        (Err(error), _) if error.is_internal() => Err(error),
        (Err(error), _) => Ok(Made::Refused(error.public_text().into_owned())),
        (Ok(()), Some(row)) => Ok(Made::Row(row)),
        (Ok(()), None) => Ok(Made::Refused(problems(&state))),
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

/// What the state has to say against the row: that of other fields with their names.
fn problems<S: ModelState>(state: &S) -> String {
    let core = state.core();
    let mut all: Vec<String> = Vec::new();
    for field in S::FIELDS {
        if let Some(error) = core.field_errors.get(field.meta.name) {
            let label = words::field::<S::Entity>(&field.meta);
            all.push(format!("{label}: {error}"));
        }
    }
    let general = [core.field_errors.general(), Some(core.error.text())];
    let general = general.into_iter().flatten();
    all.extend(general.filter(|text| !text.is_empty()).map(Into::into));
    all.dedup();
    all.join(" ")
}
