//! Facts of a column, and the marker type that carries them: `note::fields::title`.

mod assert;
mod file;
mod form;
mod form_field;
mod json;
mod many;
mod now;
mod relation;
mod rules;

use std::fmt::Debug;

use rdj_runtime::{
    Guard,
    form::{FieldError, InputKind},
};
use sea_orm::EntityTrait;
use serde_json::Value;

pub use self::{
    assert::{
        Editable, Excludable, FromId, NoOwner, OwnerKey, OwnerProbe, Searchable, assert_excludable,
        assert_owner,
    },
    file::{FileRules, MAX_SIZE},
    form::{FormOps, FormProbe, FromFile, NoForm},
    form_field::FormField,
    json::{JsonProbe, NoJson, ToJson},
    many::{ChangeLinks, Linked, LoadLinks, ManyOps, many_form, many_meta, many_ops},
    now::{Now, Version, default_value, fresh_uuid, next_version, now},
    relation::{
        Ask, HasRelation, MAX_CHOICES, MAX_FOUND, NoRelation, RefersTo, RelationMeta,
        RelationProbe, key_name,
    },
    rules::{Bounded, Rule, at_least, at_most, check, long_enough, verdict},
};
pub(crate) use self::{file::length as file_length, relation::choices_of};
use crate::{model::CrudModel, serializer::Formats};

/// The facts of a column.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of a column"
)]
#[derive(Clone, Copy, Debug)]
pub struct FieldMeta {
    /// The name in Rust and in forms.
    pub name: &'static str,
    /// What the user reads.
    pub label: &'static str,
    /// A hint below the control; empty for none.
    pub help_text: &'static str,
    /// The control; none for a type without a text form.
    pub kind: Option<InputKind>,
    /// Whether it is part of the primary key.
    pub primary_key: bool,
    /// Whether the database numbers the rows by it.
    pub auto_increment: bool,
    /// Whether it can be NULL.
    pub nullable: bool,
    /// Whether its values are unique.
    pub unique: bool,
    /// The fewest characters.
    pub min_length: Option<u32>,
    /// The most characters.
    pub max_length: Option<u32>,
    /// The text of the least value.
    pub min: Option<&'static str>,
    /// The text of the greatest value.
    pub max: Option<&'static str>,
    /// The values it can have with their labels; empty for any.
    pub choices: &'static [(&'static str, &'static str)],
    /// The text of the value in a new form.
    pub default: Option<&'static str>,
    /// Whether it is set to the current time by every write.
    pub auto_now: bool,
    /// Whether it is set to the current time when a row is made.
    pub auto_now_add: bool,
    /// Whether it is edited in a text area.
    pub multiline: bool,
    /// Whether it is a many-to-many relation and not a column.
    pub many: bool,
    /// Whether blanks around what was typed are taken away.
    pub trim: bool,
    /// Whether it counts the updates of its row.
    pub version: bool,
    /// Whether a history says only that it changed.
    pub secret: bool,
    /// Who may set it by the form of a model state; [`Guard::NONE`] for everybody who may save.
    pub guard: Guard,
    /// What files it takes; none for a column that holds no bytes.
    pub file: Option<FileRules>,
    /// The model it refers to.
    pub relation: Option<RelationMeta>,
}

impl FieldMeta {
    /// Whether a form cannot be saved without it: a column that is not NULL and no check box. A default
    /// is in the form from the start.
    #[must_use]
    pub fn is_required(&self) -> bool {
        !self.nullable && self.kind != Some(InputKind::Checkbox) && !self.is_read_only()
    }

    /// Whether the model or the database sets it, so that no form can.
    #[must_use]
    pub const fn is_read_only(&self) -> bool {
        self.auto_now || self.auto_now_add || self.auto_increment
    }
}

/// One column of a model as a type; `#[derive(rdj::Model)]` makes one per column.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a model field",
    label = "expected a field such as `note::fields::title`",
    note = "`#[derive(rdj::Model)]` on the entity's `Model` makes the `fields` module"
)]
pub trait Field: Copy + Default + Debug + Send + Sync + 'static {
    /// The entity that has the column.
    type Entity: CrudModel;
    /// The column's Rust type.
    type Value: Clone + Send + Sync + 'static;
    /// The facts of the column.
    const META: FieldMeta;
    /// The column.
    const COLUMN: <Self::Entity as EntityTrait>::Column;
    /// How the value is read and written as text.
    const FORM: FormOps<Self::Value>;
    /// How the value is written as JSON; nothing for a type that is written as its text.
    const JSON: ToJson<Self::Value>;
    /// A user's id as a value of the column; nothing for a column that holds no ids.
    const OWNER: FromId;

    /// What the column's own validators say: `min`, `max`, `min_length` and `validate` of `#[rdj(..)]`.
    ///
    /// # Errors
    ///
    /// Why the value is not taken.
    fn check(_: &Self::Value) -> Result<(), FieldError> {
        Ok(())
    }

    /// Reads the column of a row.
    fn get(model: &<Self::Entity as EntityTrait>::Model) -> &Self::Value;

    /// Sets the column, unless it has this value already.
    fn set(active: &mut <Self::Entity as EntityTrait>::ActiveModel, value: Self::Value);
}

/// The text of a field of a row.
pub fn text<F: Field>(model: &<F::Entity as EntityTrait>::Model) -> String {
    (F::FORM.text)(F::get(model))
}

/// The JSON of a field of a row; its text where its type has no other, and of bytes how many there are.
pub fn json<F: Field>(model: &<F::Entity as EntityTrait>::Model, formats: Formats) -> Value {
    let value = F::get(model);
    (F::JSON)(value, formats).unwrap_or_else(|| match (F::FORM.text)(value) {
        text if text.is_empty() && F::META.nullable => Value::Null,
        text if F::META.file.is_some() => file::length(&text).into(),
        text => Value::String(text),
    })
}
