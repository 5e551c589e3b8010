//! Times in SQLite, which has no type for them.

use chrono::{NaiveDateTime, NaiveTime, Timelike as _};
use sea_orm::{DbBackend, Statement, Value};

/// Writes the times of a statement for SQLite as SQLite's own functions do, `2026-03-29 08:00:00` in UTC.
///
/// SQLite compares times as texts. A driver's `2026-03-29T08:00:00+00:00` would stand in wrong order
/// beside what `CURRENT_TIMESTAMP`, Django and others write into the same column.
pub(super) fn as_texts(mut statement: Statement) -> Statement {
    if statement.db_backend == DbBackend::Sqlite {
        let values = statement.values.iter_mut().flat_map(|values| &mut values.0);
        for value in values {
            if let Some(text) = text(value) {
                *value = text.into();
            }
        }
    }
    statement
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::ChronoTime(time) => time.map(of_day),
        Value::ChronoDateTime(time) => time.map(moment),
        Value::ChronoDateTimeUtc(time) => time.map(|time| moment(time.naive_utc())),
        Value::ChronoDateTimeLocal(time) => time.map(|time| moment(time.naive_utc())),
        Value::ChronoDateTimeWithTimeZone(time) => time.map(|time| moment(time.naive_utc())),
        _ => None,
    }
}

fn moment(time: NaiveDateTime) -> String {
    format!("{} {}", time.date(), of_day(time.time()))
}

/// With microseconds, which PostgreSQL has too, or without a fraction: equal times are equal texts.
fn of_day(time: NaiveTime) -> String {
    let micros = time.nanosecond() / 1000;
    let format = if micros == 0 {
        "%H:%M:%S"
    } else {
        "%H:%M:%S%.6f"
    };
    time.format(format).to_string()
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, FixedOffset, Utc};

    use super::*;

    fn written(backend: DbBackend, value: impl Into<Value>) -> Value {
        let statement = Statement::from_sql_and_values(backend, "SELECT ?", [value.into()]);
        let values = as_texts(statement).values.map(|values| values.0);
        values.and_then(|mut values| values.pop()).unwrap()
    }

    #[test]
    fn sqlite_gets_texts_in_utc() {
        let of = |text: &str| {
            written(
                DbBackend::Sqlite,
                text.parse::<DateTime<FixedOffset>>().unwrap(),
            )
        };
        assert_eq!(
            of("2026-03-29T10:00:00+02:00"),
            "2026-03-29 08:00:00".into()
        );
        assert_eq!(
            of("2026-03-29T08:00:00.5Z"),
            "2026-03-29 08:00:00.500000".into()
        );
        assert_eq!(
            of("2026-03-29T08:00:00.000120999Z"),
            "2026-03-29 08:00:00.000120".into()
        );
        assert_eq!(
            of("2026-03-29T08:00:00.000000999Z"),
            "2026-03-29 08:00:00".into()
        );
        let time = NaiveTime::from_hms_milli_opt(7, 5, 0, 20).unwrap();
        assert_eq!(written(DbBackend::Sqlite, time), "07:05:00.020000".into());
        let date = chrono::NaiveDate::from_ymd_opt(2026, 3, 29).unwrap();
        assert_eq!(written(DbBackend::Sqlite, date), date.into());
    }

    #[test]
    fn nothing_else_changes() {
        let now = Utc::now();
        assert_eq!(written(DbBackend::Postgres, now), now.into());
        let none: Option<DateTime<Utc>> = None;
        assert_eq!(written(DbBackend::Sqlite, none), none.into());
        assert_eq!(written(DbBackend::Sqlite, "text"), "text".into());
    }
}
