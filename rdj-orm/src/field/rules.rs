//! What a column's own validators say about a value: `min`, `max`, `min_length` and `validate`.

use std::cmp::Ordering;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use rdj_runtime::form::{FieldError, FormValue};

use crate::decimal::Decimal;

/// One rule; generated code writes one for each option of `#[rdj(..)]`.
pub type Rule<T> = fn(&T) -> Result<(), FieldError>;

/// Asks the rules one after the other; NULL passes them all.
///
/// # Errors
///
/// The first that does not hold.
pub fn check<T>(value: Option<&T>, rules: &[Rule<T>]) -> Result<(), FieldError> {
    match value {
        Some(value) => rules.iter().try_for_each(|rule| rule(value)),
        None => Ok(()),
    }
}

/// The answer of the user's own rule.
///
/// # Errors
///
/// As the rule.
pub fn verdict<E: Into<FieldError>>(answer: Result<(), E>) -> Result<(), FieldError> {
    answer.map_err(Into::into)
}

/// Types that `min` and `max` can bound.
#[diagnostic::on_unimplemented(
    message = "`min` and `max` need a number, a date or a time, and this column is `{Self}`",
    label = "not a number, a date or a time"
)]
pub trait Bounded: FormValue + PartialOrd {}

macro_rules! bounded {
    ($($type:ty),*) => { $(impl Bounded for $type {})* };
}
bounded!(
    i8,
    i16,
    i32,
    i64,
    u8,
    u16,
    u32,
    u64,
    f32,
    f64,
    Decimal,
    rust_decimal::Decimal
);
bounded!(
    NaiveDate,
    NaiveTime,
    NaiveDateTime,
    DateTime<Utc>,
    DateTime<FixedOffset>
);

/// Refuses less than `least`.
///
/// # Errors
///
/// The value is less.
pub fn at_least<T: Bounded>(value: &T, least: &str) -> Result<(), FieldError> {
    bound(value, least, Ordering::Less, "rdj-too-small", "least")
}

/// Refuses more than `most`.
///
/// # Errors
///
/// The value is more.
pub fn at_most<T: Bounded>(value: &T, most: &str) -> Result<(), FieldError> {
    bound(value, most, Ordering::Greater, "rdj-too-large", "most")
}

/// A bound that is no value refuses everything, so that the mistake is seen.
fn bound<T: Bounded>(
    value: &T,
    bound: &str,
    wrong: Ordering,
    key: &'static str,
    name: &'static str,
) -> Result<(), FieldError> {
    let limit = T::parse(bound)?;
    if value.partial_cmp(&limit).is_none_or(|order| order == wrong) {
        return Err(FieldError::key(key).arg(name, bound.to_owned()));
    }
    Ok(())
}

/// Refuses a text with fewer characters.
///
/// # Errors
///
/// The text is shorter.
pub fn long_enough(value: &str, least: u32) -> Result<(), FieldError> {
    let length = value.chars().count();
    if length < least as usize {
        return Err(FieldError::key("rdj-too-short")
            .arg("least", least)
            .arg("length", length.to_string()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{at_least, at_most, check, long_enough};

    #[test]
    fn bounds_are_inclusive() {
        assert!(at_least(&5_i32, "5").is_ok() && at_most(&5_i32, "5").is_ok());
        assert!(at_least(&4_i32, "5").is_err() && at_most(&6_i32, "5").is_err());
        assert!(at_least(&f64::NAN, "0").is_err());
    }

    #[test]
    fn null_passes() {
        assert!(check::<i32>(None, &[|value| at_least(value, "5")]).is_ok());
    }

    #[test]
    fn lengths_are_characters() {
        assert!(long_enough("äöü", 3).is_ok() && long_enough("äö", 3).is_err());
    }
}
