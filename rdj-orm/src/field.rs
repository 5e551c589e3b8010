//! Facts of a column, and the marker type that carries them: `note::fields::title`.

mod assert;
mod form;
mod now;
mod relation;

use std::fmt::Debug;

use rdj_runtime::{Guard, form::InputKind};
use sea_orm::EntityTrait;

pub use self::{
    assert::{
        Excludable, FromId, NoOwner, OwnerKey, OwnerProbe, Searchable, assert_excludable,
        assert_owner, assert_searchable,
    },
    form::{FormOps, FormProbe, NoForm},
    now::{Now, Version, default_value, fresh_uuid, next_version, now},
    relation::{HasRelation, MAX_CHOICES, NoRelation, RelationMeta, RelationProbe},
};
use crate::model::CrudModel;

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
    /// Whether it can be NULL.
    pub nullable: bool,
    /// Whether its values are unique.
    pub unique: bool,
    /// The most characters.
    pub max_length: Option<u32>,
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
    /// Whether blanks around what was typed are taken away.
    pub trim: bool,
    /// Who may set it by the form of a model state; [`Guard::NONE`] for everybody who may save.
    pub guard: Guard,
    /// The model it refers to.
    pub relation: Option<RelationMeta>,
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
    /// A user's id as a value of the column; nothing for a column that holds no ids.
    const OWNER: FromId;

    /// Reads the column of a row.
    fn get(model: &<Self::Entity as EntityTrait>::Model) -> &Self::Value;

    /// Sets the column, unless it has this value already.
    fn set(active: &mut <Self::Entity as EntityTrait>::ActiveModel, value: Self::Value);
}

/// The text of a field of a row.
pub fn text<F: Field>(model: &<F::Entity as EntityTrait>::Model) -> String {
    (F::FORM.text)(F::get(model))
}
