//! Searching text columns.

use sea_orm::{
    DbBackend, QueryFilter, Select,
    sea_query::{Condition, Expr, ExprTrait, LikeExpr, extension::postgres::PgExpr},
};

use crate::{model::CrudModel, relation::SearchField};

/// More words than this are not searched for.
const MAX_WORDS: usize = 10;

/// Rows in which every word stands in one of the columns.
pub(crate) fn search<E: CrudModel>(
    backend: DbBackend,
    fields: &[SearchField],
    text: &str,
    query: Select<E>,
) -> Select<E> {
    let mut words = text.split_whitespace().take(MAX_WORDS).peekable();
    if words.peek().is_none() || fields.is_empty() {
        return query;
    }
    let all = words.fold(Condition::all(), |all, word| {
        all.add(fields.iter().fold(Condition::any(), |any, field| {
            let holds = |column: Expr| contains(Condition::any(), backend, &column, word);
            any.add(field.condition::<E>(&holds))
        }))
    });
    query.filter(all)
}

/// Adds to `any` that the text stands in a column.
pub(crate) fn contains(any: Condition, backend: DbBackend, column: &Expr, word: &str) -> Condition {
    let column = || column.clone();
    spellings(word).iter().fold(any, |any, word| {
        any.add(match backend {
            // ILIKE has the backslash by itself; sea-query cannot write ESCAPE behind it
            DbBackend::Postgres => PgExpr::ilike(column(), pattern(word, '\\')),
            _ => column().like(LikeExpr::new(pattern(word, '!')).escape('!')),
        })
    })
}

/// The word as typed, in lower case, in upper case and with a capital; ASCII words only as typed.
///
/// SQLite knows the case of ASCII letters only, PostgreSQL that of its locale.
fn spellings(word: &str) -> Vec<String> {
    let mut all = vec![word.to_owned()];
    if word.is_ascii() {
        return all;
    }
    let lower = word.to_lowercase();
    let mut letters = lower.chars();
    let first = letters.next().map(char::to_uppercase);
    let capital = first.into_iter().flatten().chain(letters.clone()).collect();
    all.extend([lower.clone(), word.to_uppercase(), capital]);
    all.sort_unstable();
    all.dedup();
    all
}

fn pattern(word: &str, escape: char) -> String {
    let mut text = String::with_capacity(word.len() + 2);
    text.push('%');
    for letter in word.chars() {
        if matches!(letter, '%' | '_') || letter == escape {
            text.push(escape);
        }
        text.push(letter);
    }
    text.push('%');
    text
}
