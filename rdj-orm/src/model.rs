//! What rdj knows about an entity: the key, labels and the facts of each column.

use std::fmt::Debug;

use rdj_runtime::form::FieldErrors;
use sea_orm::{
    EntityTrait, IntoActiveModel, Iterable, PrimaryKeyToColumn, RelationDef, RelationTrait, Value,
    sea_query::{Condition, Expr, ExprTrait, FromValueTuple, IntoValueTuple, TableRef},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value as JsonValue;

use crate::{field::FieldMeta, history::LoadAlong, serializer::Formats, state::Order};

/// A primary key value: a number, a text, a UUID, or a tuple of them for a composite key.
///
/// Implemented for every type that fits.
pub trait ModelKey:
    FromValueTuple
    + IntoValueTuple
    + Clone
    + PartialEq
    + Debug
    + Serialize
    + DeserializeOwned
    + Send
    + Sync
    + 'static
{
}

impl<T> ModelKey for T where
    T: FromValueTuple
        + IntoValueTuple
        + Clone
        + PartialEq
        + Debug
        + Serialize
        + DeserializeOwned
        + Send
        + Sync
        + 'static
{
}

/// An entity with metadata; `#[derive(rdj::Model)]` on its `Model` implements it.
///
/// ```ignore
/// use note::Entity as Note;
/// assert_eq!(Note::LABEL_PLURAL, "Notes");
/// assert_eq!(Note::label(&note), "Milk");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no model metadata",
    label = "not an rdj model",
    note = "add `rdj::Model` to the derives of the entity's `Model`"
)]
pub trait CrudModel:
    EntityTrait<
        Model: Clone + Send + Sync + 'static + IntoActiveModel<<Self as EntityTrait>::ActiveModel>,
        ModelEx: Clone + Send + Sync,
        ActiveModel: Send + Sync,
    >
{
    /// The type of the primary key: of its column, or a tuple for a composite key.
    type Key: ModelKey;

    /// The name in lower case: `note`.
    const NAME: &'static str;
    /// What the user reads: `Note`.
    const LABEL: &'static str;
    /// What the user reads for many: `Notes`.
    const LABEL_PLURAL: &'static str;
    /// What permissions are made for.
    const DEF: ModelDef;
    /// The columns in order.
    const FIELDS: &'static [FieldMeta];
    /// The columns whose values together are in one row only: those of a `unique_key` of SeaORM, and of
    /// `#[rdj(unique_together(a, b))]`.
    const UNIQUE_TOGETHER: &'static [&'static [&'static str]] = &[];

    /// Whether writes of rows are recorded: `#[rdj(history)]`.
    const HISTORY: bool = false;

    /// The order of lists that declare none: `#[rdj(ordering(-id))]`; empty for the newest first.
    #[must_use]
    fn ordering() -> &'static [Order<Self>] {
        &[]
    }

    /// The primary key of a row.
    fn key(model: &Self::Model) -> Self::Key;

    /// What the user reads for a row, such as its title.
    fn label(model: &Self::Model) -> String;

    /// The column that [`CrudModel::label`] shows; the key where there is no text.
    fn label_column() -> Self::Column;

    /// The column `name`.
    fn column(name: &str) -> Option<Self::Column>;

    /// The text of the column `name` as a control shows it.
    fn text(model: &Self::Model, name: &str) -> Option<String>;

    /// The value of the column `name` as JSON.
    fn json(model: &Self::Model, name: &str, formats: Formats) -> Option<JsonValue>;

    /// Sets what the model sets by itself before a row is written: `auto_now`, `auto_now_add`,
    /// `default` and new UUID keys.
    fn touch(active: &mut Self::ActiveModel, insert: bool);

    /// Checks a row as a whole before it is written: what `#[rdj(clean = ..)]` names. Values that are not
    /// set, such as a key that the database makes, are not there yet.
    fn clean(_: &Self::ActiveModel, _: &mut FieldErrors) {}
}

/// The condition that a row has this key: all columns of a composite key are compared.
pub fn has_key<E: CrudModel>(key: &E::Key) -> Condition {
    let values = key.clone().into_value_tuple();
    let columns = E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column);
    columns
        .zip(values)
        .fold(Condition::all(), |all, (column, value)| {
            all.add(Expr::col((E::default(), column)).eq(Expr::val::<Value>(value)))
        })
}

/// A key as JSON text, as it stands in events and in addresses.
pub fn key_text(key: &impl ModelKey) -> String {
    // serde_json fails only on a `Serialize` that fails itself; no row has the empty text as key
    serde_json::to_string(key).unwrap_or_default()
}

/// A key from its JSON text.
pub(crate) fn parse_key<K: ModelKey>(text: &str) -> Option<K> {
    serde_json::from_str(text).ok()
}

/// A model that is linked into the binary, by name: what permissions are made for.
///
/// `#[derive(rdj::Model)]` writes one. Iterate over `inventory::iter::<ModelDef>`.
#[derive(Clone, Copy, Debug)]
pub struct ModelDef {
    /// The application that has the model: `#[rdj(app_label = "..")]`, else the package's name.
    pub app_label: &'static str,
    /// The name given with `#[rdj(name = "..")]`; see [`ModelDef::model`].
    pub name: Option<&'static str>,
    /// The path of the module that has the entity.
    pub module: &'static str,
    /// What people read: `Note`.
    pub verbose_name: &'static str,
    /// Permissions beside those of every model: codename and what people read.
    pub permissions: &'static [(&'static str, &'static str)],
    /// The table, as queries name it.
    pub table: fn() -> TableRef,
    /// What the model's `Relation` declares: [`relations`] of its entity.
    pub relations: fn() -> Vec<RelationDef>,
    /// Loads rows that go along with others, where the model is recorded: [`along`](crate::history::along)
    /// of its entity.
    #[doc(hidden)]
    pub along: Option<LoadAlong>,
}

impl ModelDef {
    /// The name in permissions: the given one, else that of the module, in lower case.
    ///
    /// ```
    /// use rdj_orm::model::{ModelDef, relations, table};
    /// # use rdj_orm::session::Entity;
    ///
    /// let note = ModelDef {
    ///     app_label: "shop",
    ///     name: None,
    ///     module: "shop::models::note",
    ///     verbose_name: "Note",
    ///     permissions: &[],
    ///     table: table::<Entity>,
    ///     relations: relations::<Entity>,
    ///     along: None,
    /// };
    /// assert_eq!(note.model(), "note");
    /// assert_eq!(note.label(), "shop.note");
    /// assert_eq!(note.permission("view"), "shop.view_note");
    /// ```
    #[must_use]
    pub fn model(&self) -> String {
        let module = || self.module.rsplit("::").next().unwrap_or_default();
        self.name.unwrap_or_else(module).to_lowercase()
    }

    /// The name beyond the application, such as `shop.note`.
    #[must_use]
    pub fn label(&self) -> String {
        format!("{}.{}", self.app_label, self.model())
    }

    /// The permission to do something with rows, such as `shop.change_note` for `change`.
    #[must_use]
    pub fn permission(&self, action: &str) -> String {
        format!("{}.{action}_{}", self.app_label, self.model())
    }
}

inventory::collect!(ModelDef);

/// The table of an entity, for [`ModelDef::table`].
#[must_use]
pub fn table<E: EntityTrait>() -> TableRef {
    E::default().table_ref()
}

/// What the `Relation` of an entity declares, for [`ModelDef::relations`].
#[must_use]
pub fn relations<E: EntityTrait>() -> Vec<RelationDef> {
    let all = E::Relation::iter();
    all.map(|relation| relation.def()).collect()
}
