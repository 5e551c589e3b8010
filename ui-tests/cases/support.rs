//! Running events without a page.

use std::sync::Arc;

use rdj::{__private::runtime::dispatch::Call, Cx, Entries, Result, State};

/// The context of an anonymous request.
pub(crate) fn cx() -> Cx {
    let (parts, ()) = http::Request::new(()).into_parts();
    Cx::new(parts, Vec::new(), None, Arc::default())
}

/// Runs an event as the browser sends it.
pub(crate) async fn call<S: State>(state: &mut S, event: &str, args: &str) -> Result {
    state
        .dispatch(
            &cx(),
            Call {
                event,
                args,
                form: None,
            },
        )
        .await
}

/// Runs an event as a form sends it.
pub(crate) async fn submit<S: State>(state: &mut S, event: &str, form: &Entries) -> Result {
    state
        .dispatch(
            &cx(),
            Call {
                event,
                args: "[]",
                form: Some(form),
            },
        )
        .await
}
