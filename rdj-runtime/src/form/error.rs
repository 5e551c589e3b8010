//! Messages about single fields.

use std::{collections::BTreeMap, fmt};

/// Why a value was not taken, in words for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError(String);

impl FieldError {
    /// An error with this text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text for the user.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl From<&str> for FieldError {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for FieldError {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The errors of a form by field name, at most one a field: the first one stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldErrors(BTreeMap<&'static str, FieldError>);

impl FieldErrors {
    /// Adds an error to the field `name`, unless it has one already.
    pub fn add_to(&mut self, name: &'static str, error: impl Into<FieldError>) {
        self.0.entry(name).or_insert_with(|| error.into());
    }

    /// The text of the error of `name`, if it has one.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(FieldError::text)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Forgets the error of one field.
    pub fn remove(&mut self, name: &str) {
        self.0.remove(name);
    }

    /// Forgets all errors.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Field names and texts, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(name, error)| (*name, error.text()))
    }
}
