//! From the entries of a form to its child rows.

use std::collections::HashMap;

use rdj_runtime::form::Entries;

use super::{Inline, InlineRow, MAX_ROWS};
use crate::{
    dispatch,
    model::{key_text, parse_key},
    state::ModelState,
};

/// The hidden control with the key of a row.
pub(super) const KEY: &str = "_key";
/// The check box that marks a row for deletion.
pub(super) const DELETE: &str = "_delete";

/// `lines-3-quantity` as `lines`, 3 and `quantity`.
pub(crate) fn split(name: &str) -> Option<(&str, u32, &str)> {
    let (inline, rest) = name.split_once('-')?;
    let (id, field) = rest.split_once('-')?;
    Some((inline, id.parse().ok()?, field))
}

/// Takes up the entries of all rows. Rows that the form does not name stay as they are.
pub(super) fn fill<C: ModelState>(inline: &mut Inline<C>, name: &str, entries: &Entries) {
    inline.crowded = false;
    for (id, entries) in by_row(name, entries) {
        let key = entries.get(KEY).filter(|key| !key.is_empty());
        if let Some(row) = find(inline, id, key) {
            row.delete = entries.get(DELETE) == Some("true");
            dispatch::fill(&mut row.state, &entries);
        }
    }
}

/// The entries of each row, in the order of the form.
fn by_row(name: &str, entries: &Entries) -> Vec<(u32, Entries)> {
    let mut rows: Vec<(u32, Vec<(String, String)>)> = Vec::new();
    let mut places: HashMap<u32, usize> = HashMap::new();
    for (entry, value) in entries.iter() {
        let Some((inline, id, field)) = split(entry) else {
            continue;
        };
        if inline != name {
            continue;
        }
        let place = *places.entry(id).or_insert_with(|| {
            rows.push((id, Vec::new()));
            rows.len() - 1
        });
        rows[place].1.push((field.to_owned(), value.to_owned()));
    }
    let rows = rows.into_iter();
    rows.map(|(id, pairs)| (id, Entries::new(pairs))).collect()
}

/// The row that entries are for: the one with their key, or the new one with their number. One that the
/// page does not know, as it was opened for this form, is added; its key is checked by the save.
fn find<'a, C: ModelState>(
    inline: &'a mut Inline<C>,
    id: u32,
    key: Option<&str>,
) -> Option<&'a mut InlineRow<C>> {
    let is_meant = |row: &InlineRow<C>| match (key, row.key()) {
        (Some(key), Some(own)) => key_text(own) == key,
        (None, None) => row.id == id,
        _ => false,
    };
    let place = inline.rows.iter().position(is_meant);
    if place.is_none() && key.is_none() && inline.removed.contains(&id) {
        return None;
    }
    if place.is_none() && inline.rows.len() >= MAX_ROWS {
        inline.crowded = true;
        return None;
    }
    let place = place.unwrap_or_else(|| {
        let mut row = inline.new_row(Some(id));
        row.state.core_mut().editing_id = key.and_then(parse_key);
        inline.rows.push(row);
        inline.rows.len() - 1
    });
    inline.rows.get_mut(place)
}

#[cfg(test)]
mod tests {
    use rdj_runtime::form::Entries;

    use super::{by_row, split};

    #[test]
    fn names_have_three_parts() {
        assert_eq!(
            split("lines-3-track_id-search"),
            Some(("lines", 3, "track_id-search"))
        );
        for odd in [
            "lines",
            "lines-3",
            "lines-x-a",
            "lines--1-a",
            "lines-99999999999-a",
        ] {
            assert_eq!(split(odd), None, "{odd}");
        }
    }

    #[test]
    fn entries_are_told_apart_by_row() {
        let entries = [
            "lines-7-a=1",
            "total=5",
            "lines-2-a=2",
            "lines-7-b=3",
            "other-7-a=4",
        ];
        let entries = Entries::parse(entries.join("&").as_bytes()).unwrap_or_default();
        let rows = by_row("lines", &entries);
        let ids: Vec<_> = rows.iter().map(|(id, _)| *id).collect();
        assert_eq!(ids, [7, 2]);
        assert_eq!(rows[0].1.get("b"), Some("3"));
        assert_eq!(rows[0].1.get("total"), None);
    }
}
