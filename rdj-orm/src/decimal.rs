//! Decimal numbers of columns, whatever way the database keeps them.

mod ops;

use std::{fmt, ops::Deref, str::FromStr};

use rdj_runtime::{
    form::{FieldError, FormValue, InputKind},
    i18n,
};
use sea_orm::{
    ActiveValue, ColIdx, DbErr, IntoActiveValue, QueryResult, TryFromU64, TryGetError, TryGetable,
    Value,
    sea_query::{ArrayType, ColumnType, Nullable, NumericValue, ValueType, ValueTypeErr},
};
use serde::{Deserialize, Serialize};

/// A decimal number: the `Decimal` of `rdj::orm::prelude`, and so of an entity.
///
/// It is a [`rust_decimal::Decimal`] in all but how it is read: SQLite keeps the whole numbers of a
/// `NUMERIC` or `DECIMAL` column as integers, and numbers that are too long for a float as they came.
/// All of them are read. Tables that other programs made are full of them.
///
/// It derefs to the number, so that its methods are there; what they return is made a `Decimal`
/// by `into()`.
///
/// # Examples
///
/// ```
/// use rdj_orm::{prelude::Decimal, sea_orm::prelude::Decimal as Plain};
///
/// let price: Decimal = "0.99".parse()?;
/// let total: Decimal = price * Decimal::from(3);
/// assert_eq!(total, Decimal::new(297, 2));
/// let rounded: Decimal = total.round_dp(1).into();
/// assert_eq!(rounded.to_string(), "3.0");
/// let plain: Plain = rounded.into();
/// assert_eq!(plain, Plain::new(30, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Decimal(rust_decimal::Decimal);

impl Decimal {
    /// 0.
    pub const ZERO: Self = Self(rust_decimal::Decimal::ZERO);
    /// 1.
    pub const ONE: Self = Self(rust_decimal::Decimal::ONE);
    /// The least number.
    pub const MIN: Self = Self(rust_decimal::Decimal::MIN);
    /// The greatest number.
    pub const MAX: Self = Self(rust_decimal::Decimal::MAX);

    /// The number with `scale` digits after the point: `Decimal::new(99, 2)` is 0.99.
    ///
    /// # Panics
    ///
    /// More than 28 digits after the point.
    #[must_use]
    pub fn new(digits: i64, scale: u32) -> Self {
        Self(rust_decimal::Decimal::new(digits, scale))
    }
}

impl Deref for Decimal {
    type Target = rust_decimal::Decimal;

    fn deref(&self) -> &rust_decimal::Decimal {
        &self.0
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Decimal {
    type Err = rust_decimal::Error;

    fn from_str(text: &str) -> Result<Self, rust_decimal::Error> {
        text.parse().map(Self)
    }
}

impl From<rust_decimal::Decimal> for Decimal {
    fn from(number: rust_decimal::Decimal) -> Self {
        Self(number)
    }
}

impl From<Decimal> for rust_decimal::Decimal {
    fn from(number: Decimal) -> Self {
        number.0
    }
}

macro_rules! from_integers {
    ($($int:ty),*) => {$(
        impl From<$int> for Decimal {
            fn from(number: $int) -> Self {
                Self(number.into())
            }
        }
    )*};
}
from_integers!(
    i8, i16, i32, i64, isize, u8, u16, u32, u64, usize, i128, u128
);

macro_rules! from_floats {
    ($($float:ty),*) => {$(
        impl TryFrom<$float> for Decimal {
            type Error = rust_decimal::Error;

            fn try_from(number: $float) -> Result<Self, rust_decimal::Error> {
                number.try_into().map(Self)
            }
        }
    )*};
}
from_floats!(f32, f64);

impl FormValue for Decimal {
    const KIND: InputKind = rust_decimal::Decimal::KIND;

    fn empty() -> Self {
        Self(FormValue::empty())
    }

    fn parse(text: &str) -> Result<Self, FieldError> {
        FormValue::parse(text).map(Self)
    }

    fn text(&self) -> String {
        self.0.text()
    }
}

impl i18n::Number for Decimal {}

impl From<Decimal> for i18n::Value {
    fn from(number: Decimal) -> Self {
        number.0.into()
    }
}

impl TryGetable for Decimal {
    fn try_get_by<I: ColIdx>(row: &QueryResult, at: I) -> Result<Self, TryGetError> {
        let error = match rust_decimal::Decimal::try_get_by(row, at) {
            Ok(number) => return Ok(Self(number)),
            Err(TryGetError::Null(at)) => return Err(TryGetError::Null(at)),
            Err(error) => error,
        };
        // of what SQLite keeps in such a column, only a float is read as a number above
        if let Ok(number) = i64::try_get_by(row, at) {
            return Ok(number.into());
        }
        let text = String::try_get_by(row, at).ok();
        text.and_then(|text| text.parse().ok()).ok_or(error)
    }
}

impl From<Decimal> for Value {
    fn from(number: Decimal) -> Self {
        number.0.into()
    }
}

impl ValueType for Decimal {
    fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
        <rust_decimal::Decimal as ValueType>::try_from(value).map(Self)
    }

    fn type_name() -> String {
        rust_decimal::Decimal::type_name()
    }

    fn array_type() -> ArrayType {
        rust_decimal::Decimal::array_type()
    }

    fn column_type() -> ColumnType {
        rust_decimal::Decimal::column_type()
    }
}

impl Nullable for Decimal {
    fn null() -> Value {
        rust_decimal::Decimal::null()
    }
}

impl NumericValue for Decimal {}

impl IntoActiveValue<Self> for Decimal {
    fn into_active_value(self) -> ActiveValue<Self> {
        ActiveValue::Set(self)
    }
}

impl TryFromU64 for Decimal {
    fn try_from_u64(number: u64) -> Result<Self, DbErr> {
        rust_decimal::Decimal::try_from_u64(number).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn it_is_written_as_the_number() {
        let price = Decimal::new(990, 2);
        assert_eq!(price.to_string(), "9.90");
        assert_eq!(format!("{price:>6.1}"), "   9.9");
        assert_eq!(serde_json::to_string(&price).unwrap(), "\"9.90\"");
        assert_eq!(serde_json::from_str::<Decimal>("\"9.90\"").unwrap(), price);
    }
}
