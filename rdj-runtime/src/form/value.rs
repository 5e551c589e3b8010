//! Types that can stand in a form control.

mod bytes;
pub mod choices;
mod json;

use std::fmt::{self, Write};

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::FieldError;
use crate::i18n::text;

/// The control a value is edited with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputKind {
    /// `<input type="text">`, or a text area for long columns.
    Text,
    /// `<input type="number" step="1">`.
    Integer,
    /// `<input type="text" inputmode="decimal">`.
    Decimal,
    /// A check box.
    Checkbox,
    /// `<input type="date">`.
    Date,
    /// `<input type="time">`.
    Time,
    /// `<input type="datetime-local">`.
    DateTime,
    /// A select of [`FormValue::CHOICES`].
    Select,
    /// A text area with JSON.
    Json,
    /// `<input type="file">`.
    File,
}

/// A value with a text form: what a control shows and what a browser sends back.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no text form: it can be neither a form field nor a route's parameter",
    label = "no text form",
    note = "implement `rdj::FormValue` for `{Self}`, or leave it out of the form"
)]
pub trait FormValue: Sized {
    /// The control for this type.
    const KIND: InputKind;
    /// Whether an empty control is a value of its own, `None`.
    const NULLABLE: bool = false;
    /// The texts of all values with what the user reads; empty where any text can be one.
    const CHOICES: &'static [(&'static str, &'static str)] = &[];

    /// The value of an empty form.
    fn empty() -> Self;

    /// Reads what the user typed.
    ///
    /// # Errors
    ///
    /// The text is no such value; the error says what to enter.
    fn parse(text: &str) -> Result<Self, FieldError>;

    /// The text for the control.
    fn text(&self) -> String;

    /// Writes the value for reading, as in a cell of a table: the text of the control by default.
    ///
    /// # Errors
    ///
    /// The writer fails.
    fn show(&self, out: &mut dyn Write) -> fmt::Result {
        out.write_str(&self.text())
    }

    /// Whether a required field would count as not filled in.
    fn is_blank(&self) -> bool {
        false
    }
}

impl FormValue for String {
    const KIND: InputKind = InputKind::Text;

    fn empty() -> Self {
        Self::new()
    }

    /// Browsers send line breaks as CR LF; they are stored as LF.
    fn parse(text: &str) -> Result<Self, FieldError> {
        if text.contains('\0') {
            return Err(FieldError::key("rdj-null-characters"));
        }
        Ok(text.replace("\r\n", "\n"))
    }

    fn text(&self) -> String {
        self.clone()
    }

    fn show(&self, out: &mut dyn Write) -> fmt::Result {
        out.write_str(self)
    }

    fn is_blank(&self) -> bool {
        self.trim().is_empty()
    }
}

impl FormValue for bool {
    const KIND: InputKind = InputKind::Checkbox;

    fn empty() -> Self {
        false
    }

    fn parse(text: &str) -> Result<Self, FieldError> {
        match text.trim() {
            "true" | "on" | "1" => Ok(true),
            "" | "false" | "off" | "0" => Ok(false),
            _ => Err(FieldError::key("rdj-enter-yes-no")),
        }
    }

    fn text(&self) -> String {
        self.to_string()
    }

    fn show(&self, out: &mut dyn Write) -> fmt::Result {
        out.write_str(&text(if *self { "rdj-yes" } else { "rdj-no" }))
    }
}

impl<T: FormValue> FormValue for Option<T> {
    const KIND: InputKind = T::KIND;
    const NULLABLE: bool = true;
    const CHOICES: &'static [(&'static str, &'static str)] = T::CHOICES;

    fn empty() -> Self {
        None
    }

    fn parse(text: &str) -> Result<Self, FieldError> {
        if text.trim().is_empty() {
            Ok(None)
        } else {
            T::parse(text).map(Some)
        }
    }

    fn text(&self) -> String {
        self.as_ref().map(FormValue::text).unwrap_or_default()
    }

    fn show(&self, out: &mut dyn Write) -> fmt::Result {
        self.as_ref().map_or(Ok(()), |value| value.show(out))
    }

    fn is_blank(&self) -> bool {
        self.as_ref().is_none_or(T::is_blank)
    }
}

macro_rules! integers {
    ($($int:ty),*) => {$(
        impl FormValue for $int {
            const KIND: InputKind = InputKind::Integer;

            fn empty() -> Self {
                0
            }

            fn parse(text: &str) -> Result<Self, FieldError> {
                let text = text.trim();
                text.parse().map_err(|_| integer_error(text, &<$int>::MIN, &<$int>::MAX))
            }

            fn text(&self) -> String {
                self.to_string()
            }

            fn show(&self, out: &mut dyn Write) -> fmt::Result {
                write!(out, "{self}")
            }
        }
    )*};
}
integers!(i8, i16, i32, i64, u8, u16, u32, u64);

fn integer_error(text: &str, min: &dyn ToString, max: &dyn ToString) -> FieldError {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) {
        // as the user has to type them, without separators
        return FieldError::key("rdj-enter-integer-between")
            .arg("min", min.to_string())
            .arg("max", max.to_string());
    }
    FieldError::key("rdj-enter-integer")
}

macro_rules! floats {
    ($($float:ty),*) => {$(
        impl FormValue for $float {
            const KIND: InputKind = InputKind::Decimal;

            fn empty() -> Self {
                0.0
            }

            fn parse(text: &str) -> Result<Self, FieldError> {
                match text.trim().parse::<$float>() {
                    Ok(value) if value.is_finite() => Ok(value),
                    _ => Err(FieldError::key("rdj-enter-number")),
                }
            }

            fn text(&self) -> String {
                self.to_string()
            }

            fn show(&self, out: &mut dyn Write) -> fmt::Result {
                write!(out, "{self}")
            }
        }
    )*};
}
floats!(f32, f64);

impl FormValue for Decimal {
    const KIND: InputKind = InputKind::Decimal;

    fn empty() -> Self {
        Self::ZERO
    }

    fn parse(text: &str) -> Result<Self, FieldError> {
        text.trim()
            .parse()
            .map_err(|_| FieldError::key("rdj-enter-number"))
    }

    fn text(&self) -> String {
        self.to_string()
    }
}

impl FormValue for Uuid {
    const KIND: InputKind = InputKind::Text;

    fn empty() -> Self {
        Self::nil()
    }

    fn parse(text: &str) -> Result<Self, FieldError> {
        Self::try_parse(text.trim()).map_err(|_| FieldError::key("rdj-enter-uuid"))
    }

    fn text(&self) -> String {
        self.to_string()
    }

    fn is_blank(&self) -> bool {
        self.is_nil()
    }
}

/// `2026-11-21 06:45`, without chrono's interpreter of formats.
fn show_time(time: NaiveDateTime, out: &mut dyn Write) -> fmt::Result {
    let (year, month, day) = (time.year(), time.month(), time.day());
    write!(
        out,
        "{year:04}-{month:02}-{day:02} {:02}:{:02}",
        time.hour(),
        time.minute()
    )
}

const DATE: &str = "%Y-%m-%d";
const DATE_TIME: &str = "%Y-%m-%dT%H:%M:%S";

impl FormValue for NaiveDate {
    const KIND: InputKind = InputKind::Date;

    fn empty() -> Self {
        Utc::now().date_naive()
    }

    fn parse(text: &str) -> Result<Self, FieldError> {
        Self::parse_from_str(text.trim(), DATE).map_err(|_| FieldError::key("rdj-enter-date"))
    }

    fn text(&self) -> String {
        self.format(DATE).to_string()
    }
}

impl FormValue for NaiveTime {
    const KIND: InputKind = InputKind::Time;

    fn empty() -> Self {
        Self::MIN
    }

    fn parse(text: &str) -> Result<Self, FieldError> {
        let text = text.trim();
        Self::parse_from_str(text, "%H:%M:%S%.f")
            .or_else(|_| Self::parse_from_str(text, "%H:%M"))
            .map_err(|_| FieldError::key("rdj-enter-time"))
    }

    fn text(&self) -> String {
        self.format("%H:%M:%S").to_string()
    }
}

impl FormValue for NaiveDateTime {
    const KIND: InputKind = InputKind::DateTime;

    fn empty() -> Self {
        Utc::now().naive_utc()
    }

    /// Takes what `<input type="datetime-local">` sends, with or without seconds.
    fn parse(text: &str) -> Result<Self, FieldError> {
        let text = text.trim().replace(' ', "T");
        Self::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S%.f")
            .or_else(|_| Self::parse_from_str(&text, "%Y-%m-%dT%H:%M"))
            .map_err(|_| FieldError::key("rdj-enter-datetime"))
    }

    fn text(&self) -> String {
        self.format(DATE_TIME).to_string()
    }

    fn show(&self, out: &mut dyn Write) -> fmt::Result {
        show_time(*self, out)
    }
}

impl FormValue for DateTime<Utc> {
    const KIND: InputKind = InputKind::DateTime;

    fn empty() -> Self {
        Utc::now()
    }

    /// Without an offset the time is in UTC.
    fn parse(text: &str) -> Result<Self, FieldError> {
        if let Ok(time) = DateTime::parse_from_rfc3339(text.trim()) {
            return Ok(time.to_utc());
        }
        NaiveDateTime::parse(text).map(|time| time.and_utc())
    }

    fn text(&self) -> String {
        self.format(DATE_TIME).to_string()
    }

    fn show(&self, out: &mut dyn Write) -> fmt::Result {
        show_time(self.naive_utc(), out)
    }
}

impl FormValue for DateTime<FixedOffset> {
    const KIND: InputKind = InputKind::DateTime;

    fn empty() -> Self {
        Utc::now().fixed_offset()
    }

    /// Without an offset the time is in UTC.
    fn parse(text: &str) -> Result<Self, FieldError> {
        DateTime::<Utc>::parse(text).map(|time| time.fixed_offset())
    }

    fn text(&self) -> String {
        self.to_utc().format(DATE_TIME).to_string()
    }

    fn show(&self, out: &mut dyn Write) -> fmt::Result {
        show_time(self.naive_utc(), out)
    }
}
