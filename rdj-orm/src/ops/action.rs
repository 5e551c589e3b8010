//! What stands around every action: `setup`, `handle_error`, `teardown`.

use rdj_runtime::{Cx, Result};

use crate::{hooks::Action, state::ModelState};

/// Begins an action. Its end runs also if this fails.
pub(super) async fn begin<S: ModelState>(state: &mut S, cx: &Cx, action: Action) -> Result {
    (S::hooks().setup)(state, cx, action).await
}

/// Ends an action; nothing is returned for an error that a hook has dealt with.
pub(super) async fn end<S: ModelState, T>(
    state: &mut S,
    cx: &Cx,
    action: Action,
    done: Result<T>,
) -> Result<Option<T>> {
    let hooks = S::hooks();
    let done = match done {
        Ok(done) => Ok(Some(done)),
        Err(error) => (hooks.handle_error)(state, cx, action, error)
            .await
            .map(|()| None),
    };
    (hooks.teardown)(state, cx, action).await;
    done
}
