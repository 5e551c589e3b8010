//! A column's value as JSON, found without a bound.

use std::marker::PhantomData;

use serde_json::Value;

use crate::serializer::{As, Formats, SerialValue};

/// Writes values of a type as JSON.
pub type ToJson<T> = fn(&T, Formats) -> Option<Value>;

/// Finds the [`ToJson`] of a type: `JsonProbe::<T>::JSON`.
///
/// An inherent constant stands before one of a trait, as in [`FormProbe`](super::FormProbe).
#[derive(Debug)]
pub struct JsonProbe<T>(PhantomData<T>);

impl<T: SerialValue> JsonProbe<T> {
    /// The value in the given formats.
    pub const JSON: ToJson<T> = |value, formats| serde_json::to_value(As(value, formats)).ok();
}

/// Answers for types without a form of their own in rows: their text stands for them.
pub trait NoJson<T> {
    /// Nothing.
    const JSON: ToJson<T> = |_, _| None;
}

impl<T> NoJson<T> for JsonProbe<T> {}
