//! A new list of children as a program over the old one: runs kept, moved, copied, adopted from
//! elsewhere, or HTML.

use super::children::Parents;
use super::encoder::{Encoder, NONE};
use super::identity::is_copyable;
use super::node::{self, END_GAP, LIST};
use super::page::Pair;
use super::window::Lists;
use crate::view::entity;
use crate::view::tags::Tag;
use crate::view::tree::{FOREIGN, IGNORE, IMPLIED, index};

const KEEP: usize = 1;
const SEEK: usize = 2;
const INSERT: usize = 3;
/// What an insert is: several nodes, one element that may be copied, an element without its
/// children, an adopted element with and without a patch.
const MANY: u8 = 0;
const SINGLE: u8 = 1;
const SHELL: u8 = 2;
const ADOPT_PATCHED: u8 = 3;
const ADOPT: u8 = 4;
/// Smaller elements are sent as HTML, several at once.
const SMALL: u32 = 2;
const MAX_SOURCES: usize = 8;

/// The program being written.
struct Program<'a, 'l> {
    parents: Parents<'a>,
    lists: &'l Lists,
    /// Position in the old list after the last one taken.
    cursor: usize,
    run: usize,
    /// Positions of the single elements inserted so far: sources of copies.
    sources: Vec<u32>,
}

pub(super) fn write(e: &mut Encoder, parents: Parents<'_>, lists: &Lists) {
    let mut program = Program {
        parents,
        lists,
        cursor: 0,
        run: 0,
        sources: e.borrow(),
    };
    let mut at = 0;
    while at < lists.new.len() {
        if lists.from[at] == NONE {
            program.end_run(e);
            at = program.add(e, at);
        } else {
            program.take(e, lists.from[at] as usize);
            at += 1;
        }
    }
    program.end_run(e);
    e.ops.push(0);
    e.give_back(program.sources);
}

impl Program<'_, '_> {
    fn end_run(&mut self, e: &mut Encoder) {
        if self.run > 0 {
            e.varint(self.run << 2 | KEEP);
            self.run = 0;
        }
    }

    fn take(&mut self, e: &mut Encoder, from: usize) {
        if from == self.cursor {
            self.run += 1;
        } else {
            self.end_run(e);
            let zigzag = if from > self.cursor {
                (from - self.cursor) << 1
            } else {
                ((self.cursor - from) << 1) - 1
            };
            e.varint(zigzag << 2 | SEEK);
        }
        self.cursor = from + 1;
    }

    /// Adds something new; returns the position after it.
    fn add(&mut self, e: &mut Encoder, at: usize) -> usize {
        let pair = self.parents.pair;
        let new = self.lists.new[at];
        let is_text = pair.new.node(new).tag == Tag::TEXT;
        let may_adopt = e.copying == 0 && !pair.is_within_new() && !is_text;
        if may_adopt && e.holds_adoptable(pair, new) && (self.adopt(e, at) || self.shell(e, at)) {
            return at + 1;
        }
        if self.copy(e, at) {
            return at + 1;
        }
        self.insert(e, at)
    }

    /// An element with an id that was elsewhere in the old page comes with all its state.
    fn adopt(&self, e: &mut Encoder, at: usize) -> bool {
        let pair = self.parents.pair;
        let new = self.lists.new[at];
        let Some(old) = e.adoptable(pair, new) else {
            return false;
        };
        let Some(id) = pair.new.attribute(new, "id").and_then(entity::decode) else {
            return false;
        };
        write_text(e, INSERT, &id);
        let kind_at = e.ops.len();
        e.ops.push(ADOPT_PATCHED);
        e.string(self.parents.new_gap(self.lists, at));
        let check = e.check;
        if !node::patch(e, pair, old, new, None) {
            e.ops[kind_at] = ADOPT;
        }
        e.check = check;
        true
    }

    /// Only the element, because there is something to adopt inside: its children are a list of
    /// their own.
    fn shell(&self, e: &mut Encoder, at: usize) -> bool {
        let page = self.parents.pair.new;
        let new = self.lists.new[at];
        let node = page.node(new);
        if node.has(IGNORE) || node.tag == Tag::TEMPLATE {
            return false;
        }
        let gap = self.parents.new_gap(self.lists, at);
        let name = page.name(new);
        let html = if node.has(IMPLIED) {
            format!("{gap}<{name}></{name}>")
        } else {
            format!("{gap}{}</{name}>", page.open_tag(new))
        };
        write_text(e, INSERT, &html);
        e.ops.push(SHELL);
        let check = e.check;
        e.ops.push(LIST | END_GAP);
        let mut lists = Lists {
            old: e.borrow(),
            new: e.borrow(),
            from: e.borrow(),
        };
        lists.new.extend(page.tree.kids(new));
        lists.from.resize(lists.new.len(), NONE);
        let parents = Parents {
            old: 0,
            new,
            ..self.parents
        };
        write(e, parents, &lists);
        e.string(parents.new_gap(&lists, lists.new.len()));
        e.give_back(lists.old);
        e.give_back(lists.new);
        e.give_back(lists.from);
        e.check = check;
        true
    }

    /// Cheaper as a copy of an element inserted before, or of an old sibling, with changes?
    fn copy(&mut self, e: &mut Encoder, at: usize) -> bool {
        let new = self.lists.new[at];
        let node = self.parents.pair.new.node(new);
        let size = node.next - new;
        if node.tag == Tag::TEXT || size <= SMALL || node.has(IGNORE | FOREIGN) {
            return false;
        }
        let Some((pair, source, code, source_gap)) = self.source(at) else {
            return false;
        };
        let gap = self.parents.new_gap(self.lists, at);
        let gap = self.parents.gap_differs(source_gap, gap).then_some(gap);
        let (mark, check) = (e.mark(), e.check);
        e.varint((code + 1) << 2);
        e.copying += 1;
        let written = node::patch(e, pair, source, new, gap);
        e.copying -= 1;
        // copies are not part of the check
        e.check = check;
        let len = (node.end - node.start) as usize;
        if !written || e.cost(mark) * 10 >= len * 7 {
            e.reset(mark);
            return false;
        }
        self.sources.push(index(at));
        true
    }

    /// What to copy: pages, node, code, gap before it. One inserted by this list first, as nothing
    /// can have happened to it.
    fn source(&self, at: usize) -> Option<(Pair<'_>, u32, usize, &str)> {
        let pair = self.parents.pair;
        let within = Pair {
            old: pair.new,
            ..pair
        };
        let new = self.lists.new[at];
        if let Some(number) = self.inserted_source(new) {
            let position = self.sources[number] as usize;
            let gap = self.parents.new_gap(self.lists, position);
            return Some((within, self.lists.new[position], number << 1, gap));
        }
        let near = [self.cursor.wrapping_sub(1), self.cursor];
        near.into_iter().find_map(|position| {
            let old = *self.lists.old.get(position)?;
            let gap = self.parents.old_gap(self.lists, position);
            is_copyable(pair, old, new).then_some((pair, old, position << 1 | 1, gap))
        })
    }

    /// The first one of the same size: the same source for a whole run compresses best.
    fn inserted_source(&self, new: u32) -> Option<usize> {
        let page = self.parents.pair.new;
        let me = page.node(new);
        let mut found = None;
        for (number, &position) in self.sources.iter().take(MAX_SOURCES).enumerate() {
            let other = self.lists.new[position as usize];
            let node = page.node(other);
            let is_alike = node.tag == me.tag
                && (node.flags ^ me.flags) & FOREIGN == 0
                && (me.tag != Tag::OTHER || page.name(other) == page.name(new));
            if !is_alike {
                continue;
            }
            if node.next - other == me.next - new {
                return Some(number);
            }
            found = found.or(Some(number));
        }
        found
    }

    /// As HTML; text and small elements are put together.
    fn insert(&mut self, e: &mut Encoder, at: usize) -> usize {
        let page = self.parents.pair.new;
        let new = self.lists.new[at];
        let node = page.node(new);
        let gap = self.parents.new_gap(self.lists, at);
        let is_large = node.tag != Tag::TEXT && node.next - new > SMALL;
        if node.has(IMPLIED) {
            // not in the source: written out
            let name = node.tag.name();
            let html = format!("{gap}<{name}>{}</{name}>", page.source(new));
            write_text(e, INSERT, &html);
        } else {
            let end = if is_large {
                at + 1
            } else {
                self.end_of_small(e, at)
            };
            let last = page.node(self.lists.new[end - 1]);
            let start = node.start as usize - gap.len();
            let html = page.html.get(start..last.end as usize).unwrap_or_default();
            write_text(e, INSERT, html);
            if !is_large {
                e.ops.push(MANY);
                return end;
            }
        }
        e.ops.push(SINGLE);
        self.sources.push(index(at));
        at + 1
    }

    fn end_of_small(&self, e: &mut Encoder, at: usize) -> usize {
        let pair = self.parents.pair;
        let mut end = at + 1;
        while end < self.lists.new.len() && self.lists.from[end] == NONE {
            let new = self.lists.new[end];
            let node = pair.new.node(new);
            let is_text = node.tag == Tag::TEXT;
            let is_small = !node.has(IMPLIED) && (is_text || node.next - new <= SMALL);
            let may_adopt = e.copying == 0 && !pair.is_within_new() && !is_text;
            if !is_small || may_adopt && e.holds_adoptable(pair, new) {
                break;
            }
            end += 1;
        }
        end
    }
}

/// A string whose length carries the kind of the operation.
fn write_text(e: &mut Encoder, kind: usize, text: &str) {
    e.varint(super::encoder::utf16_len(text) << 2 | kind);
    e.strings.push_str(text);
}
