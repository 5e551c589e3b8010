//! What the errors of the three databases say about a constraint.

use sea_orm::sqlx::{error::DatabaseError, mysql::MySqlDatabaseError, postgres::PgDatabaseError};

/// What kind of rule is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// Another row has the value.
    Unique,
    /// The row that is referred to is not there.
    Reference,
    /// There is no value.
    NotNull,
    /// Anything else about values: a check, or one that does not fit.
    Other,
}

/// A broken rule.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Violation {
    pub(super) rule: Rule,
    /// The table, where it is told.
    pub(super) table: Option<String>,
    pub(super) columns: Vec<String>,
    /// The index, where it is told in place of its columns.
    pub(super) index: Option<String>,
    /// The text or the name of a check.
    pub(super) check: Option<String>,
}

impl Violation {
    fn new(rule: Rule) -> Self {
        Self {
            rule,
            table: None,
            columns: Vec::new(),
            index: None,
            check: None,
        }
    }
}

/// The rule that an error is about; none for errors of other kinds.
pub(super) fn of(error: &dyn DatabaseError) -> Option<Violation> {
    if let Some(error) = error.try_downcast_ref::<PgDatabaseError>() {
        return postgres(error);
    }
    if let Some(error) = error.try_downcast_ref::<MySqlDatabaseError>() {
        return mariadb(error.number(), error.message());
    }
    sqlite(error.message())
}

fn postgres(error: &PgDatabaseError) -> Option<Violation> {
    let rule = match error.code() {
        "23505" => Rule::Unique,
        "23503" => Rule::Reference,
        "23502" => Rule::NotNull,
        // a check, an exclusion, a text that is too long, a number out of range
        "23514" | "23P01" | "22001" | "22003" => Rule::Other,
        _ => return None,
    };
    let mut found = Violation::new(rule);
    found.table = error.table().map(ToOwned::to_owned);
    found.columns = match error.column() {
        Some(column) => vec![column.to_owned()],
        None => detail_columns(error.detail().unwrap_or_default()),
    };
    if error.code() == "23514" {
        found.check = error.constraint().map(ToOwned::to_owned);
    }
    Some(found)
}

/// `Key (title, user_id)=(Milk, 1) already exists.`
fn detail_columns(detail: &str) -> Vec<String> {
    let inside = detail
        .split_once('(')
        .and_then(|(_, rest)| rest.split_once(")="));
    inside.map(|(names, _)| list(names)).unwrap_or_default()
}

/// `UNIQUE constraint failed: note.title, note.user_id`
fn sqlite(message: &str) -> Option<Violation> {
    let (kind, what) = message.split_once(" constraint failed")?;
    let what = what.trim_start_matches(": ");
    let rule = match kind.rsplit(' ').next()? {
        "UNIQUE" => Rule::Unique,
        "KEY" if kind.ends_with("PRIMARY KEY") => Rule::Unique,
        "KEY" => Rule::Reference,
        "NULL" => Rule::NotNull,
        "CHECK" => Rule::Other,
        _ => return None,
    };
    let mut found = Violation::new(rule);
    if rule == Rule::Other {
        found.check = Some(what.to_owned());
    } else if !what.is_empty() && !what.starts_with("index ") {
        found.table = what
            .split_once('.')
            .map(|(table, _)| table.trim_matches('"').to_owned());
        found.columns = list(what);
    }
    Some(found)
}

/// The errors of `MariaDB` and `MySQL` by number; what they are about stands in quotes.
fn mariadb(number: u16, message: &str) -> Option<Violation> {
    let rule = match number {
        1022 | 1062 | 1169 | 1586 => Rule::Unique,
        1216 | 1452 => Rule::Reference,
        1048 | 1364 => Rule::NotNull,
        // a row that is referred to, too long, out of range, a check
        1217 | 1451 | 1406 | 1264 | 3819 | 4025 => Rule::Other,
        _ => return None,
    };
    let mut found = Violation::new(rule);
    match number {
        1062 | 1586 => {
            let index = message.rsplit_once("for key ").map(|(_, key)| key);
            let index = index.map(|key| key.trim_matches(['\'', '`']));
            found.index = index.map(|key| key.rsplit('.').next().unwrap_or(key).to_owned());
        }
        1452 => {
            found.table = qualified(message);
            let key = message.split_once("FOREIGN KEY (");
            let names = key.and_then(|(_, rest)| rest.split_once(')'));
            found.columns = names.map(|(names, _)| list(names)).unwrap_or_default();
        }
        1048 | 1364 | 1406 | 1264 => {
            let name = message.split('\'').nth(1);
            found.columns = name.map(|name| vec![name.to_owned()]).unwrap_or_default();
        }
        4025 | 3819 => {
            found.check = message.split(['`', '\'']).nth(1).map(ToOwned::to_owned);
            found.table = message
                .split_once("failed for ")
                .and_then(|(_, at)| qualified(at));
        }
        _ => {}
    }
    Some(found)
}

/// `note` of `shop`.`note`, both in backquotes.
fn qualified(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("`.`")?;
    rest.split('`').next().map(ToOwned::to_owned)
}

fn list(names: &str) -> Vec<String> {
    let column = |name: &str| {
        let name = name.trim();
        name.rsplit_once('.')
            .map_or(name, |(_, column)| column)
            .trim_matches(['"', '`'])
            .to_owned()
    };
    names.split(',').map(column).collect()
}

#[cfg(test)]
mod tests {
    use super::{Rule, detail_columns, mariadb, sqlite};

    #[test]
    fn sqlite_names_table_and_columns() {
        let found = sqlite("UNIQUE constraint failed: note.title, note.user_id");
        let found = found.map(|found| (found.rule, found.table, found.columns));
        let columns = vec!["title".to_owned(), "user_id".to_owned()];
        assert_eq!(
            found,
            Some((Rule::Unique, Some("note".to_owned()), columns))
        );
        let found = sqlite("CHECK constraint failed: priority >= 0");
        let check = found.and_then(|found| found.check);
        assert_eq!(check.as_deref(), Some("priority >= 0"));
        for (text, rule) in [
            ("FOREIGN KEY constraint failed", Rule::Reference),
            ("NOT NULL constraint failed: note.title", Rule::NotNull),
        ] {
            assert_eq!(sqlite(text).map(|found| found.rule), Some(rule));
        }
        assert_eq!(sqlite("no such table: note"), None);
    }

    #[test]
    fn mariadb_names_the_index_or_the_column() {
        let index = |text| mariadb(1062, text).and_then(|found| found.index);
        for text in [
            "Duplicate entry 'for key' for key 'name'",
            "Duplicate entry 'AC/DC' for key 'artist.name'",
        ] {
            assert_eq!(index(text).as_deref(), Some("name"));
        }
        let text = "Cannot add or update a child row: a foreign key constraint fails \
                    (`shop`.`album`, CONSTRAINT `fk` FOREIGN KEY (`artist_id`) REFERENCES \
                    `artist` (`id`))";
        let found = mariadb(1452, text).map(|found| (found.table, found.columns));
        let columns = vec!["artist_id".to_owned()];
        assert_eq!(found, Some((Some("album".to_owned()), columns)));
        let text = "CONSTRAINT `positive` failed for `shop`.`note`";
        let found = mariadb(4025, text).map(|found| (found.table, found.check));
        let told = (Some("note".to_owned()), Some("positive".to_owned()));
        assert_eq!(found, Some(told));
        let found = mariadb(1048, "Column 'title' cannot be null");
        assert_eq!(
            found.map(|found| found.columns),
            Some(vec!["title".to_owned()])
        );
    }

    #[test]
    fn postgres_names_the_columns_in_the_detail() {
        let detail = "Key (title, user_id)=(Milk, 1) already exists.";
        assert_eq!(detail_columns(detail), ["title", "user_id"]);
        assert!(detail_columns("Failing row contains (1, x).").is_empty());
    }
}
