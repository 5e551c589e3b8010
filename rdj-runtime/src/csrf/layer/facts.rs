//! What a CSRF layer tells about itself.

use super::CsrfLayer;
use crate::command::check::CsrfFacts;

impl CsrfLayer {
    /// What `check --deploy` asks.
    pub(crate) fn facts(&self) -> CsrfFacts {
        CsrfFacts {
            secure: self.settings.secure.into(),
        }
    }
}
