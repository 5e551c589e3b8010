//! The events of child rows: `add_row` and `remove_row`.

use rdj_runtime::{
    Cx, Error, Result,
    dispatch::{BoxFuture, Call, EventFacts},
    state::State,
};

use crate::{
    inline::{InlineDef, split},
    pipeline::may_write,
    state::{Facts as _, ModelState},
};

pub(crate) const ADD: &str = "add_row";
pub(crate) const REMOVE: &str = "remove_row";

/// Whether the state has such an event.
pub(super) fn has<S: ModelState>(event: &str) -> bool {
    S::INLINE && matches!(event, ADD | REMOVE)
}

/// What is known of these events.
pub(super) fn facts<S: ModelState>() -> Vec<EventFacts> {
    if !S::INLINE {
        return Vec::new();
    }
    vec![
        EventFacts::new(ADD).with_args(&["rows"]),
        EventFacts::new(REMOVE).with_args(&["rows", "row"]),
    ]
}

/// Runs one for who may save the form. The form came with it, and nothing is saved.
pub(super) fn run<'a, S: ModelState>(
    state: &'a mut S,
    cx: &'a Cx,
    call: &'a Call<'a>,
) -> BoxFuture<'a, Result> {
    Box::pin(change(state, cx, call))
}

async fn change<S: ModelState>(state: &mut S, cx: &Cx, call: &Call<'_>) -> Result {
    may_write(state, cx).await?;
    if call.event == ADD {
        let inline = find::<S>(&call.arg::<String>()?)?;
        if let Some(id) = inline.ops.add(state, cx).await? {
            let first = inline.ops.first_field();
            cx.focus(format!(
                "{}-{}-{id}-{first}",
                <S as State>::NAME,
                inline.name
            ));
        }
        return Ok(());
    }
    let (name, id): (String, u32) = call.args()?;
    let inline = find::<S>(&name)?;
    inline.ops.remove(state, id);
    cx.focus(format!("{}-{}-add", <S as State>::NAME, inline.name));
    Ok(())
}

fn find<S: ModelState>(name: &str) -> Result<&'static InlineDef<S>> {
    let found = S::INLINES.iter().find(|inline| inline.name == name);
    found.ok_or_else(|| Error::BadArguments("no such rows".to_owned()))
}

/// `lines-3-track_id` as the rows that have it, the number of the row and the field.
pub(super) fn part<S: ModelState>(name: &str) -> Option<(&'static InlineDef<S>, u32, &str)> {
    let (rows, id, field) = split(name)?;
    let inline = S::INLINES.iter().find(|inline| inline.name == rows)?;
    Some((inline, id, field))
}
