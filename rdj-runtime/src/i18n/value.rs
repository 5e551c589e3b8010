//! Values that stand in texts.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use fluent_bundle::FluentValue;
use rust_decimal::Decimal;

use super::{Locale, Text};

/// A value for a place of a text, written as its language does.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// Text as it is.
    Str(Cow<'static, str>),
    /// A whole number; it chooses among plural forms.
    Integer(i64),
    /// A number; it chooses among plural forms.
    Float(f64),
    /// An exact number, written with all its digits.
    Decimal(Decimal),
    /// A day.
    Date(NaiveDate),
    /// A time of day.
    Time(NaiveTime),
    /// A point in time, written in the time zone of the request.
    DateTime(DateTime<Utc>),
    /// Another text, translated with this one.
    Text(Box<Text>),
}

impl Value {
    pub(super) fn to_fluent(&self, locale: &Locale) -> FluentValue<'_> {
        match self {
            Self::Str(text) => FluentValue::from(&**text),
            Self::Integer(number) => FluentValue::from(*number),
            Self::Float(number) => FluentValue::from(*number),
            Self::Decimal(number) => locale.number(*number).into(),
            Self::Date(day) => locale.date(*day).into(),
            Self::Time(time) => locale.time(*time).into(),
            Self::DateTime(time) => locale.datetime(*time).into(),
            Self::Text(text) => text.text_in(locale).into_owned().into(),
        }
    }
}

macro_rules! from {
    ($($type:ty => $variant:ident($value:ident) $make:expr;)*) => {$(
        impl From<$type> for Value {
            fn from($value: $type) -> Self {
                Self::$variant($make)
            }
        }
    )*};
}
from! {
    &'static str => Str(value) value.into();
    String => Str(value) value.into();
    Cow<'static, str> => Str(value) value;
    i8 => Integer(value) value.into();
    i16 => Integer(value) value.into();
    i32 => Integer(value) value.into();
    i64 => Integer(value) value;
    u8 => Integer(value) value.into();
    u16 => Integer(value) value.into();
    u32 => Integer(value) value.into();
    u64 => Integer(value) i64::try_from(value).unwrap_or(i64::MAX);
    usize => Integer(value) i64::try_from(value).unwrap_or(i64::MAX);
    f32 => Float(value) value.into();
    f64 => Float(value) value;
    Decimal => Decimal(value) value;
    NaiveDate => Date(value) value;
    NaiveTime => Time(value) value;
    DateTime<Utc> => DateTime(value) value;
    Text => Text(value) Box::new(value);
}
