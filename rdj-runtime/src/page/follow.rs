//! Changed rows of a page's states: which states have not read them, and letting these read.

use std::borrow::Cow;

use super::slot::{Slots, StateSlot};
use crate::{
    cx::Cx,
    dispatch::{BoxFuture, boxed},
    error::Result,
    live::Changes,
};

/// The tables that the states follow, each once.
#[must_use]
pub fn tables<P: Slots>() -> Vec<Cow<'static, str>> {
    let mut all: Vec<_> = P::STATES.iter().flat_map(StateSlot::tables).collect();
    all.sort();
    all.dedup();
    all
}

/// Whether a state has not read a change yet; `since` is known to all.
#[must_use]
pub fn is_stale<P: Slots>(page: &P, changes: &Changes, since: u64) -> bool {
    let mut slots = P::STATES.iter();
    slots.any(|slot| !news(slot, page, changes, since).is_empty())
}

/// Lets the states take up what they have not read yet. One that fails keeps no other from reading;
/// the first error is returned.
pub fn follow<'a, P: Slots>(
    page: &'a mut P,
    cx: &'a Cx,
    changes: &'a Changes,
    since: u64,
) -> BoxFuture<'a, Result> {
    boxed(async move {
        let mut all = Ok(());
        for slot in P::STATES {
            let tables = news(slot, page, changes, since);
            if !tables.is_empty() {
                all = all.and(slot.follow(page, cx, &tables).await);
            }
        }
        all
    })
}

/// The tables of a state that have changed since it read them.
fn news<P>(slot: &StateSlot<P>, page: &P, changes: &Changes, since: u64) -> Vec<Cow<'static, str>> {
    let mut tables = slot.tables();
    if !tables.is_empty() {
        let read_at = slot.read_at(page).max(since);
        tables.retain(|table| changes.changed_at([&**table]) > read_at);
    }
    tables
}
