//! Editing the row that the page's address names.

use rdj_runtime::{Cx, Error, Result, dispatch::Call};

use super::{clear_form, start_edit};
use crate::{
    dispatch::own,
    model::key_text,
    state::{Asked, Key, ModelState},
    words,
};

/// Starts to edit the row that the address names, as the event `start_edit` does.
///
/// What is refused gives a message and an empty form, and is remembered for the next save: without
/// JavaScript that is the same request, and its form may be that of the row. So is an event of the
/// user that edits nothing.
pub(crate) async fn edit_asked<S: ModelState>(state: &mut S, cx: &Cx) -> Result {
    let done = match state.core_mut().asked.take() {
        None => return Ok(()),
        Some(Asked::NoKey) => Err(Error::NotFound),
        Some(Asked::Key(key)) => {
            state.core_mut().opening = true;
            let done = open(state, cx, &key).await;
            state.core_mut().opening = false;
            done
        }
    };
    match done {
        Err(error) if !error.is_internal() => {
            tell::<S>(cx, &error);
            clear_form(state);
            state.core_mut().unopened = Some(error);
            Ok(())
        }
        Err(error) => Err(error),
        Ok(()) => {
            let core = state.core_mut();
            if core.editing_id.is_none() {
                core.unopened = Some(Error::NotFound);
            }
            Ok(())
        }
    }
}

/// The user's event if there is one, with its guards, else the generated one.
async fn open<S: ModelState>(state: &mut S, cx: &Cx, key: &Key<S>) -> Result {
    const EVENT: &str = "start_edit";
    let Some(def) = own::<S>(EVENT) else {
        return start_edit(state, cx, key).await;
    };
    // an event of a browser is checked by its page, this one comes from the address
    def.facts.guard.check(cx.user().as_ref())?;
    let args = format!("[{}]", key_text(key));
    let call = Call {
        event: EVENT,
        args: &args,
        form: None,
    };
    (def.run)(state, cx, call).await
}

fn tell<S: ModelState>(cx: &Cx, error: &Error) {
    let messages = cx.messages();
    match error {
        Error::NotFound => messages.warning(words::about::<S::Entity>("rdj-not-found")),
        error => messages.error(error.public_text()),
    }
}
