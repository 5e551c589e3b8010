//! The keys of many-to-many relations inside of a row: one query for each relation, whatever the number of
//! rows.

use rdj_runtime::{Error, Result};
use sea_orm::EntityTrait;

use super::{JsonRow, SerialField};
use crate::{
    db::Db,
    field::{Field, FormField},
    model::CrudModel,
};

/// A row of the model that has the field `F`.
type Model<F> = <<F as FormField>::Entity as EntityTrait>::Model;

/// A field whose value a row of the model has: a column of `E` with values of `V`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is a many-to-many relation, whose keys are not in the model's row",
    label = "the keys are loaded",
    note = "make the rows by `load` or `list` of the serializer"
)]
pub trait InRow<E: EntityTrait, V> {
    /// The value.
    fn in_row(model: &E::Model) -> V;
}

impl<F: Field> InRow<F::Entity, F::Value> for F {
    fn in_row(model: &<F::Entity as EntityTrait>::Model) -> F::Value {
        F::get(model).clone()
    }
}

/// The values of a field, one for each of some rows, in their order.
#[derive(Debug)]
pub struct Links<V>(std::vec::IntoIter<V>);

/// Loads the keys that `models` are linked to by the relation `F`, in the order of the keys; the values of
/// a column are those of the rows.
///
/// # Errors
///
/// The database fails.
pub async fn links<F: FormField>(db: &Db, models: &[Model<F>]) -> Result<Links<F::Value>> {
    let values: Option<Vec<F::Value>> = match F::MANY {
        None => models.iter().map(|model| F::get(model).cloned()).collect(),
        Some(many) => {
            let found = (many.linked)(db, models).await?;
            found.iter().map(|keys| (many.value)(keys)).collect()
        }
    };
    let values = values.ok_or_else(|| Error::internal("a key that cannot be read"))?;
    Ok(Links(values.into_iter()))
}

impl<V> Links<V> {
    /// The value of the next row.
    ///
    /// # Errors
    ///
    /// There are more rows than were loaded.
    pub fn take(&mut self) -> Result<V> {
        let next = self.0.next();
        next.ok_or_else(|| Error::internal("a row whose keys were not loaded"))
    }
}

/// Puts the keys of the relation `F` into rows of names and values, where `names` has it; nothing for a
/// column.
///
/// # Errors
///
/// The database fails.
pub async fn json_links<F: FormField>(
    db: &Db,
    models: &[Model<F>],
    rows: &mut [JsonRow],
    names: &[&str],
) -> Result {
    let (Some(many), Some(at)) = (F::MANY, names.iter().position(|name| *name == F::META.name))
    else {
        return Ok(());
    };
    let at = at + unnamed_keys::<F::Entity>(names).count();
    let mut keys = links::<F>(db, models).await?;
    for row in rows {
        let value = (many.json)(&keys.take()?);
        row.insert(at, F::META.name, value);
    }
    Ok(())
}

/// The fields of rows of these names: the key first where it is not named.
#[must_use]
pub fn json_fields_of<E: CrudModel>(names: &[&str], named: Vec<SerialField>) -> Vec<SerialField> {
    let key = |name| SerialField {
        name,
        read_only: true,
    };
    unnamed_keys::<E>(names).map(key).chain(named).collect()
}

/// The columns of the key that are not among `names`.
fn unnamed_keys<E: CrudModel>(names: &[&str]) -> impl Iterator<Item = &'static str> {
    let keys = E::FIELDS.iter().filter(|meta| meta.primary_key);
    let names = keys
        .map(|meta| meta.name)
        .filter(|name| !names.contains(name));
    names.collect::<Vec<_>>().into_iter()
}
