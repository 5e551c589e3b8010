//! Pairs the children that are left between the common beginning and end of two lists.

use super::encoder::{Encoder, NONE};
use super::identity::is_compatible;
use super::page::{Page, Pair};
use crate::view::tree::index;
use std::ops::Range;
use xxhash_rust::xxh3::xxh3_64;

/// Up to this many pairs are compared one by one.
const FEW: usize = 400;
/// How far an unkeyed child looks for what it may be patched from.
const LOOK_AHEAD: usize = 8;

/// The children of two elements, and for each new one the position of the old it is made from.
#[derive(Debug)]
pub(super) struct Lists {
    pub(super) old: Vec<u32>,
    pub(super) new: Vec<u32>,
    pub(super) from: Vec<u32>,
}

/// What is not paired yet.
pub(super) struct Window {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
}

pub(super) fn pair_window(e: &mut Encoder, pair: Pair<'_>, lists: &mut Lists, window: &Window) {
    let mut used = e.borrow();
    used.resize(window.old.len(), 0);
    if window.old.len() * window.new.len() <= FEW {
        pair_few(e, pair, lists, window, &mut used);
    } else {
        pair_many(e, pair, lists, window, &mut used);
    }
    pair_unkeyed(pair, lists, window, &mut used, true);
    pair_unkeyed(pair, lists, window, &mut used, false);
    e.give_back(used);
}

/// Same key, or no key and the same bytes.
fn is_same_child(e: &Encoder, pair: Pair<'_>, old: u32, new: u32) -> bool {
    let (x, y) = (pair.old.node(old), pair.new.node(new));
    if x.key != 0 {
        return x.key == y.key && is_compatible(pair, old, new);
    }
    y.key == 0 && x.tag == y.tag && e.is_same(pair, old, new)
}

fn pair_few(e: &Encoder, pair: Pair<'_>, lists: &mut Lists, window: &Window, used: &mut [u32]) {
    for j in window.new.clone() {
        for i in window.old.clone() {
            let slot = &mut used[i - window.old.start];
            if *slot == 0 && is_same_child(e, pair, lists.old[i], lists.new[j]) {
                lists.from[j] = index(i);
                *slot = 1;
                break;
            }
        }
    }
}

fn pair_many(
    e: &mut Encoder,
    pair: Pair<'_>,
    lists: &mut Lists,
    window: &Window,
    used: &mut [u32],
) {
    let mut first = std::mem::take(&mut e.by_content);
    first.clear();
    // others with the same identity, in order
    let mut others = e.borrow();
    others.resize(window.old.len(), NONE);
    for (slot, &old) in lists.old[window.old.clone()].iter().enumerate().rev() {
        if let Some(other) = first.insert(identity(pair.old, old), index(slot)) {
            others[slot] = other;
        }
    }
    for j in window.new.clone() {
        let Some(head) = first.get_mut(&identity(pair.new, lists.new[j])) else {
            continue;
        };
        if *head == NONE {
            continue;
        }
        let slot = *head as usize;
        if is_same_child(e, pair, lists.old[slot + window.old.start], lists.new[j]) {
            *head = others[slot];
            lists.from[j] = index(slot + window.old.start);
            used[slot] = 1;
        }
    }
    e.by_content = first;
    e.give_back(others);
}

fn identity(page: Page<'_>, index: u32) -> u64 {
    let node = page.node(index);
    if node.key == 0 {
        return xxh3_64(page.source_bytes(index)) | 1 << 63;
    }
    u64::from(node.key) << 8 | u64::from(node.tag.number()) | 1 << 60
}

/// What is left and has no key is patched into what is left of the old, in order, between the
/// children paired already: first those with the very same open tag, then those alike.
fn pair_unkeyed(
    pair: Pair<'_>,
    lists: &mut Lists,
    window: &Window,
    used: &mut [u32],
    same_open_tag: bool,
) {
    let mut at = window.old.start;
    for j in window.new.clone() {
        if lists.from[j] != NONE {
            at = lists.from[j] as usize + 1;
            continue;
        }
        let new = lists.new[j];
        if pair.new.node(new).key != 0 {
            continue;
        }
        for i in at..window.old.end.min(at + LOOK_AHEAD) {
            if used[i - window.old.start] != 0 {
                break;
            }
            let old = lists.old[i];
            let fits = is_compatible(pair, old, new)
                && (!same_open_tag || pair.old.open_tag(old) == pair.new.open_tag(new));
            if fits {
                lists.from[j] = index(i);
                used[i - window.old.start] = 1;
                at = i + 1;
                break;
            }
        }
    }
}
