//! What the browser is asked to do beside a patch.

use serde::Serialize;

/// One effect; sent as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "t", rename_all = "lowercase")]
pub(crate) enum Effect {
    /// Answer to a join.
    /// `token` names the page from now on.
    Hello {
        v: u32,
        build: String,
        seq: u64,
        fresh: bool,
        max: usize,
        token: String,
    },
    /// Go to a path of this site.
    Navigate { to: String },
    /// Go to another site.
    Redirect { to: String },
    /// Fetch the cookies that wait under this id.
    Ticket { id: String },
    /// The handler did not run, or refused; the form is kept.
    Refused { status: u16, text: String },
    /// An internal error; the cause is in the log under this id.
    Error { id: String, text: String },
    /// Move the focus.
    Focus { id: String },
}
