//! What can be written as a number, a day or a time.

use std::fmt;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeZone};
use chrono_tz::Tz;
use rust_decimal::Decimal;

/// A number whose `Display` is its digits.
pub trait Number: fmt::Display {}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Number for $number {}
    )*};
}
numbers!(
    i8, i16, i32, i64, isize, u8, u16, u32, u64, usize, f32, f64, Decimal
);

impl<N: Number + ?Sized> Number for &N {}

/// Something that has a day: a date, or a point in time in some time zone.
pub trait Day {
    /// The day in the time zone; a value without a zone is taken as it is.
    fn day(&self, zone: Tz) -> NaiveDate;
}

/// Something that has a time of day.
pub trait TimeOfDay {
    /// The time in the time zone; a value without a zone is taken as it is.
    fn time_of_day(&self, zone: Tz) -> NaiveTime;
}

/// Something that has a day and a time.
pub trait Moment {
    /// Day and time in the time zone; a value without a zone is taken as it is.
    fn local(&self, zone: Tz) -> NaiveDateTime;
}

impl Day for NaiveDate {
    fn day(&self, _: Tz) -> NaiveDate {
        *self
    }
}

impl TimeOfDay for NaiveTime {
    fn time_of_day(&self, _: Tz) -> NaiveTime {
        *self
    }
}

impl Moment for NaiveDateTime {
    fn local(&self, _: Tz) -> NaiveDateTime {
        *self
    }
}

impl<Z: TimeZone> Moment for DateTime<Z> {
    fn local(&self, zone: Tz) -> NaiveDateTime {
        self.with_timezone(&zone).naive_local()
    }
}

macro_rules! parts {
    ($($moment:ty $(where $zone:ident)?;)*) => {$(
        impl $(<$zone: TimeZone>)? Day for $moment {
            fn day(&self, zone: Tz) -> NaiveDate {
                self.local(zone).date()
            }
        }

        impl $(<$zone: TimeZone>)? TimeOfDay for $moment {
            fn time_of_day(&self, zone: Tz) -> NaiveTime {
                self.local(zone).time()
            }
        }
    )*};
}
parts! {
    NaiveDateTime;
    DateTime<Z> where Z;
}

impl<D: Day + ?Sized> Day for &D {
    fn day(&self, zone: Tz) -> NaiveDate {
        (**self).day(zone)
    }
}

impl<T: TimeOfDay + ?Sized> TimeOfDay for &T {
    fn time_of_day(&self, zone: Tz) -> NaiveTime {
        (**self).time_of_day(zone)
    }
}

impl<M: Moment + ?Sized> Moment for &M {
    fn local(&self, zone: Tz) -> NaiveDateTime {
        (**self).local(zone)
    }
}
