//! Rows whose columns are known at run time.

use sea_orm::ModelTrait;
use serde::{Serialize, Serializer, ser::SerializeMap as _};
use serde_json::Value;

use super::{Formats, SerialField};
use crate::{field::FieldMeta, model::CrudModel};

/// Which columns a row has. Those of the key are always there, unless they are named in `Except`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Columns<'a> {
    /// All.
    All,
    /// These, in this order.
    Only(&'a [&'a str]),
    /// All but these.
    Except(&'a [&'a str]),
}

impl Columns<'_> {
    /// The facts of the columns, the key first where it is not named.
    pub(crate) fn of<E: CrudModel>(self) -> Vec<&'static FieldMeta> {
        let all = E::FIELDS.iter();
        match self {
            Columns::All => all.collect(),
            Columns::Except(names) => all.filter(|meta| !names.contains(&meta.name)).collect(),
            Columns::Only(names) => {
                let keys = all.filter(|meta| meta.primary_key && !names.contains(&meta.name));
                let find = |name: &&str| E::FIELDS.iter().find(|meta| meta.name == *name);
                keys.chain(names.iter().filter_map(find)).collect()
            }
        }
    }
}

/// A serialized row: names and values in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JsonRow(Vec<(&'static str, Value)>);

impl JsonRow {
    /// The value of a column.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        let found = self.0.iter().find(|(own, _)| *own == name);
        found.map(|(_, value)| value)
    }

    /// The names in order.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|(name, _)| *name)
    }

    /// Puts a value before the one at `at`, or at the end.
    pub(crate) fn insert(&mut self, at: usize, name: &'static str, value: Value) {
        self.0.insert(at.min(self.0.len()), (name, value));
    }

    /// The row without these columns.
    ///
    /// ```ignore
    /// let rows = NoteSerializer::many(&notes).into_iter().map(|row| row.without(&["content"]));
    /// ```
    #[must_use]
    pub fn without(mut self, names: &[&str]) -> Self {
        self.0.retain(|(name, _)| !names.contains(name));
        self
    }
}

impl Serialize for JsonRow {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// A row as names and values, with times as [`Formats::DEFAULT`] writes them.
///
/// ```ignore
/// let row = serialize_row(&note, Columns::Except(&["content"]));
/// assert_eq!(row.get("id"), Some(&json!(1)));
/// ```
#[must_use]
pub fn serialize_row<M>(model: &M, columns: Columns<'_>) -> JsonRow
where
    M: ModelTrait,
    M::Entity: CrudModel<Model = M>,
{
    serialize_row_with(model, columns, Formats::DEFAULT)
}

/// [`serialize_row`] with other formats.
#[must_use]
pub fn serialize_row_with<M>(model: &M, columns: Columns<'_>, formats: Formats) -> JsonRow
where
    M: ModelTrait,
    M::Entity: CrudModel<Model = M>,
{
    of::<M::Entity>(model, columns, formats)
}

/// The row of a model.
pub(crate) fn of<E: CrudModel>(
    model: &E::Model,
    columns: Columns<'_>,
    formats: Formats,
) -> JsonRow {
    json_columns::<E>(model, &columns.of::<E>(), formats)
}

/// A row of these columns.
pub(crate) fn json_columns<E: CrudModel>(
    model: &E::Model,
    columns: &[&'static FieldMeta],
    formats: Formats,
) -> JsonRow {
    let values = columns.iter().filter_map(|meta| {
        let value = E::json(model, meta.name, formats)?;
        Some((meta.name, value))
    });
    JsonRow(values.collect())
}

/// The facts of columns as fields of a serializer; `read_only` adds to what is read-only by itself.
pub(crate) fn fields_of<E: CrudModel>(
    columns: Columns<'_>,
    read_only: &[&str],
) -> Vec<SerialField> {
    let columns = columns.of::<E>().into_iter();
    columns
        .map(|meta| SerialField {
            name: meta.name,
            read_only: is_read_only(meta) || read_only.contains(&meta.name),
        })
        .collect()
}

/// Whether a column is read-only whatever a serializer says.
pub(crate) fn is_read_only(meta: &FieldMeta) -> bool {
    meta.primary_key || meta.auto_now || meta.auto_now_add
}
