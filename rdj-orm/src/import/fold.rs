//! Values as the texts by which one can tell that a database takes two for different.

use sea_orm::{DbBackend, Value};

/// The text of a value. Values with different texts differ for the database; those with the same text may
/// differ too. Nothing where that cannot be told.
pub(super) fn fold(backend: DbBackend, value: &Value) -> Option<String> {
    let text = match value {
        Value::String(Some(text)) => return fold_text(backend, text),
        Value::TinyInt(Some(number)) => number.to_string(),
        Value::SmallInt(Some(number)) => number.to_string(),
        Value::Int(Some(number)) => number.to_string(),
        Value::BigInt(Some(number)) => number.to_string(),
        Value::TinyUnsigned(Some(number)) => number.to_string(),
        Value::SmallUnsigned(Some(number)) => number.to_string(),
        Value::Unsigned(Some(number)) => number.to_string(),
        Value::BigUnsigned(Some(number)) => number.to_string(),
        Value::Bool(Some(is)) => is.to_string(),
        Value::Uuid(Some(id)) => id.to_string(),
        Value::ChronoDate(Some(date)) => date.to_string(),
        _ => return None,
    };
    Some(text)
}

/// The same for a text: `MariaDB` takes upper and lower case for the same by default, letters with accents
/// too, and no database looks at a letter's case and the blanks behind a text at the same time.
pub(super) fn fold_text(backend: DbBackend, text: &str) -> Option<String> {
    let is_plain = |c: char| c == ' ' || c.is_ascii_graphic();
    if backend == DbBackend::MySql && !text.chars().all(is_plain) {
        return None;
    }
    Some(text.trim_end().to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_database_may_take_for_equal_has_one_text() {
        for backend in [DbBackend::Sqlite, DbBackend::Postgres, DbBackend::MySql] {
            assert_eq!(fold(backend, &"Ab ".into()), fold(backend, &"aB".into()));
            assert_eq!(fold(backend, &7_i64.into()), fold(backend, &7_i32.into()));
            assert_eq!(fold(backend, &1.5_f64.into()), None);
        }
        assert_eq!(fold_text(DbBackend::MySql, "\u{e4}"), None);
        assert!(fold_text(DbBackend::Sqlite, "\u{e4}").is_some());
    }
}
