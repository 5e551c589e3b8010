//! Errors of database constraints, as errors of fields.

mod violation;

use rdj_runtime::{Cx, Error, Result, form::FieldErrors, i18n::Text};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, IdenStatic, RuntimeErr, SqlErr, Statement, sqlx};

use self::violation::{Rule, Violation};
use super::taken::{at_fields, form, taken};
use crate::{db::CxDb, field::FieldMeta, model::CrudModel, state::ModelState, words};

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
    let table = Table::of::<S::Entity>();
    if found
        .table
        .as_deref()
        .is_some_and(|name| name != table.name)
    {
        errors.add(Text::key("rdj-not-allowed-together"));
        return Ok(errors);
    }
    let rule = found.rule;
    let names = table.names(cx, found).await?;
    let form = form::<S>();
    match rule {
        Rule::Unique if names.is_empty() => errors.add(Text::key("rdj-not-allowed-together")),
        Rule::Unique => taken::<S>(&mut errors, &names),
        Rule::Reference => {
            let names = if names.is_empty() {
                table.referring(&form)
            } else {
                names
            };
            at_fields(&mut errors, &form, &names, &Text::key("rdj-gone"));
        }
        Rule::NotNull => at_fields(&mut errors, &form, &names, &Text::key("rdj-required")),
        Rule::Other => {
            let key = match names.as_slice() {
                [_] => "rdj-not-allowed",
                _ => "rdj-not-allowed-together",
            };
            at_fields(&mut errors, &form, &names, &Text::key(key));
        }
    }
    Ok(errors)
}

/// A table as the database names it.
struct Table {
    name: &'static str,
    schema: Option<String>,
    fields: &'static [FieldMeta],
    /// The name of each field's column.
    columns: Vec<Option<&'static str>>,
}

impl Table {
    fn of<E: CrudModel>() -> Self {
        let entity = E::default();
        let mut columns = Vec::with_capacity(E::FIELDS.len());
        for meta in E::FIELDS {
            columns.push(E::column(meta.name).map(|column| column.as_str()));
        }
        Self {
            name: entity.table_name(),
            schema: entity.schema_name().map(ToOwned::to_owned),
            fields: E::FIELDS,
            columns,
        }
    }

    /// The fields with the columns that a rule is about.
    async fn names(&self, cx: &Cx, found: Violation) -> Result<Vec<&'static str>> {
        let columns = match (&found.index, &found.check) {
            (_, Some(rule)) => return Ok(self.in_check(rule)),
            (Some(index), _) => self.in_index(cx, index).await?,
            _ => found.columns,
        };
        Ok(self.fields_of(|column| columns.iter().any(|name| name == column)))
    }

    fn fields_of(&self, is_wanted: impl Fn(&str) -> bool) -> Vec<&'static str> {
        let all = self.fields.iter().zip(&self.columns);
        let wanted = all.filter(|(_, column)| column.is_some_and(&is_wanted));
        wanted.map(|(meta, _)| meta.name).collect()
    }

    /// All foreign keys of the form: SQLite does not say which one is broken.
    fn referring(&self, form: &[&'static str]) -> Vec<&'static str> {
        let refers = |meta: &&FieldMeta| meta.relation.is_some() && form.contains(&meta.name);
        let fields = self.fields.iter().filter(refers);
        fields.map(|meta| meta.name).collect()
    }

    /// The columns of an index: `MariaDB` and `MySQL` name only the index.
    async fn in_index(&self, cx: &Cx, index: &str) -> Result<Vec<String>> {
        let db = cx.db()?;
        if db.get_database_backend() != DbBackend::MySql {
            return Ok(Vec::new());
        }
        let sql = "SELECT column_name AS name FROM information_schema.statistics \
                   WHERE table_schema = COALESCE(?, DATABASE()) AND table_name = ? \
                   AND index_name = ? ORDER BY seq_in_index";
        let values = [self.schema.clone().into(), self.name.into(), index.into()];
        let statement = Statement::from_sql_and_values(DbBackend::MySql, sql, values);
        let rows = db.query_all_raw(statement).await?;
        let names: Result<_, DbErr> = rows.iter().map(|row| row.try_get("", "name")).collect();
        Ok(names?)
    }

    /// The columns that a check constraint is about, as far as its text tells: SQLite gives the
    /// condition, the others a name, by default one with the column.
    fn in_check(&self, rule: &str) -> Vec<&'static str> {
        let words: Vec<&str> = rule
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .collect();
        let short = rule.strip_prefix(self.name);
        let short = short.map(|rest| rest.trim_start_matches(['_', '.']));
        let short = short.map(|rest| rest.strip_suffix("_check").unwrap_or(rest));
        self.fields_of(|name| words.contains(&name) || short == Some(name))
    }
}
