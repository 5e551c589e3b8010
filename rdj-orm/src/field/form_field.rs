//! What stands in a form: a column, or the other side of a many-to-many relation.

use std::fmt::Debug;

use rdj_runtime::form::{FieldError, FormValue};
use sea_orm::EntityTrait;

use super::{Field, FieldMeta, FormOps, ManyOps};
use crate::model::CrudModel;

/// A field of a form as a type; what `fields(..)` of `#[model_state]` names.
///
/// Every [`Field`] is one, and so is a many-to-many relation (`#[sea_orm(has_many, via = "..")]`).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a field of a form",
    label = "expected a field such as `note::fields::title`",
    note = "`#[derive(rdj::Model)]` on the entity's `Model` makes the `fields` module"
)]
pub trait FormField: Copy + Default + Debug + Send + Sync + 'static {
    /// The entity that has the field.
    type Entity: CrudModel;
    /// The type of the variable.
    type Value: Clone + Send + Sync + 'static;
    /// What has to have a text form: the value, or one of several.
    type Text;
    /// The facts of the field.
    const META: FieldMeta;
    /// The column, or the key for a relation.
    const COLUMN: <Self::Entity as EntityTrait>::Column;
    /// How the value is read and written as text.
    const FORM: FormOps<Self::Value>;
    /// How related rows are found and linked; none for a column.
    const MANY: Option<ManyOps<Self>> = None;

    /// The value in a new form.
    fn initial() -> Self::Value
    where
        Self::Text: FormValue;

    /// What the field's own validators say.
    ///
    /// # Errors
    ///
    /// Why the value is not taken.
    fn check(value: &Self::Value) -> Result<(), FieldError>;

    /// Reads the column of a row; none for a relation.
    fn get(model: &<Self::Entity as EntityTrait>::Model) -> Option<&Self::Value>;

    /// Sets the column, unless it has this value already; nothing for a relation.
    fn set(active: &mut <Self::Entity as EntityTrait>::ActiveModel, value: Self::Value);
}

impl<F: Field> FormField for F {
    type Entity = F::Entity;
    type Value = F::Value;
    type Text = F::Value;
    const META: FieldMeta = F::META;
    const COLUMN: <F::Entity as EntityTrait>::Column = F::COLUMN;
    const FORM: FormOps<F::Value> = F::FORM;

    fn initial() -> F::Value
    where
        F::Value: FormValue,
    {
        let default = F::META.default.and_then(|text| F::Value::parse(text).ok());
        default.unwrap_or_else(F::Value::empty)
    }

    fn check(value: &F::Value) -> Result<(), FieldError> {
        F::check(value)
    }

    fn get(model: &<F::Entity as EntityTrait>::Model) -> Option<&F::Value> {
        Some(F::get(model))
    }

    fn set(active: &mut <F::Entity as EntityTrait>::ActiveModel, value: F::Value) {
        F::set(active, value);
    }
}
