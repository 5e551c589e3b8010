//! The rows of one container, while what a stream says is done to them.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
};

/// A container that was empty, as a browser has it afterwards: the first page of a stream may have many
/// thousands of rows, so that each is found by its key.
#[derive(Debug, Default)]
pub(super) struct Rows<'a> {
    /// The keys and the HTML, in their order: a row that is added gets the next number at its end.
    rows: BTreeMap<i64, (Cow<'a, str>, &'a str)>,
    /// The numbers of those that have a key.
    known: HashMap<Cow<'a, str>, i64>,
}

impl<'a> Rows<'a> {
    /// `a`, `p` or `r` with its row.
    pub(super) fn put(&mut self, letter: &str, key: Cow<'a, str>, row: &'a str, limit: usize) {
        let known = self.known.get(&key);
        if let Some((_, own)) = known.and_then(|number| self.rows.get_mut(number)) {
            *own = row;
            return;
        }
        let first = self.rows.first_key_value().map_or(0, |(first, _)| *first);
        let last = self.rows.last_key_value().map_or(0, |(last, _)| *last);
        let number = match letter {
            "a" => last + 1,
            "p" => first - 1,
            _ => return,
        };
        if !key.is_empty() {
            self.known.insert(key.clone(), number);
        }
        self.rows.insert(number, (key, row));
        if limit == 0 || self.rows.len() <= limit {
            return;
        }
        let pushed_out = match letter {
            "a" => self.rows.pop_first(),
            _ => self.rows.pop_last(),
        };
        if let Some((_, (key, _))) = pushed_out {
            self.known.remove(&key);
        }
    }

    /// `x` with its key, or `0`.
    pub(super) fn take_out(&mut self, letter: &str, key: &str) {
        if letter == "0" {
            *self = Self::default();
        } else if let Some(number) = self.known.remove(key) {
            self.rows.remove(&number);
        }
    }

    pub(super) fn in_order(&self) -> impl Iterator<Item = &'a str> {
        self.rows.values().map(|(_, row)| *row)
    }
}

/// What a browser does with a row, to those that a client of tests holds; `x` and `0` have none.
#[cfg(any(test, feature = "testing"))]
pub(crate) fn place<R>(
    all: &mut Vec<(String, R)>,
    letter: &str,
    key: &str,
    row: Option<R>,
    limit: usize,
) {
    if letter == "0" {
        return all.clear();
    }
    let known = all
        .iter()
        .position(|(own, _)| own == key && !key.is_empty());
    match (letter, known, row) {
        ("x", Some(at), _) => {
            all.remove(at);
        }
        (_, Some(at), Some(row)) => all[at].1 = row,
        ("a", None, Some(row)) => {
            all.push((key.to_owned(), row));
            if limit > 0 && all.len() > limit {
                all.remove(0);
            }
        }
        ("p", None, Some(row)) => {
            all.insert(0, (key.to_owned(), row));
            if limit > 0 {
                all.truncate(limit);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_where_a_client_puts_them() {
        let mut seed = 1_u64;
        let mut next = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            usize::try_from(seed >> 33).unwrap() % below
        };
        let (letters, keys) = (
            ["a", "a", "a", "p", "p", "p", "r", "x", "x", "0"],
            ["", "1", "2", "3", "4"],
        );
        let texts: Vec<_> = (0..40).map(|row| row.to_string()).collect();
        for round in 0..2_000 {
            let limit = next(5);
            let (mut rows, mut all) = (Rows::default(), Vec::new());
            for text in &texts {
                let (letter, key) = (letters[next(letters.len())], keys[next(keys.len())]);
                let row = (!matches!(letter, "x" | "0")).then_some(text.as_str());
                match row {
                    Some(row) => rows.put(letter, key.into(), row, limit),
                    None => rows.take_out(letter, key),
                }
                place(&mut all, letter, key, row, limit);
                let expected: Vec<_> = all.iter().map(|(_, row)| *row).collect();
                let found: Vec<_> = rows.in_order().collect();
                assert_eq!(found, expected, "{letter} {key:?} {limit} in round {round}");
            }
        }
    }
}
