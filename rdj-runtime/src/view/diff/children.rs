//! The children of an element: which is which, and the patches of those that stay.

use super::encoder::{Encoder, NONE};
use super::identity::is_compatible;
use super::list;
use super::node::{self, END_GAP, KIDS, LIST};
use super::page::Pair;
use super::window::{Lists, Window, pair_window};
use crate::view::tags::Tag;
use crate::view::tree::index;

/// Two elements whose children are compared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parents<'a> {
    pub(super) pair: Pair<'a>,
    pub(super) old: u32,
    pub(super) new: u32,
    /// Gaps are kept exactly, as in `<pre>`.
    pub(super) exact: bool,
}

impl<'a> Parents<'a> {
    /// Only emptiness matters, except in `<pre>`.
    pub(super) fn gap_differs(&self, old: &str, new: &str) -> bool {
        if self.exact {
            old != new
        } else {
            old.is_empty() != new.is_empty()
        }
    }

    pub(super) fn old_gap(&self, lists: &Lists, at: usize) -> &'a str {
        self.pair.old.gap(self.old, &lists.old, at)
    }

    pub(super) fn new_gap(&self, lists: &Lists, at: usize) -> &'a str {
        self.pair.new.gap(self.new, &lists.new, at)
    }
}

/// Writes what changed in the children; returns the flags of the operation.
pub(super) fn patch(e: &mut Encoder, pair: Pair<'_>, old: u32, new: u32) -> u8 {
    let exact = pair.old.node(old).tag == Tag::PRE;
    let parents = Parents {
        pair,
        old,
        new,
        exact,
    };
    let mut lists = Lists {
        old: e.borrow(),
        new: e.borrow(),
        from: e.borrow(),
    };
    lists.old.extend(pair.old.tree.kids(old));
    lists.new.extend(pair.new.tree.kids(new));
    lists.from.resize(lists.new.len(), NONE);
    pair_children(e, pair, &mut lists);

    let mut flags = 0;
    if !is_unchanged(&lists) {
        flags |= LIST;
        let count = u16::try_from(lists.old.len() % 0x1_0000).unwrap_or_default();
        e.add_to_check(count);
        list::write(e, parents, &lists);
    }
    flags |= patch_kept(e, parents, &lists);
    flags |= patch_end_gap(e, parents, &lists);
    e.give_back(lists.old);
    e.give_back(lists.new);
    e.give_back(lists.from);
    flags
}

fn is_unchanged(lists: &Lists) -> bool {
    lists.old.len() == lists.new.len()
        && lists
            .from
            .iter()
            .enumerate()
            .all(|(at, from)| *from == index(at))
}

fn pair_children(e: &mut Encoder, pair: Pair<'_>, lists: &mut Lists) {
    let (old_len, new_len) = (lists.old.len(), lists.new.len());
    let shorter = old_len.min(new_len);
    let mut start = 0;
    while start < shorter && is_same_unit(e, pair, lists.old[start], lists.new[start]) {
        lists.from[start] = index(start);
        start += 1;
    }
    let mut end = 0;
    while end < shorter - start {
        let (i, j) = (old_len - 1 - end, new_len - 1 - end);
        if !is_same_unit(e, pair, lists.old[i], lists.new[j]) {
            break;
        }
        lists.from[j] = index(i);
        end += 1;
    }
    let window = Window {
        old: start..old_len - end,
        new: start..new_len - end,
    };
    match (window.old.len(), window.new.len()) {
        (0, _) | (_, 0) => {}
        (1, 1) => {
            if is_compatible(pair, lists.old[start], lists.new[start]) {
                lists.from[start] = index(start);
            }
        }
        _ => pair_window(e, pair, lists, &window),
    }
}

/// Same key, or no keys and the same bytes.
fn is_same_unit(e: &Encoder, pair: Pair<'_>, old: u32, new: u32) -> bool {
    let (x, y) = (pair.old.node(old), pair.new.node(new));
    if x.key == 0 && y.key == 0 {
        return e.is_same(pair, old, new);
    }
    x.key == y.key && is_compatible(pair, old, new)
}

/// Patches of the children that stay, by old position.
fn patch_kept(e: &mut Encoder, parents: Parents<'_>, lists: &Lists) -> u8 {
    let mut to = e.borrow();
    to.resize(lists.old.len(), NONE);
    for (j, &from) in lists.from.iter().enumerate() {
        if let Some(slot) = to.get_mut(from as usize) {
            *slot = index(j);
        }
    }
    let (mut last, mut last_head) = (0, None);
    for (i, &j) in to.iter().enumerate().filter(|(_, j)| **j != NONE) {
        let j = j as usize;
        let (before, after) = (parents.old_gap(lists, i), parents.new_gap(lists, j));
        let gap = parents.gap_differs(before, after).then_some(after);
        let (old, new) = (lists.old[i], lists.new[j]);
        if gap.is_none() && e.is_same(parents.pair, old, new) {
            continue;
        }
        let mark = e.mark();
        e.varint((i - last) << 2);
        let flags_at = e.ops.len();
        if !node::patch(e, parents.pair, old, new, gap) {
            e.reset(mark);
            continue;
        }
        (last, last_head) = (i, Some(mark.ops));
        if e.ops[flags_at] == KIDS {
            // nothing but children: no flags
            e.ops.remove(flags_at);
            e.ops[mark.ops] |= 1;
        }
    }
    e.give_back(to);
    match last_head {
        Some(head) => {
            e.ops[head] |= 2;
            KIDS
        }
        None => 0,
    }
}

fn patch_end_gap(e: &mut Encoder, parents: Parents<'_>, lists: &Lists) -> u8 {
    let before = parents.old_gap(lists, lists.old.len());
    let after = parents.new_gap(lists, lists.new.len());
    if !parents.gap_differs(before, after) {
        return 0;
    }
    e.string(after);
    END_GAP
}
