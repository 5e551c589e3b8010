//! What a template says of a handle, and no browser can do.

use std::fmt;

use super::UnknownKey;

/// Told where the template is rendered.
#[derive(Debug)]
pub(super) enum Mistake {
    Key(UnknownKey),
    /// The event that was to get a value.
    Value(&'static str),
}

impl Mistake {
    /// For writers whose errors say nothing.
    pub(super) fn tell(self) -> fmt::Error {
        tracing::error!("{self}");
        fmt::Error
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => key.fmt(f),
            Self::Value(event) => write!(
                f,
                "`{event}(.., rdj::VALUE)`: only `on_input`, `on_change` and `on_blur` have the value of a control"
            ),
        }
    }
}

impl std::error::Error for Mistake {}
