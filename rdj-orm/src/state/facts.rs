//! What a state has at all, known when it is compiled.
//!
//! The compiler leaves out what stands behind an `if` on such a constant that is false, and what only that
//! calls. So a state is not compiled with the operations of options that it does not have: they are a large
//! part of what a state can do, and of the time that one costs to compile. Futures behind such an `if` are
//! boxed, else their types are compiled all the same, as parts of the future around them.

use std::future::ready;

use rdj_runtime::{Result, dispatch::BoxFuture};

use super::ModelState;

/// What a state has at all.
pub(crate) trait Facts: ModelState {
    /// A field of the form, of child rows too, refers to rows.
    const REFERS: bool = refers::<Self>() || !Self::INLINES.is_empty();
    /// A field of the form is a many-to-many relation.
    const LINKS: bool = links::<Self>();
    /// A column of the list shows related rows.
    const LISTS_RELATED: bool = lists::<Self>().0;
    /// A column of the list shows a many-to-many relation.
    const LISTS_LINKED: bool = lists::<Self>().1;
    /// A field of the form or a column of the list holds files.
    const FILES: bool = takes_files::<Self>() || lists::<Self>().2;
    /// A field of the form takes files.
    const TAKES_FILES: bool = takes_files::<Self>();
    /// Rows are made in place for a field.
    const CREATES: bool = creates::<Self>();
    /// There are child rows.
    const INLINE: bool = !Self::INLINES.is_empty();
    /// A filter offers related rows.
    const FILTERS_RELATED: bool = filters::<Self>();
    /// There are actions for selected rows.
    const BULK: bool = !Self::SPEC.lists.bulk_actions.is_empty();
    /// Pages are found by the rows beside them.
    const KEYSET: bool = Self::SPEC.lists.keyset;
    /// The list is written into files.
    const EXPORTS: bool = Self::SPEC.export.is_some();
    /// Rows are read from files.
    const IMPORTS: bool = Self::SPEC.import;
    /// The state shows what was changed in its rows.
    const HISTORY: bool = Self::SPEC.history;
    /// An open page shows what others change.
    const LIVE: bool = Self::SPEC.live && Self::SPEC.actions.list;
}

impl<S: ModelState> Facts for S {}

/// What an operation does that the state does not have.
pub(crate) fn nothing<'a>() -> BoxFuture<'a, Result> {
    Box::pin(ready(Ok(())))
}

const fn refers<S: ModelState>() -> bool {
    let (mut place, fields) = (0, S::FIELDS);
    while place < fields.len() {
        if fields[place].meta.relation.is_some() {
            return true;
        }
        place += 1;
    }
    false
}

const fn links<S: ModelState>() -> bool {
    let (mut place, fields) = (0, S::FIELDS);
    while place < fields.len() {
        if fields[place].meta.many {
            return true;
        }
        place += 1;
    }
    false
}

const fn takes_files<S: ModelState>() -> bool {
    let (mut place, fields) = (0, S::FIELDS);
    while place < fields.len() {
        if fields[place].meta.file.is_some() {
            return true;
        }
        place += 1;
    }
    false
}

/// Whether columns of the list show related rows, links, files.
const fn lists<S: ModelState>() -> (bool, bool, bool) {
    let (mut place, columns) = (0, S::SPEC.list_display);
    let (mut related, mut linked, mut files) = (false, false, false);
    while place < columns.len() {
        let meta = &columns[place].meta;
        related |= meta.relation.is_some();
        linked |= meta.many;
        files |= meta.file.is_some();
        place += 1;
    }
    (related, linked, files)
}

const fn creates<S: ModelState>() -> bool {
    let (mut place, pickers) = (0, S::SPEC.pickers);
    while place < pickers.len() {
        if pickers[place].in_place.is_some() {
            return true;
        }
        place += 1;
    }
    false
}

const fn filters<S: ModelState>() -> bool {
    let (mut place, filters) = (0, S::SPEC.lists.filters);
    while place < filters.len() {
        if filters[place].meta.relation.is_some() {
            return true;
        }
        place += 1;
    }
    false
}
