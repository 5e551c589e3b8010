//! Errors of database constraints, as errors of fields.

mod violation;

use rdj_runtime::{Cx, Error, Result, form::FieldErrors, i18n::Text};
use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, EntityName, EntityTrait, IdenStatic, Iterable, RuntimeErr,
    SqlErr, Statement, sqlx,
};

use self::violation::{Rule, Violation};
use super::taken::{at_fields, taken};
use crate::{
    db::CxDb,
    model::CrudModel,
    state::{FieldDef, ModelState},
    words,
};

/// Why the database did not write a row.
pub(crate) enum Refused {
    /// A value is taken, refers to nothing, or breaks a rule of the table.
    Fields(FieldErrors),
    /// Anything else.
    Other(Error),
}

/// Finds out what is wrong with a row from the database's error. It is asked after the rollback, also
/// for rows of other tables that hooks wrote, and for constraints that are checked by the commit.
pub(crate) async fn refused<S: ModelState>(cx: &Cx, error: Error) -> Refused {
    let Some(found) = cause(&error).and_then(violation::of) else {
        return Refused::Other(error);
    };
    tracing::debug!(%error, "the database refused a row");
    match errors::<S>(cx, found).await {
        Ok(errors) => Refused::Fields(errors),
        Err(error) => Refused::Other(error),
    }
}

/// Whether the database did not take a row, and takes others.
pub(crate) fn is_refused(error: &Error) -> bool {
    cause(error).and_then(violation::of).is_some()
}

/// The error of a commit for the user, where it can be: what all rows together break.
pub(crate) async fn readable<S: ModelState>(cx: &Cx, error: Error) -> Error {
    match refused::<S>(cx, error).await {
        Refused::Fields(errors) => Error::invalid(words::all_errors::<S::Entity>(&errors)),
        Refused::Other(error) => error,
    }
}

/// Whether the database kept a row because others refer to it.
pub(crate) fn is_used(error: &Error) -> bool {
    let Error::Internal(cause) = error else {
        return false;
    };
    let cause = cause.downcast_ref::<DbErr>().and_then(DbErr::sql_err);
    matches!(cause, Some(SqlErr::ForeignKeyConstraintViolation(_)))
}

fn cause(error: &Error) -> Option<&dyn sqlx::error::DatabaseError> {
    let Error::Internal(cause) = error else {
        return None;
    };
    let (DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause))) =
        cause.downcast_ref::<DbErr>()?
    else {
        return None;
    };
    match &**cause {
        sqlx::Error::Database(cause) => Some(&**cause),
        _ => None,
    }
}

async fn errors<S: ModelState>(cx: &Cx, found: Violation) -> Result<FieldErrors> {
    let mut errors = FieldErrors::default();
    let entity = <S::Entity as Default>::default();
    if found
        .table
        .as_deref()
        .is_some_and(|name| name != entity.table_name())
    {
        errors.add(Text::key("rdj-not-allowed-together"));
        return Ok(errors);
    }
    let mut names = found.columns;
    if let Some(index) = &found.index {
        names = columns_of_index::<S>(cx, index).await?;
    }
    if let Some(rule) = &found.check {
        names = columns_of_check::<S>(rule);
    }
    let columns: Vec<_> = columns::<S>(&names).collect();
    match found.rule {
        Rule::Unique if columns.is_empty() => errors.add(Text::key("rdj-not-allowed-together")),
        Rule::Unique => taken::<S>(&mut errors, &columns),
        Rule::Reference => {
            let columns = if names.is_empty() {
                referring::<S>()
            } else {
                columns
            };
            at_fields::<S>(&mut errors, &columns, &Text::key("rdj-gone"));
        }
        Rule::NotNull => at_fields::<S>(&mut errors, &columns, &Text::key("rdj-required")),
        Rule::Other => {
            let key = match columns.as_slice() {
                [_] => "rdj-not-allowed",
                _ => "rdj-not-allowed-together",
            };
            at_fields::<S>(&mut errors, &columns, &Text::key(key));
        }
    }
    Ok(errors)
}

type Column<S> = <<S as ModelState>::Entity as EntityTrait>::Column;

fn columns<S: ModelState>(names: &[String]) -> impl Iterator<Item = Column<S>> {
    let all = <Column<S> as Iterable>::iter();
    all.filter(|column| names.iter().any(|name| name == column.as_str()))
}

/// The columns of all foreign keys of the form: SQLite does not say which one is broken.
fn referring<S: ModelState>() -> Vec<Column<S>> {
    let refers = |field: &&FieldDef<S>| field.meta.relation.is_some();
    let fields = S::FIELDS.iter().filter(refers);
    fields
        .filter_map(|field| S::Entity::column(field.meta.name))
        .collect()
}

/// The columns of an index: `MariaDB` and `MySQL` name only the index.
async fn columns_of_index<S: ModelState>(cx: &Cx, index: &str) -> Result<Vec<String>> {
    let db = cx.db()?;
    if db.get_database_backend() != DbBackend::MySql {
        return Ok(Vec::new());
    }
    let entity = <S::Entity as Default>::default();
    let sql = "SELECT column_name AS name FROM information_schema.statistics \
               WHERE table_schema = COALESCE(?, DATABASE()) AND table_name = ? AND index_name = ? \
               ORDER BY seq_in_index";
    let schema = entity.schema_name().map(ToOwned::to_owned);
    let values = [schema.into(), entity.table_name().into(), index.into()];
    let rows = db
        .query_all_raw(Statement::from_sql_and_values(
            DbBackend::MySql,
            sql,
            values,
        ))
        .await?;
    let names: Result<_, DbErr> = rows.iter().map(|row| row.try_get("", "name")).collect();
    Ok(names?)
}

/// The columns that a check constraint is about, as far as its text tells: SQLite gives the condition,
/// the others a name, by default one with the column.
fn columns_of_check<S: ModelState>(rule: &str) -> Vec<String> {
    let entity = <S::Entity as Default>::default();
    let words: Vec<&str> = rule
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .collect();
    let short = rule.strip_prefix(entity.table_name());
    let short = short.map(|rest| rest.trim_start_matches(['_', '.']));
    let short = short.map(|rest| rest.strip_suffix("_check").unwrap_or(rest));
    let is_named = |name: &str| words.contains(&name) || short == Some(name);
    let all = <Column<S> as Iterable>::iter().map(|column| column.as_str().to_owned());
    all.filter(|name| is_named(name)).collect()
}
