//! Many-to-many relations as fields: `#[sea_orm(has_many, via = "playlist_track")]`.

use std::fmt;

use rdj_runtime::{
    Error, Guard, Result,
    dispatch::BoxFuture,
    form::{FieldError, FormValue},
};
use sea_orm::{
    ConnectionTrait, EntityTrait, Identity, Iterable, LoaderTrait, PrimaryKeyToColumn, QueryOrder,
    Related, Value,
    sea_query::{DynIden, Expr, ExprTrait, IntoValueTuple, Query, TableRef},
};
use serde_json::Value as Json;

use super::{FieldMeta, FormField, FormOps, RelationMeta};
use crate::{db::Db, model::CrudModel};

/// A related row: the text of its key in forms, and what the database compares.
pub type Linked = (String, Value);

/// Finds what each of some rows is linked to, in the order of the keys.
pub type LoadLinks<R> = for<'a> fn(&'a Db, &'a [R]) -> BoxFuture<'a, Result<Vec<Vec<Linked>>>>;

/// Adds links of a row, and removes others.
pub type ChangeLinks<R> =
    for<'a> fn(&'a Db, &'a R, Vec<Value>, Vec<Value>) -> BoxFuture<'a, Result>;

type Row<F> = <<F as FormField>::Entity as EntityTrait>::Model;

/// More rows than this are not put into one statement: databases have a limit.
const MAX_ROWS: usize = 1_000;

/// The facts of a relation to rows of `R`.
#[must_use]
pub const fn many_meta<R: CrudModel>(
    name: &'static str,
    label: &'static str,
    help_text: &'static str,
    guard: Guard,
) -> FieldMeta {
    FieldMeta {
        name,
        label,
        help_text,
        kind: None,
        primary_key: false,
        auto_increment: false,
        nullable: true,
        unique: false,
        min_length: None,
        max_length: None,
        min: None,
        max: None,
        choices: &[],
        default: None,
        auto_now: false,
        auto_now_add: false,
        multiline: false,
        many: true,
        trim: false,
        version: false,
        secret: false,
        guard,
        file: None,
        relation: Some(RelationMeta::many::<R>()),
    }
}

/// Keys as text: one in a line.
#[must_use]
pub const fn many_form<K: FormValue>() -> FormOps<Vec<K>> {
    FormOps {
        kind: None,
        nullable: true,
        choices: &[],
        empty: || Some(Vec::new()),
        parse: parse::<K>,
        text: |keys| joined(keys, "\n"),
        show: |keys, out| out.write_str(&joined(keys, ", ")),
        blank: Vec::is_empty,
        file: None,
    }
}

fn parse<K: FormValue>(text: &str) -> Result<Vec<K>, FieldError> {
    let mut seen = Vec::new();
    for line in text.split('\n').filter(|line| !line.is_empty()) {
        if !seen.contains(&line) {
            seen.push(line);
        }
    }
    seen.into_iter().map(K::parse).collect()
}

fn joined<K: FormValue>(keys: &[K], between: &str) -> String {
    let texts: Vec<String> = keys.iter().map(FormValue::text).collect();
    texts.join(between)
}

/// How the rows on the other side are found and linked.
pub struct ManyOps<F: FormField> {
    /// Finds what rows are linked to.
    pub linked: LoadLinks<Row<F>>,
    /// Changes the links of a row.
    pub change: ChangeLinks<Row<F>>,
    /// The keys of a variable.
    pub keys: fn(&F::Value) -> Vec<Linked>,
    /// A variable with these keys.
    pub value: fn(&[Linked]) -> Option<F::Value>,
    /// The keys of a variable as JSON.
    pub json: fn(&F::Value) -> Json,
}

impl<F: FormField> fmt::Debug for ManyOps<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ManyOps({})", F::META.name)
    }
}

/// The operations of a relation to rows of `R`.
#[must_use]
pub const fn many_ops<F, R>() -> ManyOps<F>
where
    F: FormField<Entity: Related<R>, Value = Vec<R::Key>>,
    R: CrudModel<Key: FormValue>,
{
    ManyOps {
        linked: |db, rows| Box::pin(linked::<F, R>(db, rows)),
        change: |db, row, add, remove| Box::pin(change::<F, R>(db, row, add, remove)),
        keys: |keys| keys.iter().cloned().map(link::<R>).collect(),
        value: |links| {
            let keys = links.iter().map(|(text, _)| R::Key::parse(text).ok());
            keys.collect()
        },
        // serde_json fails only on a `Serialize` that fails itself
        json: |keys| serde_json::to_value(keys).unwrap_or_default(),
    }
}

fn link<R: CrudModel<Key: FormValue>>(key: R::Key) -> Linked {
    let text = key.text();
    let value = key.into_value_tuple().into_iter().next();
    (text, value.unwrap_or(Value::Bool(None)))
}

async fn linked<F, R>(db: &Db, rows: &[Row<F>]) -> Result<Vec<Vec<Linked>>>
where
    F: FormField<Entity: Related<R>>,
    R: CrudModel<Key: FormValue>,
{
    let keys = R::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column);
    let related = keys.fold(R::find(), QueryOrder::order_by_asc);
    let links = |rows: Vec<R::Model>| rows.iter().map(R::key).map(link::<R>).collect();
    let mut all = Vec::with_capacity(rows.len());
    for rows in rows.chunks(MAX_ROWS) {
        let found = LoaderTrait::load_many(&rows, related.clone(), db).await?;
        all.extend(found.into_iter().map(links));
    }
    Ok(all)
}

/// The junction's table, its column with the row and its column with the related row.
fn junction<E: Related<R>, R: EntityTrait>() -> Option<(TableRef, DynIden, DynIden)> {
    let (to, via) = (E::to(), E::via()?);
    match (via.to_col, to.from_col) {
        (Identity::Unary(mine), Identity::Unary(theirs)) => Some((via.to_tbl, mine, theirs)),
        _ => None,
    }
}

/// Writes the junction's rows: only what differs.
async fn change<F, R>(db: &Db, row: &Row<F>, add: Vec<Value>, remove: Vec<Value>) -> Result
where
    F: FormField<Entity: Related<R>>,
    R: CrudModel,
{
    let key = F::Entity::key(row).into_value_tuple().into_iter();
    let keys: Vec<Value> = key.collect();
    let (Some((table, mine, theirs)), [own]) = (junction::<F::Entity, R>(), keys.as_slice()) else {
        let text = "a many-to-many field needs keys of one column and a junction (`via`)";
        return Err(Error::Setup(text.to_owned()));
    };
    if !remove.is_empty() {
        let mut delete = Query::delete();
        delete
            .from_table(table.clone())
            .and_where(Expr::col(mine.clone()).eq(own.clone()))
            .and_where(Expr::col(theirs.clone()).is_in(remove));
        db.execute(&delete).await?;
    }
    if !add.is_empty() {
        let mut insert = Query::insert();
        insert.into_table(table).columns([mine, theirs]);
        for value in add {
            let values = [Expr::val(own.clone()), Expr::val(value)];
            insert.values(values)?;
        }
        db.execute(&insert).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{joined, parse};

    #[test]
    fn keys_stand_in_lines_each_once() {
        let keys: Vec<i32> = parse("\n3\n1\n3\n").unwrap_or_default();
        assert_eq!(keys, [3, 1]);
        assert_eq!(joined(&keys, "\n"), "3\n1");
        assert!(parse::<i32>("3\nx").is_err());
    }
}
