//! What the browser is asked to do beside a patch.

use serde::Serialize;

use crate::view::SectionOp;

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
    /// With `live`, over the socket where that can be; else by loading it.
    /// With `replace`, in place of the page in the history.
    Navigate {
        to: String,
        #[serde(skip_serializing_if = "is_false")]
        live: bool,
        #[serde(skip_serializing_if = "is_false")]
        replace: bool,
    },
    /// The form of this event was taken, and the page is left: what was typed is no draft any more.
    Sent,
    /// Go to another site.
    Redirect { to: String },
    /// Fetch the cookies that wait under this id.
    Ticket { id: String },
    /// The handler did not run, or refused; the form is kept.
    Refused { status: u16, text: String },
    /// An internal error; the cause is in the log under this id.
    Error { id: String, text: String },
    /// Rows of a stream, for the container with this id.
    Stream {
        id: String,
        /// Which page of the browser it is.
        page: String,
        n: u64,
        #[serde(skip_serializing_if = "is_zero")]
        limit: usize,
        ops: Vec<SectionOp>,
    },
    /// Fetch a file from a path of this site.
    Download { to: String },
    /// Move the focus.
    Focus { id: String },
    /// Hand a value to the hook of the element with this id.
    Push {
        id: String,
        name: String,
        value: serde_json::Value,
    },
    /// What an event cost, for the panel of developers.
    Inside(Box<Inside>),
}

/// What an event cost: times in microseconds, statements with theirs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Inside {
    pub(crate) event: String,
    pub(crate) seq: u64,
    pub(crate) outcome: &'static str,
    pub(crate) us: serde_json::Value,
    pub(crate) sql: u32,
    pub(crate) statements: Vec<(String, u64)>,
    pub(crate) bytes: usize,
    pub(crate) warnings: Vec<String>,
}

impl Effect {
    /// To a path of this site, which the browser loads anew.
    pub(crate) fn navigate(to: String) -> Self {
        Self::Navigate {
            to,
            live: false,
            replace: false,
        }
    }

    /// The same, and where a handler sends to a path of this site: over the socket, and in place of the
    /// page in the history.
    #[must_use]
    pub(crate) fn of_handler(mut self, over_socket: bool, replacing: bool) -> Self {
        if let Self::Navigate { live, replace, .. } = &mut self {
            (*live, *replace) = (over_socket, replacing);
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

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
fn is_zero(value: &usize) -> bool {
    *value == 0
}
