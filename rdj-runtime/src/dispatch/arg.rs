//! Arguments of event handles in templates.

use std::borrow::Cow;

use serde::{Serialize, de::DeserializeOwned};

use crate::{
    error::Result,
    form::{FieldError, FormValue},
};

use super::Call;

/// A value that a template may pass where a handler takes a `T`: a `T` or a reference to one.
///
/// Askama passes fields by reference (`note.id` arrives as `&note.id`), so both work.
#[diagnostic::on_unimplemented(
    message = "this event takes a `{T}`, not a `{Self}`",
    label = "expected `{T}`, found `{Self}`",
    note = "the argument types of an event handle are those of the handler"
)]
pub trait Arg<T> {
    /// Appends the value as JSON.
    fn write_json(&self, out: &mut String);
}

fn write<T: Serialize + ?Sized>(value: &T, out: &mut String) {
    // serde_json fails only on a `Serialize` that fails itself; the handler then refuses the null
    out.push_str(&serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned()));
}

impl<T: Serialize> Arg<T> for T {
    fn write_json(&self, out: &mut String) {
        write(self, out);
    }
}

impl<T: Serialize> Arg<T> for &T {
    fn write_json(&self, out: &mut String) {
        write(*self, out);
    }
}

impl<T: Serialize> Arg<T> for &&T {
    fn write_json(&self, out: &mut String) {
        write(**self, out);
    }
}

impl Arg<String> for &str {
    fn write_json(&self, out: &mut String) {
        write(*self, out);
    }
}

impl Arg<String> for Cow<'_, str> {
    fn write_json(&self, out: &mut String) {
        write(self, out);
    }
}

/// The value of the control that an event comes from: as last argument of handles of `on_input`,
/// `on_change` and `on_blur`, for a handler that takes a `String`, a `bool` for a checkbox, or a
/// `Vec<String>` for a choice of several.
///
/// ```html
/// <input type="search" aria-label="Find" {{ words.on_input().find(rdj::VALUE).debounce(300) }}>
/// ```
///
/// With other handles it is an error of the template.
pub const VALUE: ControlValue = ControlValue;

/// The type of [`VALUE`].
#[derive(Clone, Copy, Debug)]
pub struct ControlValue;

/// What a template may pass as the last argument of a handle: a value as [`Arg`], or [`VALUE`].
#[diagnostic::on_unimplemented(
    message = "this event takes a `{T}`, not a `{Self}`",
    label = "expected `{T}`, found `{Self}`",
    note = "the argument types of an event handle are those of the handler; `rdj::VALUE` is a `String`, a `bool` or a `Vec<String>`"
)]
pub trait LastArg<T> {
    /// The value as JSON text; empty for the control's.
    fn json(&self) -> String;
}

impl<T, A: Arg<T>> LastArg<T> for A {
    fn json(&self) -> String {
        json(self)
    }
}

macro_rules! control_value {
    ($($ty:ty),*) => {$(
        impl LastArg<$ty> for ControlValue {
            fn json(&self) -> String {
                String::new()
            }
        }

        impl LastArg<$ty> for &ControlValue {
            fn json(&self) -> String {
                String::new()
            }
        }
    )*};
}

control_value!(String, bool, Vec<String>);

/// One argument as JSON text.
pub fn json<T>(value: &impl Arg<T>) -> String {
    let mut out = String::new();
    value.write_json(&mut out);
    out
}

/// The argument of a setter: the text of a control, or a value of the variable's type.
#[derive(Debug)]
pub struct SetterArg(serde_json::Value);

impl SetterArg {
    /// Reads the only argument of `call`.
    ///
    /// # Errors
    ///
    /// There is not exactly one.
    pub fn of(call: &Call<'_>) -> Result<Self> {
        call.arg().map(Self)
    }

    /// The text as it was typed, if the argument came from a control.
    #[must_use]
    pub fn typed(&self) -> Option<&str> {
        self.0.as_str()
    }

    /// The value for a variable of type `T`.
    ///
    /// # Errors
    ///
    /// What was typed is no `T`.
    pub fn value<T: FormValue + DeserializeOwned>(self) -> std::result::Result<T, FieldError> {
        match self.0 {
            serde_json::Value::String(text) => T::parse(&text),
            serde_json::Value::Null => T::parse(""),
            other => serde_json::from_value(other).map_err(|_| FieldError::key("rdj-enter-value")),
        }
    }
}
