//! Checks of field types that generated code makes, each at the user's token.

use std::marker::PhantomData;

use sea_orm::Value;

use super::Field;

/// Column types that `search_fields(..)` can look into.
#[diagnostic::on_unimplemented(
    message = "`search_fields` and the filter `text` need text columns, and this one is `{Self}`",
    label = "not a text column"
)]
pub trait Searchable {}

impl Searchable for String {}
impl Searchable for Option<String> {}

/// Fields that a form can set: neither the model nor the database sets them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand in a form: the model or the database sets it",
    label = "not set by a form",
    note = "columns with `auto_now` or `auto_now_add` and a key that the database numbers are shown, \
            not edited: leave them out of `fields(..)`"
)]
pub trait Editable {}

/// Column types that can hold the id of the signed-in user.
#[diagnostic::on_unimplemented(
    message = "`owner_field` needs a user id column, and this one is `{Self}`",
    label = "not a user id"
)]
pub trait OwnerKey {
    /// The id as a value of the column's type; none if it does not fit.
    fn from_id(id: i64) -> Option<Value>;
}

impl OwnerKey for i64 {
    fn from_id(id: i64) -> Option<Value> {
        Some(id.into())
    }
}

impl OwnerKey for i32 {
    fn from_id(id: i64) -> Option<Value> {
        Self::try_from(id).ok().map(Into::into)
    }
}

impl<T: OwnerKey> OwnerKey for Option<T> {
    fn from_id(id: i64) -> Option<Value> {
        T::from_id(id)
    }
}

/// A user's id as a value of a column's type.
pub type FromId = fn(i64) -> Option<Value>;

/// Finds the [`FromId`] of a type: `OwnerProbe::<T>::FROM_ID`.
#[derive(Debug)]
pub struct OwnerProbe<T>(PhantomData<T>);

impl<T: OwnerKey> OwnerProbe<T> {
    /// The id as a `T`.
    pub const FROM_ID: FromId = T::from_id;
}

/// Answers for types that hold no ids.
pub trait NoOwner {
    /// Nothing.
    const FROM_ID: FromId = |_| None;
}

impl<T> NoOwner for OwnerProbe<T> {}

/// Column types that can be left out of rows.
#[diagnostic::on_unimplemented(
    message = "`exclude_from_row` needs columns that can be empty, and this one is `{Self}`",
    label = "not an `Option`"
)]
pub trait Excludable {}

impl<T> Excludable for Option<T> {}

/// Checks that a field can be left out of rows.
pub const fn assert_excludable<F: Field<Value: Excludable>>() {}

/// Checks that a field can hold the owner.
pub const fn assert_owner<F: Field<Value: OwnerKey>>() {}
