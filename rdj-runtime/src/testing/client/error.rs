//! What a test is told.

use std::fmt;

/// Why a step of a test could not be done: what was looked for, and what there is.
///
/// Both [`Debug`](fmt::Debug), which tests print, and [`Display`](fmt::Display) are the sentence.
#[derive(Clone, PartialEq, Eq)]
pub struct TestError(String);

impl TestError {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub(super) fn of(what: &str, cause: &dyn fmt::Display) -> Self {
        Self(format!("{what}: {cause}"))
    }
}

impl fmt::Display for TestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for TestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TestError {}

/// The result of a step.
pub(super) type Result<T = (), E = TestError> = std::result::Result<T, E>;
