//! Checking a row as it would be written: the columns of the form, and those that it does not have.

use rdj_runtime::{
    Cx, FieldError, Result,
    form::{FieldErrors, InputKind},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, Condition, ConnectionTrait, EntityTrait,
    PrimaryKeyTrait, QueryFilter, QuerySelect, QueryTrait, Value, sea_query::Expr,
};

use super::taken::{form, taken};
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
    let form = form::<S>();
    for meta in S::Entity::FIELDS {
        if let Some(error) = text::<S>(row, meta).and_then(|text| problem(meta, &text)) {
            if form.contains(&meta.name) {
                errors.add_to(meta.name, error);
            } else {
                errors.add(words::field_error::<S::Entity>(meta, &error.text()));
            }
        }
    }
    S::Entity::clean(row, errors);
    let db = cx.db()?;
    let before = state.core().writing.as_ref();
    let known = state.core().known.as_ref().filter(|_| before.is_none());
    let sets = unique_sets::<S::Entity>(before.is_none());
    for (place, set) in sets.into_iter().enumerate() {
        let wrong = set.iter().any(|name| errors.get(name).is_some());
        let is_free = || known.is_some_and(|known| known.is_free(place, &set, row));
        if !wrong && !is_free() && is_taken::<S>(&db, row, before, &set).await? {
            taken::<S>(errors, &set);
        }
    }
    Ok(())
}

/// The text that is to be written into a column.
fn text<S: ModelState>(row: &Active<S>, meta: &FieldMeta) -> Option<String> {
    match row.get(S::Entity::column(meta.name)?) {
        ActiveValue::Set(Value::String(text)) => text,
        _ => None,
    }
}

/// What is wrong with a text by the facts of its column.
fn problem(meta: &FieldMeta, text: &str) -> Option<FieldError> {
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

/// The fields whose values together are in one row only.
pub(crate) fn unique_sets<E: CrudModel>(insert: bool) -> Vec<Vec<&'static str>> {
    let named = insert && !E::PrimaryKey::auto_increment();
    sets(E::FIELDS, E::UNIQUE_TOGETHER, named)
}

/// The fields whose values together are in one row only; `named`: a new row brings its key.
fn sets(
    fields: &'static [FieldMeta],
    together: &[&[&'static str]],
    named: bool,
) -> Vec<Vec<&'static str>> {
    let alone = fields.iter().filter(|meta| meta.unique);
    let mut sets: Vec<_> = alone.map(|meta| vec![meta.name]).collect();
    if named {
        let key = fields.iter().filter(|meta| meta.primary_key);
        sets.push(key.map(|meta| meta.name).collect());
    }
    sets.extend(together.iter().map(|names| names.to_vec()));
    sets
}

/// Whether another row has these values; NULL is like no other value.
async fn is_taken<S: ModelState>(
    db: &Db,
    row: &Active<S>,
    before: Option<&Key<S>>,
    set: &[&str],
) -> Result<bool> {
    let (mut same, mut is_written) = (Condition::all(), false);
    for name in set {
        let Some(column) = S::Entity::column(name) else {
            continue;
        };
        let value = row.get(column);
        is_written |= value.is_set();
        match value.into_value() {
            Some(value) if value != value.as_null() => same = same.add(column.eq(value)),
            _ => return Ok(false),
        }
    }
    if !is_written {
        return Ok(false);
    }
    let mut query = <S::Entity as EntityTrait>::find().filter(same);
    if let Some(key) = before {
        query = query.filter(has_key::<S::Entity>(key).not());
    }
    let query = query.select_only().expr(Expr::val(1)).limit(1);
    let found = db
        .query_one_raw(query.build(db.get_database_backend()))
        .await?;
    Ok(found.is_some())
}
