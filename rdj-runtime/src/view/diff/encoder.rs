//! Buffers of a comparison: operations, strings, and what is known about the two pages.

use super::page::{Page, Pair};
use crate::view::tags::Tag;
use crate::view::tree::index;
use rustc_hash::FxHashMap;

/// No node.
pub(super) const NONE: u32 = u32::MAX;

/// Reusable: a comparison does not allocate once the buffers are warm.
#[derive(Debug, Default)]
pub(crate) struct Encoder {
    pub(crate) ops: Vec<u8>,
    pub(crate) strings: String,
    /// Sum over the names on all paths and the child counts of all lists.
    pub(crate) check: u16,
    prefix: u32,
    old_suffix: u32,
    shift: u32,
    /// Inside of a copy: depth.
    pub(super) copying: u32,
    pub(super) ids: FxHashMap<u32, (u32, u32)>,
    pub(super) ids_known: bool,
    pub(super) by_content: FxHashMap<u64, u32>,
    spare: Vec<Vec<u32>>,
}

/// A place to go back to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) ops: usize,
    pub(super) strings: usize,
    check: u16,
}

impl Encoder {
    pub(super) fn begin(&mut self, pair: Pair<'_>) {
        self.ops.clear();
        self.strings.clear();
        self.check = 0;
        self.copying = 0;
        self.ids_known = false;
        let (old_len, new_len) = (pair.old.html.len(), pair.new.html.len());
        self.prefix = index(pair.common.prefix);
        self.old_suffix = index(old_len - pair.common.suffix);
        self.shift = index(new_len).wrapping_sub(index(old_len));
    }

    pub(super) fn mark(&self) -> Mark {
        Mark {
            ops: self.ops.len(),
            strings: self.strings.len(),
            check: self.check,
        }
    }

    pub(super) fn reset(&mut self, mark: Mark) {
        self.ops.truncate(mark.ops);
        self.strings.truncate(mark.strings);
        self.check = mark.check;
    }

    /// Bytes written since `mark`.
    pub(super) fn cost(&self, mark: Mark) -> usize {
        self.ops.len() - mark.ops + self.strings.len() - mark.strings
    }

    #[inline]
    pub(super) fn varint(&mut self, value: usize) {
        write_varint(&mut self.ops, value);
    }

    /// A string with its length.
    pub(super) fn string(&mut self, text: &str) {
        self.varint(utf16_len(text));
        self.strings.push_str(text);
    }

    /// Adds the name of an old node to the check.
    pub(super) fn see(&mut self, page: Page<'_>, node: u32) {
        let tag = page.node(node).tag;
        let name = if tag == Tag::OTHER {
            page.name(node)
        } else {
            tag.name()
        };
        let first = name.bytes().next().unwrap_or_default() | 0x20;
        let len = u16::try_from(name.len() % 4096).unwrap_or_default();
        self.add_to_check(u16::from(first).wrapping_add(len.wrapping_mul(7)));
    }

    pub(super) fn add_to_check(&mut self, value: u16) {
        self.check = self.check.wrapping_mul(33).wrapping_add(value);
    }

    /// Equal bytes? Known without looking at them when both lie in the common prefix or suffix.
    #[inline]
    pub(super) fn is_same(&self, pair: Pair<'_>, old: u32, new: u32) -> bool {
        let (x, y) = (pair.old.node(old), pair.new.node(new));
        if x.end - x.start != y.end - y.start {
            return false;
        }
        if !pair.is_within_new() {
            let in_prefix = x.end <= self.prefix && x.start == y.start;
            let in_suffix =
                x.start >= self.old_suffix && y.start.wrapping_sub(x.start) == self.shift;
            if in_prefix || in_suffix {
                return true;
            }
        }
        pair.old.source_bytes(old) == pair.new.source_bytes(new)
    }

    /// An empty list to work with.
    pub(super) fn borrow(&mut self) -> Vec<u32> {
        self.spare.pop().unwrap_or_default()
    }

    pub(super) fn give_back(&mut self, mut list: Vec<u32>) {
        list.clear();
        self.spare.push(list);
    }

    /// Bytes held.
    pub(crate) fn memory(&self) -> usize {
        let spare: usize = self
            .spare
            .iter()
            .map(|list| list.capacity() * size_of::<u32>())
            .sum();
        self.ops.capacity() + self.strings.capacity() + spare
    }
}

/// Length of a string in the browser.
pub(crate) fn utf16_len(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.chars().map(char::len_utf16).sum()
    }
}

/// LEB128.
#[inline]
pub(crate) fn write_varint(out: &mut Vec<u8>, mut value: usize) {
    while value >= 128 {
        out.push(value.to_le_bytes()[0] | 128);
        value >>= 7;
    }
    out.push(value.to_le_bytes()[0]);
}
