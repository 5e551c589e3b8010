//! Enums whose values a user chooses.

use super::super::FieldError;

/// An enum without data whose values stand in a form; `#[derive(rdj::Choices)]` implements it, and
/// [`FormValue`](super::FormValue) with it.
pub trait Choices: Sized {
    /// The texts of the values in forms with what the user reads, in the order of the enum.
    const CHOICES: &'static [(&'static str, &'static str)];

    /// The place of the value in [`Choices::CHOICES`].
    fn position(&self) -> usize;

    /// The value at a place.
    fn at(position: usize) -> Option<Self>;
}

/// Reads the text of a value.
///
/// # Errors
///
/// The text is none of the choices.
pub fn parse<T: Choices>(text: &str) -> Result<T, FieldError> {
    let position = T::CHOICES.iter().position(|(value, _)| *value == text);
    position
        .and_then(T::at)
        .ok_or_else(|| FieldError::key("rdj-choose-one"))
}

/// The text of a value in forms.
pub fn text<T: Choices>(value: &T) -> &'static str {
    entry(value).0
}

/// What the user reads for a value.
pub fn label<T: Choices>(value: &T) -> &'static str {
    entry(value).1
}

fn entry<T: Choices>(value: &T) -> (&'static str, &'static str) {
    T::CHOICES
        .get(value.position())
        .copied()
        .unwrap_or_default()
}
