//! The text form of a column's type, found without a bound.

use std::{fmt, marker::PhantomData};

use rdj_runtime::form::{FieldError, FormValue, InputKind};

/// How values of a type are read and written as text.
pub struct FormOps<T> {
    /// The control; none for a type without a text form.
    pub kind: Option<InputKind>,
    /// Whether an empty control is a value of its own.
    pub nullable: bool,
    /// The texts of all values with what the user reads; empty where any text can be one.
    pub choices: &'static [(&'static str, &'static str)],
    /// The value of an empty form, for a type with a text form.
    pub empty: fn() -> Option<T>,
    /// Reads what was typed.
    pub parse: fn(&str) -> Result<T, FieldError>,
    /// The text for the control.
    pub text: fn(&T) -> String,
    /// Writes the value for reading.
    pub show: fn(&T, &mut dyn fmt::Write) -> fmt::Result,
    /// Whether a required field would count as not filled in.
    pub blank: fn(&T) -> bool,
    /// A value of the content of a file, or of none; only for a type of bytes.
    pub file: Option<fn(Option<Vec<u8>>) -> T>,
}

impl<T> fmt::Debug for FormOps<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FormOps({:?})", self.kind)
    }
}

impl FormOps<Vec<u8>> {
    /// Bytes: a file.
    pub const BYTES: Self = Self {
        file: Some(Option::unwrap_or_default),
        ..FormProbe::<Vec<u8>>::OPS
    };
}

impl FormOps<Option<Vec<u8>>> {
    /// Bytes or NULL: a file that can be taken away.
    pub const BYTES: Self = Self {
        file: Some(|bytes| bytes),
        ..FormProbe::<Option<Vec<u8>>>::OPS
    };
}

/// Finds the [`FormOps`] of a type: `FormProbe::<T>::OPS`.
///
/// An inherent constant stands before one of a trait, so a type with [`FormValue`] gets its own and
/// any other gets those of [`NoForm`]. A missing text form is then reported once, where the user
/// named the field, by [`initial`](crate::state::initial).
#[derive(Debug)]
pub struct FormProbe<T>(PhantomData<T>);

impl<T: FormValue> FormProbe<T> {
    /// The text form of `T`.
    pub const OPS: FormOps<T> = FormOps {
        kind: Some(T::KIND),
        nullable: T::NULLABLE,
        choices: T::CHOICES,
        empty: || Some(T::empty()),
        parse: T::parse,
        text: T::text,
        show: T::show,
        blank: T::is_blank,
        file: None,
    };
}

/// Answers for types without a text form.
pub trait NoForm<T> {
    /// Operations that read nothing and show nothing.
    const OPS: FormOps<T> = FormOps {
        kind: None,
        nullable: false,
        choices: &[],
        empty: || None,
        parse: |_| Err(FieldError::key("rdj-not-editable")),
        text: |_| String::new(),
        show: |_, _| Ok(()),
        blank: |_| false,
        file: None,
    };
}

impl<T> NoForm<T> for FormProbe<T> {}
