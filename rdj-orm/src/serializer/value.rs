//! How values are written into serialized rows.

use std::fmt::{self, Write as _};

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, Utc};
use rdj_runtime::i18n::Locale;
use serde::{Serialize, Serializer};
use serde_json::Value;
use uuid::Uuid;

use crate::decimal::Decimal;

/// How days and points in time are written, in the signs of `strftime`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Formats {
    /// The format of days; none for `2026-03-29`.
    pub date: Option<&'static str>,
    /// The format of points in time, which are written in the time zone of the request; none for
    /// RFC 3339 with all digits, in UTC.
    pub datetime: Option<&'static str>,
}

impl Formats {
    /// `2026-03-29` and `2026-03-29 08:00`, as Django's administrators know them.
    pub const DEFAULT: Self = Self {
        date: Some("%Y-%m-%d"),
        datetime: Some("%Y-%m-%d %H:%M"),
    };
    /// Nothing is lost: what an import reads back.
    pub const EXACT: Self = Self {
        date: None,
        datetime: None,
    };
}

impl Default for Formats {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// A type whose form in a serialized row is not that of serde: times are formatted, decimals and
/// UUIDs are texts.
pub trait SerialValue {
    /// Writes the value.
    ///
    /// # Errors
    ///
    /// The serializer fails.
    fn serialize_as<S: Serializer>(&self, formats: &Formats, to: S) -> Result<S::Ok, S::Error>;
}

/// A value on the way into a row.
#[derive(Debug)]
pub struct As<'a, T: ?Sized>(pub &'a T, pub Formats);

impl<T: SerialValue + ?Sized> Serialize for As<'_, T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.serialize_as(&self.1, to)
    }
}

macro_rules! as_serde {
    ($($ty:ty),*) => {$(
        impl SerialValue for $ty {
            fn serialize_as<S: Serializer>(&self, _: &Formats, to: S) -> Result<S::Ok, S::Error> {
                self.serialize(to)
            }
        }
    )*};
}
as_serde!(
    i8, i16, i32, i64, u8, u16, u32, u64, f32, f64, bool, String, Value
);

macro_rules! as_text {
    ($($ty:ty),*) => {$(
        impl SerialValue for $ty {
            fn serialize_as<S: Serializer>(&self, _: &Formats, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }
    )*};
}
as_text!(Decimal, rust_decimal::Decimal, Uuid);

impl<T: SerialValue> SerialValue for Option<T> {
    fn serialize_as<S: Serializer>(&self, formats: &Formats, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => to.serialize_some(&As(value, *formats)),
            None => to.serialize_none(),
        }
    }
}

/// The formatted text; the exact one where the format cannot be followed.
fn formatted(value: impl fmt::Display, exact: impl FnOnce() -> String) -> String {
    let mut text = String::new();
    match write!(text, "{value}") {
        Ok(()) => text,
        Err(fmt::Error) => exact(),
    }
}

impl SerialValue for NaiveDate {
    fn serialize_as<S: Serializer>(&self, formats: &Formats, to: S) -> Result<S::Ok, S::Error> {
        match formats.date {
            Some(format) => to.serialize_str(&formatted(self.format(format), || self.to_string())),
            None => to.collect_str(self),
        }
    }
}

impl SerialValue for NaiveTime {
    fn serialize_as<S: Serializer>(&self, _: &Formats, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&self.format("%H:%M:%S%.f"))
    }
}

impl SerialValue for NaiveDateTime {
    fn serialize_as<S: Serializer>(&self, formats: &Formats, to: S) -> Result<S::Ok, S::Error> {
        let exact = || self.format("%Y-%m-%dT%H:%M:%S%.f").to_string();
        match formats.datetime {
            Some(format) => to.serialize_str(&formatted(self.format(format), exact)),
            None => to.serialize_str(&exact()),
        }
    }
}

impl SerialValue for DateTime<Utc> {
    fn serialize_as<S: Serializer>(&self, formats: &Formats, to: S) -> Result<S::Ok, S::Error> {
        let exact = || self.to_rfc3339_opts(SecondsFormat::AutoSi, true);
        let Some(format) = formats.datetime else {
            return to.serialize_str(&exact());
        };
        let local = self.with_timezone(&Locale::current().time_zone());
        to.serialize_str(&formatted(local.format(format), exact))
    }
}

impl SerialValue for DateTime<FixedOffset> {
    fn serialize_as<S: Serializer>(&self, formats: &Formats, to: S) -> Result<S::Ok, S::Error> {
        self.to_utc().serialize_as(formats, to)
    }
}

/// Finds out how a value is written, by its type alone: `(&Shown(&value)).shown(..)`.
///
/// `Shown` has [`ViaSerial`] for types of this module; a reference to it has [`ViaSerde`] for all
/// others, which is found only where the first is not.
#[derive(Debug)]
pub struct Shown<'a, T>(pub &'a T);

/// Values of [`SerialValue`].
pub trait ViaSerial<'a> {
    /// What is written.
    type Out: Serialize;
    /// The value with its formats.
    fn shown(&self, formats: Formats) -> Self::Out;
}

impl<'a, T: SerialValue + 'a> ViaSerial<'a> for Shown<'a, T> {
    type Out = As<'a, T>;

    fn shown(&self, formats: Formats) -> As<'a, T> {
        As(self.0, formats)
    }
}

/// Values that only serde knows.
pub trait ViaSerde<'a> {
    /// What is written.
    type Out: Serialize;
    /// The value itself.
    fn shown(&self, formats: Formats) -> Self::Out;
}

impl<'a, T: Serialize + 'a> ViaSerde<'a> for &Shown<'a, T> {
    type Out = &'a T;

    fn shown(&self, _: Formats) -> &'a T {
        self.0
    }
}
