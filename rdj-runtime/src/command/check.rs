//! Checks: what is wrong with an application, told before a user meets it.
//!
//! A check is a function from the application's parts to messages. All of them run at the command
//! `check`, and before the application is served: an error stops the start. `check --deploy` adds what
//! matters on the open network; ids that begin with `security.` are those of Django for the same thing.
//!
//! ```
//! use rdj_runtime::command::check::{CheckCx, CheckMessage};
//!
//! fn has_pages(cx: &CheckCx<'_>) -> Vec<CheckMessage> {
//!     if cx.inspection.pages.is_empty() {
//!         let message = CheckMessage::warning("shop.W001", "There are no pages.");
//!         return vec![message.hint("Call `App::discover`.")];
//!     }
//!     Vec::new()
//! }
//!
//! let app = rdj_runtime::App::new().check(has_pages);
//! ```

mod deploy;
mod facts;
mod message;
mod plain;

pub use self::{
    deploy::secret_key,
    facts::{CsrfFacts, SecureCookie, SecurityFacts, SessionFacts},
    message::{CheckLevel, CheckMessage},
};
use super::{Inspection, Terminal};
use crate::{
    cx::Resources,
    error::{Error, Result},
};

/// A check: see [`App::check`](crate::App::check).
pub type Check = fn(&CheckCx<'_>) -> Vec<CheckMessage>;

/// What a check looks at.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct CheckCx<'a> {
    /// The application's services, such as its mailer, by type.
    pub resources: &'a Resources,
    /// Pages, states, events, layers and limits.
    pub inspection: &'a Inspection,
    /// Whether the application is checked for the open network.
    pub deploy: bool,
    pub(super) checks: &'a [Check],
    pub(super) silenced: &'a [String],
}

impl<'a> CheckCx<'a> {
    pub(super) fn new(
        resources: &'a Resources,
        inspection: &'a Inspection,
        checks: &'a [Check],
        silenced: &'a [String],
    ) -> Self {
        Self {
            resources,
            inspection,
            deploy: false,
            checks,
            silenced,
        }
    }

    /// Runs the built-in checks and those of the application; what is silenced is left out by id.
    pub(super) fn run(&self) -> (Vec<CheckMessage>, usize) {
        let mut found = plain::check(self);
        if self.deploy {
            found.extend(deploy::check(self));
        }
        found.extend(self.checks.iter().flat_map(|check| check(self)));
        let all = found.len();
        found.retain(|message| !self.silenced.iter().any(|id| id == message.id));
        let silenced = all - found.len();
        (found, silenced)
    }
}

/// Tells warnings, and stops at errors.
pub(super) fn before_serving(cx: &CheckCx<'_>, terminal: &Terminal) -> Result {
    let (found, _) = cx.run();
    for message in found
        .iter()
        .filter(|message| message.level >= CheckLevel::Warning)
    {
        terminal.stderr.line(message)?;
    }
    match found
        .iter()
        .filter(|message| message.level == CheckLevel::Error)
        .count()
    {
        0 => Ok(()),
        count => Err(Error::Setup(format!(
            "the application is not served: its check found {count} error(s)"
        ))),
    }
}
