//! The entries of a submitted form.

use serde::Deserialize;

use super::PostedFile;

/// Names and values of a submitted form, in the order of the document.
///
/// A name can stand several times; the last value counts for single-valued fields, so that a hidden
/// `false` before a checkbox works.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Entries {
    pairs: Vec<(String, String)>,
    /// Only a form that was posted over HTTP has any.
    #[serde(skip)]
    files: Vec<(String, PostedFile)>,
}

impl Entries {
    /// Entries from pairs.
    #[must_use]
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        Self {
            pairs,
            files: Vec::new(),
        }
    }

    /// Parses `application/x-www-form-urlencoded` text, as in a query or a POST body.
    ///
    /// # Errors
    ///
    /// The text is not in that format.
    pub fn parse(text: &[u8]) -> Result<Self, serde_urlencoded::de::Error> {
        serde_urlencoded::from_bytes(text).map(Self::new)
    }

    /// The last value of `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.pairs
            .iter()
            .rev()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }

    /// All values of `name`, in order.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.pairs.iter().filter(move |(n, _)| n == name);
        named.map(|(_, value)| value.as_str())
    }

    /// Takes all entries of `name` out and returns the last value.
    pub fn take(&mut self, name: &str) -> Option<String> {
        let value = self.get(name).map(str::to_owned);
        self.pairs.retain(|(n, _)| n != name);
        value
    }

    /// The same entries with these files.
    #[must_use]
    pub fn with_files(mut self, files: Vec<(String, PostedFile)>) -> Self {
        self.files = files;
        self
    }

    /// The file of `name`, if one was chosen.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&PostedFile> {
        let file = self.files.iter().find(|(n, _)| n == name);
        file.map(|(_, file)| file)
    }

    /// Whether it brings files.
    pub(crate) fn has_files(&self) -> bool {
        !self.files.is_empty()
    }

    /// All pairs, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty() && self.files.is_empty()
    }
}
