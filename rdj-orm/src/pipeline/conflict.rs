//! What the user changed, and what somebody else changed meanwhile.
//!
//! A form knows its row as it was when the editing began by a print of each field's text. It travels
//! with the form, so a browser without JavaScript brings it back; a forged one lets a user overwrite
//! or not overwrite what the user may write anyway.

use std::{
    fmt::Write as _,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use crate::{
    model::{CrudModel, key_text},
    state::{Conflict, ConflictField, FieldDef, ModelState, Row},
};

/// The digits of one print.
const DIGITS: usize = 8;

/// Prints of a row: of its key, then of each field of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Prints(Vec<u32>);

impl Prints {
    pub(crate) fn of<S: ModelState>(row: &Row<S>) -> Self {
        let mut prints = Vec::with_capacity(S::FIELDS.len() + 1);
        prints.push(print(&key_text(&S::Entity::key(row))));
        for field in S::FIELDS {
            prints.push(print(&now::<S>(field, row)));
        }
        Self(prints)
    }

    /// The text for a hidden control.
    pub(crate) fn text(&self) -> String {
        let mut text = String::with_capacity(self.0.len() * DIGITS);
        for print in &self.0 {
            let _ = write!(text, "{print:08x}");
        }
        text
    }

    fn parse(text: &str) -> Option<Self> {
        let digits = text.as_bytes().chunks(DIGITS);
        let print = |digits| u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok();
        digits.map(print).collect::<Option<_>>().map(Self)
    }

    /// Whether these are prints of the same row, as it was at some time.
    fn is_of(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.0.first() == other.0.first()
    }
}

fn print(text: &str) -> u32 {
    let mut hasher = DefaultHasher::new();
    lines(text).hash(&mut hasher);
    #[expect(clippy::cast_possible_truncation, reason = "half of it is enough")]
    let short = hasher.finish() as u32;
    short
}

/// A text area sends line ends of its own.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

fn now<S: ModelState>(field: &FieldDef<S>, row: &Row<S>) -> String {
    S::Entity::text(row, field.meta.name).unwrap_or_default()
}

/// The row as the form knew it; nothing where nobody knows, or where nobody asks.
fn before<S: ModelState>(state: &S, row: &Row<S>) -> Option<Prints> {
    if !S::SPEC.rules.optimistic_concurrency {
        return None;
    }
    let core = state.core();
    let known = core.base.as_ref().map(Prints::of::<S>);
    let told = core.told_version().and_then(Prints::parse);
    let now = Prints::of::<S>(row);
    first_of(&now, told, known)
}

/// The first of these that are of the same row.
fn first_of(now: &Prints, told: Option<Prints>, known: Option<Prints>) -> Option<Prints> {
    let mut both = [told, known].into_iter().flatten();
    both.find(|prints| prints.is_of(now))
}

/// Whether the user changed something of the row that a form is about, as far as somebody knows how it
/// was.
pub(crate) fn is_touched<S: ModelState>(state: &S) -> bool {
    let core = state.core();
    let known = core.base.as_ref().map(Prints::of::<S>);
    let told = core.told_version().and_then(Prints::parse);
    let told = told.filter(|told| known.as_ref().is_none_or(|known| told.is_of(known)));
    let Some(before) = told.or(known) else {
        return true;
    };
    let now = S::FIELDS.iter().map(|field| print(&field.shown(state)));
    !now.eq(before.0.into_iter().skip(1))
}

/// Fills the fields that the user left as they were with the row of now, and finds those that both
/// changed.
pub(crate) fn merge<S: ModelState>(state: &mut S, row: &Row<S>) -> Option<Conflict<S::Entity>> {
    let before = before(state, row)?;
    let base = state.core().base.clone();
    let base = base.filter(|base| Prints::of::<S>(base) == before);
    let mut fields = Vec::new();
    for (field, before) in S::FIELDS.iter().zip(&before.0[1..]) {
        let (yours, theirs) = (field.shown(state), now(field, row));
        if print(&yours) == *before {
            field.fill(state, row);
            state.core_mut().field_errors.remove(field.meta.name);
        } else if print(&theirs) != *before && lines(&yours) != lines(&theirs) {
            fields.push(ConflictField {
                name: field.meta.name,
                original: base.as_ref().map(|base| now(field, base)),
                theirs,
                yours,
            });
        }
    }
    let theirs = row.clone();
    (!fields.is_empty()).then_some(Conflict { fields, theirs })
}

#[cfg(test)]
mod tests {
    use super::{Prints, print};

    #[test]
    fn prints_travel_as_text() {
        let prints = Prints(vec![print("1"), print("Milk"), print("")]);
        assert_eq!(Prints::parse(&prints.text()), Some(prints));
        for odd in ["zz", "\u{e4}\u{e4}\u{e4}\u{e4}x"] {
            assert_eq!(Prints::parse(odd), None);
        }
        assert_eq!(print("a\r\nb"), print("a\nb"));
    }
}
