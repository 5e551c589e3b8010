//! A text for the user with its key in the catalogues.

use std::{borrow::Cow, fmt};

/// A text for the user: a key of the catalogues with arguments, and the English text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    key: &'static str,
    args: Vec<(&'static str, String)>,
    english: Cow<'static, str>,
}

impl Reason {
    /// A text.
    pub fn new(key: &'static str, english: impl Into<Cow<'static, str>>) -> Self {
        Self {
            key,
            args: Vec::new(),
            english: english.into(),
        }
    }

    /// Adds an argument of the translated text.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// The key in the catalogues.
    #[must_use]
    pub fn key(&self) -> &'static str {
        self.key
    }

    /// The arguments.
    #[must_use]
    pub fn args(&self) -> &[(&'static str, String)] {
        &self.args
    }

    /// The English text.
    #[must_use]
    pub fn english(&self) -> &str {
        &self.english
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.english)
    }
}
