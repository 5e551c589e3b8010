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
    /// With `replace`, in place of the page in the history.
    Navigate {
        to: String,
        #[serde(skip_serializing_if = "is_false")]
        replace: bool,
    },
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

impl Effect {
    /// To a path of this site, as a link leads there.
    pub(crate) fn navigate(to: String) -> Self {
        let replace = false;
        Self::Navigate { to, replace }
    }

    /// The same, and where it leads to a path of this site, in place of the page in the history.
    #[must_use]
    pub(crate) fn replacing(mut self, with: bool) -> Self {
        if let Self::Navigate { replace, .. } = &mut self {
            *replace = with;
        }
        self
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
fn is_false(value: &bool) -> bool {
    !value
}
