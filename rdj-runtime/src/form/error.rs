//! Messages about single fields.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use crate::i18n::{Text, Value};

/// Why a value was not taken, in words for the user; translated when it is shown.
///
/// ```
/// use rdj_runtime::{FieldError, i18n::Text};
///
/// let own = FieldError::from("Use another title.");
/// let translated = FieldError::from(Text::key("rdj-required"));
/// assert_eq!(translated.text(), "This field is required.");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct FieldError(Text);

impl FieldError {
    /// An error with this text, or with a message of the catalogues.
    pub fn new(text: impl Into<Text>) -> Self {
        Self(text.into())
    }

    /// The message of the catalogues with this id.
    #[must_use]
    pub const fn key(key: &'static str) -> Self {
        Self(Text::key(key))
    }

    /// Adds the value of a place of the message.
    #[must_use]
    pub fn arg(self, name: &'static str, value: impl Into<Value>) -> Self {
        Self(self.0.arg(name, value))
    }

    /// The text for the user, in the current language.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        self.0.text()
    }
}

impl<T: Into<Text>> From<T> for FieldError {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The errors of a form by field name, at most one a field: the first one stays.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FieldErrors(BTreeMap<&'static str, FieldError>);

/// The name of errors that belong to no field.
const ALL: &str = "__all__";

impl FieldErrors {
    /// Adds an error of the form as a whole, unless it has one already; it stands above the form.
    ///
    /// ```
    /// let mut errors = rdj_runtime::FieldErrors::default();
    /// errors.add("The dates overlap.");
    /// assert_eq!(errors.general().as_deref(), Some("The dates overlap."));
    /// ```
    pub fn add(&mut self, error: impl Into<FieldError>) {
        self.add_to(ALL, error);
    }

    /// The text of the error of the form as a whole, if it has one: `__all__` by name.
    #[must_use]
    pub fn general(&self) -> Option<Cow<'_, str>> {
        self.get(ALL)
    }

    /// Adds an error to the field `name`, unless it has one already.
    pub fn add_to(&mut self, name: &'static str, error: impl Into<FieldError>) {
        self.0.entry(name).or_insert_with(|| error.into());
    }

    /// The text of the error of `name` in the current language, if it has one.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Cow<'_, str>> {
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

    /// Field names and texts in the current language, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, Cow<'_, str>)> {
        self.0.iter().map(|(name, error)| (*name, error.text()))
    }
}
