//! Values that a model sets by itself.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use sea_orm::{ActiveValue, EntityTrait, Value};
use uuid::Uuid;

use super::Field;

/// Types that `auto_now` and `auto_now_add` can set.
#[diagnostic::on_unimplemented(
    message = "`auto_now` and `auto_now_add` need a date or a time, and this column is `{Self}`",
    label = "not a date or a time"
)]
pub trait Now {
    /// The current time, in UTC.
    fn now() -> Self;
}

impl Now for DateTime<Utc> {
    fn now() -> Self {
        Utc::now()
    }
}

impl Now for DateTime<FixedOffset> {
    fn now() -> Self {
        Utc::now().fixed_offset()
    }
}

impl Now for NaiveDateTime {
    fn now() -> Self {
        Utc::now().naive_utc()
    }
}

impl Now for NaiveDate {
    fn now() -> Self {
        Utc::now().date_naive()
    }
}

impl Now for NaiveTime {
    fn now() -> Self {
        Utc::now().time()
    }
}

impl<T: Now> Now for Option<T> {
    fn now() -> Self {
        Some(T::now())
    }
}

/// Sets a time: always, or only where there is none yet.
pub fn now<T: Now + Into<Value>>(value: &mut ActiveValue<T>, always: bool) {
    if always || value.is_not_set() {
        *value = ActiveValue::Set(T::now());
    }
}

/// Sets a new UUID where there is none yet.
pub fn fresh_uuid(value: &mut ActiveValue<Uuid>) {
    if value.is_not_set() {
        *value = ActiveValue::Set(Uuid::new_v4());
    }
}

/// Sets the field's default where there is no value yet.
pub fn default_value<F: Field<Value: Into<Value>>>(
    active: &mut <F::Entity as EntityTrait>::ActiveModel,
    is_set: bool,
) {
    if is_set {
        return;
    }
    if let Some(Ok(value)) = F::META.default.map(F::FORM.parse) {
        F::set(active, value);
    }
}

/// Types that `version` can count with.
#[diagnostic::on_unimplemented(
    message = "`version` counts the updates of a row, and this column is `{Self}`",
    label = "not `i32` or `i64`"
)]
pub trait Version: Copy {
    /// The version of a new row.
    const FIRST: Self;

    /// The version after this one.
    #[must_use]
    fn next(self) -> Self;
}

macro_rules! version {
    ($($ty:ty),*) => {$(
        impl Version for $ty {
            const FIRST: Self = 1;

            fn next(self) -> Self {
                self.wrapping_add(1)
            }
        }
    )*};
}

version!(i32, i64);

/// Sets the version of a new row, or the next one of a row that is there.
pub fn next_version<T: Version + Into<Value>>(value: &mut ActiveValue<T>, insert: bool) {
    let next = match value {
        ActiveValue::Set(now) | ActiveValue::Unchanged(now) if !insert => now.next(),
        _ => T::FIRST,
    };
    *value = ActiveValue::Set(next);
}
