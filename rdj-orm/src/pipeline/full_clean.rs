//! Checking a row as it would be written: the columns of the form, and those that it does not have.

use rdj_runtime::{
    Cx, FieldError, Result,
    form::{FieldErrors, InputKind},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, Condition, ConnectionTrait, Iterable,
    PrimaryKeyToColumn, PrimaryKeyTrait, QueryFilter, QuerySelect, QueryTrait, Value,
    sea_query::Expr,
};

use super::taken::taken;
use crate::{
    db::{CxDb, Db},
    field::FieldMeta,
    model::{CrudModel, has_key},
    state::{Active, Key, ModelState, too_long},
    words,
};

/// What the model says against the row. Only what is to be written is looked at: a row may have been
/// made before a rule.
pub(crate) async fn full_clean<S: ModelState>(
    state: &S,
    cx: &Cx,
    row: &Active<S>,
    errors: &mut FieldErrors,
) -> Result {
    for meta in S::Entity::FIELDS {
        if let Some(error) = problem::<S>(row, meta) {
            match S::FIELDS.iter().find(|field| field.meta.name == meta.name) {
                Some(_) => errors.add_to(meta.name, error),
                None => errors.add(words::field_error::<S::Entity>(meta, &error.text())),
            }
        }
    }
    S::Entity::clean(row, errors);
    let db = cx.db()?;
    let before = state.core().writing.as_ref();
    let known = state.core().known.as_ref().filter(|_| before.is_none());
    for (place, set) in unique_sets::<S::Entity>(before.is_none())
        .into_iter()
        .enumerate()
    {
        let wrong = set.iter().any(|column| {
            let name = S::FIELDS.iter().find(|field| {
                let own = S::Entity::column(field.meta.name);
                own.is_some_and(|own| is_same(&own, column))
            });
            name.is_some_and(|field| errors.get(field.meta.name).is_some())
        });
        let is_free = || known.is_some_and(|known| known.is_free(place, &set, row));
        if !wrong && !is_free() && is_taken::<S>(&db, row, before, &set).await? {
            taken::<S>(errors, &set);
        }
    }
    Ok(())
}

fn is_same<C: sea_orm::IdenStatic>(a: &C, b: &C) -> bool {
    a.as_str() == b.as_str()
}

/// What is wrong with a value by the facts of its column.
fn problem<S: ModelState>(row: &Active<S>, meta: &FieldMeta) -> Option<FieldError> {
    let column = S::Entity::column(meta.name)?;
    let ActiveValue::Set(Value::String(Some(text))) = row.get(column) else {
        return None;
    };
    if let Some(most) = meta.max_length {
        let length = text.chars().count();
        if length > most as usize {
            return Some(too_long(length, most));
        }
    }
    // the texts of an enum in forms need not be those of its column
    let free = meta.kind == Some(InputKind::Select)
        || meta.choices.is_empty()
        || (meta.nullable && text.is_empty());
    let known = || meta.choices.iter().any(|(value, _)| *value == text);
    (!free && !known()).then(|| FieldError::key("rdj-choose-one"))
}

/// The columns whose values together are in one row only.
pub(crate) fn unique_sets<E: CrudModel>(insert: bool) -> Vec<Vec<E::Column>> {
    let columns = |names: &[&str]| -> Vec<E::Column> {
        names.iter().filter_map(|name| E::column(name)).collect()
    };
    let alone = E::FIELDS.iter().filter(|meta| meta.unique);
    let mut sets: Vec<_> = alone.map(|meta| columns(&[meta.name])).collect();
    if insert && !E::PrimaryKey::auto_increment() {
        sets.push(
            E::PrimaryKey::iter()
                .map(PrimaryKeyToColumn::into_column)
                .collect(),
        );
    }
    sets.extend(E::UNIQUE_TOGETHER.iter().map(|names| columns(names)));
    sets
}

/// Whether another row has these values; NULL is like no other value.
async fn is_taken<S: ModelState>(
    db: &Db,
    row: &Active<S>,
    before: Option<&Key<S>>,
    set: &[<S::Entity as sea_orm::EntityTrait>::Column],
) -> Result<bool> {
    if !set.iter().any(|column| row.get(*column).is_set()) {
        return Ok(false);
    }
    let mut same = Condition::all();
    for column in set {
        match row.get(*column).into_value() {
            Some(value) if value != value.as_null() => same = same.add(column.eq(value)),
            _ => return Ok(false),
        }
    }
    let mut query = <S::Entity as sea_orm::EntityTrait>::find().filter(same);
    if let Some(key) = before {
        query = query.filter(has_key::<S::Entity>(key).not());
    }
    let query = query.select_only().expr(Expr::val(1)).limit(1);
    let found = db
        .query_one_raw(query.build(db.get_database_backend()))
        .await?;
    Ok(found.is_some())
}
