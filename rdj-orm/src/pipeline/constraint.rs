//! Errors of database constraints, as errors of fields.

use rdj_runtime::{Error, form::FieldErrors, i18n::Text};
use sea_orm::{DbErr, RuntimeErr, SqlErr, sqlx};

use crate::{
    model::CrudModel,
    state::{FieldDef, ModelState},
    words,
};

/// Why the database did not write a row.
pub(crate) enum Refused {
    /// A value is taken, or refers to nothing.
    Fields(FieldErrors),
    /// Anything else.
    Other(Error),
}

/// Finds out what is wrong with a row from the database's error.
pub(crate) fn refused<S: ModelState>(error: Error) -> Refused {
    let Error::Internal(cause) = &error else {
        return Refused::Other(error);
    };
    let Some(cause) = cause.downcast_ref::<DbErr>() else {
        return Refused::Other(error);
    };
    let columns = columns(cause);
    let mut errors = FieldErrors::default();
    match cause.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => {
            let key = match columns.as_slice() {
                [_] => "rdj-unique",
                _ => "rdj-unique-together",
            };
            let text = Text::key(key).arg("label", words::label::<S::Entity>());
            for field in named::<S>(&columns) {
                errors.add_to(field.meta.name, text.clone());
            }
        }
        Some(SqlErr::ForeignKeyConstraintViolation(_)) => {
            for field in referring::<S>(&columns) {
                errors.add_to(field.meta.name, Text::key("rdj-gone"));
            }
        }
        _ => return Refused::Other(error),
    }
    if errors.is_empty() {
        Refused::Other(error)
    } else {
        Refused::Fields(errors)
    }
}

/// Whether the database refused a row because a unique value is taken.
pub(crate) fn is_taken(error: &Error) -> bool {
    let Error::Internal(cause) = error else {
        return false;
    };
    let cause = cause.downcast_ref::<DbErr>().and_then(DbErr::sql_err);
    matches!(cause, Some(SqlErr::UniqueConstraintViolation(_)))
}

/// Whether the database kept a row because others refer to it.
pub(crate) fn is_used(error: &Error) -> bool {
    let Error::Internal(cause) = error else {
        return false;
    };
    let cause = cause.downcast_ref::<DbErr>().and_then(DbErr::sql_err);
    matches!(cause, Some(SqlErr::ForeignKeyConstraintViolation(_)))
}

fn named<S: ModelState>(columns: &[String]) -> impl Iterator<Item = &'static FieldDef<S>> {
    let is_named = |field: &&FieldDef<S>| columns.iter().any(|name| is_column::<S>(field, name));
    S::FIELDS.iter().filter(is_named)
}

/// The fields of a broken foreign key; SQLite does not say which, so all that refer to something.
fn referring<S: ModelState>(columns: &[String]) -> Vec<&'static FieldDef<S>> {
    let named: Vec<_> = named::<S>(columns).collect();
    if !named.is_empty() || !columns.is_empty() {
        return named;
    }
    S::FIELDS
        .iter()
        .filter(|field| field.meta.relation.is_some())
        .collect()
}

fn is_column<S: ModelState>(field: &FieldDef<S>, name: &str) -> bool {
    use sea_orm::IdenStatic;
    S::Entity::column(field.meta.name).is_some_and(|column| column.as_str() == name)
}

/// The columns that the error names.
fn columns(error: &DbErr) -> Vec<String> {
    let (DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause))) =
        error
    else {
        return Vec::new();
    };
    let sqlx::Error::Database(cause) = &**cause else {
        return Vec::new();
    };
    match cause.try_downcast_ref::<sqlx::postgres::PgDatabaseError>() {
        Some(cause) => postgres_columns(cause.detail().unwrap_or_default()),
        None => sqlite_columns(cause.message()),
    }
}

/// `Key (title, user_id)=(Milk, 1) already exists.`
fn postgres_columns(detail: &str) -> Vec<String> {
    let inside = detail
        .split_once('(')
        .and_then(|(_, rest)| rest.split_once(")="));
    inside.map(|(names, _)| list(names)).unwrap_or_default()
}

/// `UNIQUE constraint failed: note.title, note.user_id`
fn sqlite_columns(message: &str) -> Vec<String> {
    message
        .split_once("failed: ")
        .map(|(_, names)| list(names))
        .unwrap_or_default()
}

fn list(names: &str) -> Vec<String> {
    let column = |name: &str| {
        let name = name.trim();
        name.rsplit_once('.')
            .map_or(name, |(_, column)| column)
            .trim_matches('"')
            .to_owned()
    };
    names.split(',').map(column).collect()
}
