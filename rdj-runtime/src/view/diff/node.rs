//! The patch of one node.

use super::children;
use super::encoder::Encoder;
use super::page::{Page, Pair};
use crate::view::attrs::Attrs;
use crate::view::entity;
use crate::view::parse::{common_prefix, common_suffix};
use crate::view::tags::Tag;
use crate::view::tree::{FOREIGN, IGNORE, is_blank};
use memchr::memchr;
use std::borrow::Cow;

pub(crate) const ATTRS: u8 = 1;
pub(crate) const KIDS: u8 = 2;
pub(crate) const LIST: u8 = 4;
pub(crate) const GAP: u8 = 8;
pub(crate) const TEXT: u8 = 16;
pub(crate) const HTML: u8 = 32;
pub(crate) const END_GAP: u8 = 64;
pub(crate) const SPLICE: u8 = 128;
/// The whole node.
pub(crate) const REPLACE: u8 = TEXT | HTML;

/// Before an attribute whose value is left to the browser to decode.
const RAW_VALUE: usize = 1;
/// Shorter texts are never spliced.
const SPLICE_FROM: usize = 96;
const SPLICE_GAIN: usize = 48;

/// Names of attributes that cost one byte; `client/src/patch.ts` has the same list.
pub(crate) const SHORT_NAMES: [&str; 22] = [
    "class",
    "value",
    "href",
    "id",
    "checked",
    "disabled",
    "selected",
    "style",
    "title",
    "hidden",
    "open",
    "src",
    "datetime",
    "aria-sort",
    "aria-current",
    "aria-label",
    "aria-expanded",
    "aria-invalid",
    "aria-describedby",
    "data-key",
    "action",
    "data-rdj-form",
];

/// Writes the patch of `old` to `new`, which have the same identity, and of the gap before it.
/// True: something was written.
pub(super) fn patch(
    e: &mut Encoder,
    pair: Pair<'_>,
    old: u32,
    new: u32,
    gap: Option<&str>,
) -> bool {
    if gap.is_none() && e.is_same(pair, old, new) {
        return false;
    }
    let mark = e.mark();
    e.ops.push(0);
    e.see(pair.old, old);
    let mut flags = 0;
    if let Some(gap) = gap {
        flags |= GAP;
        e.string(gap);
    }
    let inside = e.mark();
    let changes = match pair.old.node(old).tag {
        Tag::TEXT => Some(text_node(e, pair, old, new)),
        _ => element(e, pair, old, new),
    };
    flags |= changes.unwrap_or_else(|| {
        e.reset(inside);
        e.string(pair.new.source(new));
        REPLACE
    });
    if flags == 0 {
        e.reset(mark);
        return false;
    }
    e.ops[mark.ops] = flags;
    true
}

fn text_node(e: &mut Encoder, pair: Pair<'_>, old: u32, new: u32) -> u8 {
    let (x, y) = (pair.old.source(old), pair.new.source(new));
    if x == y { 0 } else { text(e, x, y) }
}

/// `None`: only to be replaced.
fn element(e: &mut Encoder, pair: Pair<'_>, old: u32, new: u32) -> Option<u8> {
    let attrs = attributes(e, pair, old, new)?;
    Some(attrs | content(e, pair, old, new)?)
}

fn attributes(e: &mut Encoder, pair: Pair<'_>, old: u32, new: u32) -> Option<u8> {
    let (x, y) = (pair.old.open_tag(old), pair.new.open_tag(new));
    if x == y {
        return Some(0);
    }
    let foreign = pair.old.node(old).has(FOREIGN);
    let before = e.ops.len();
    for (name, value) in Attrs::of(y) {
        if Attrs::of(x).get(name) == Some(value) {
            continue;
        }
        let first = Attrs::of(y).get(name);
        if first.is_some_and(|first| !std::ptr::eq(first, value)) {
            continue;
        }
        if foreign && name.contains(':') {
            return None;
        }
        let decoded = entity::decode(value);
        if decoded.is_none() {
            e.varint(RAW_VALUE);
        }
        attribute_name(e, name, false);
        e.string(decoded.as_deref().unwrap_or(value));
    }
    for (name, _) in Attrs::of(x) {
        if Attrs::of(y).get(name).is_none() {
            attribute_name(e, name, true);
        }
    }
    if e.ops.len() == before {
        return Some(0);
    }
    e.ops.push(0);
    Some(ATTRS)
}

fn attribute_name(e: &mut Encoder, name: &str, removed: bool) {
    let removed = usize::from(removed);
    if let Some(at) = SHORT_NAMES.iter().position(|short| *short == name) {
        e.varint((at + 2) << 1 | removed);
    } else {
        e.varint(2 | removed);
        e.string(name);
    }
}

fn content(e: &mut Encoder, pair: Pair<'_>, old: u32, new: u32) -> Option<u8> {
    let (x, y) = (pair.old.node(old), pair.new.node(new));
    let ignored = x.flags & y.flags & IGNORE != 0;
    let is_empty = x.open_end == x.end && y.open_end == y.end;
    if ignored || is_empty || matches!(x.tag, Tag::NOSCRIPT | Tag::IFRAME) {
        return Some(0);
    }
    let is_opaque = x.tag == Tag::TEMPLATE || (x.flags ^ y.flags) & IGNORE != 0;
    if !is_opaque && !is_text_only(pair.old, old, pair.new, new) {
        return Some(children::patch(e, pair, old, new));
    }
    let (before, after) = (pair.old.inner(old), pair.new.inner(new));
    if before == after {
        return Some(0);
    }
    match x.tag {
        // a script that gets its text from a patch might be run: a parsed one never is
        Tag::SCRIPT => None,
        _ if is_opaque => {
            e.string(after);
            Some(HTML)
        }
        Tag::STYLE | Tag::NOFRAMES => {
            e.string(after);
            Some(TEXT)
        }
        tag if !tag.drops_first_newline() && both_blank(before, after) => Some(0),
        _ => Some(text(e, before, after)),
    }
}

fn is_text_only(a: Page<'_>, old: u32, b: Page<'_>, new: u32) -> bool {
    let tag = a.node(old).tag;
    let is_raw = matches!(
        tag,
        Tag::SCRIPT | Tag::STYLE | Tag::TITLE | Tag::TEXTAREA | Tag::NOFRAMES
    );
    let no_markup = |text: &str| memchr(b'<', text.as_bytes()).is_none();
    a.is_leaf(old)
        && b.is_leaf(new)
        && (is_raw || no_markup(a.inner(old)) && no_markup(b.inner(new)))
}

/// Nothing to see, and one of them is not empty while the other is.
fn both_blank(before: &str, after: &str) -> bool {
    let is_blank = |text: &str| text.bytes().all(is_blank);
    before.is_empty() == after.is_empty() && is_blank(before) && is_blank(after)
}

/// Text of a node: by splice, as text, or as HTML when there is a reference for the browser.
fn text(e: &mut Encoder, old: &str, new: &str) -> u8 {
    let Some(after) = entity::decode(new) else {
        e.string(new);
        return HTML;
    };
    if old.len() > SPLICE_FROM
        && new.len() > SPLICE_FROM
        && let Some(before) = entity::decode(old)
        && splice(e, &before, &after)
    {
        return SPLICE;
    }
    let after: Cow<'_, str> = after;
    e.string(&after);
    TEXT
}

fn splice(e: &mut Encoder, old: &str, new: &str) -> bool {
    let mut prefix = common_prefix(old.as_bytes(), new.as_bytes());
    while !old.is_char_boundary(prefix) || !new.is_char_boundary(prefix) {
        prefix -= 1;
    }
    let mut suffix = common_suffix(&old.as_bytes()[prefix..], &new.as_bytes()[prefix..]);
    while !old.is_char_boundary(old.len() - suffix) || !new.is_char_boundary(new.len() - suffix) {
        suffix -= 1;
    }
    if prefix + suffix <= SPLICE_GAIN {
        return false;
    }
    e.varint(super::encoder::utf16_len(old));
    e.varint(super::encoder::utf16_len(&old[..prefix]));
    e.varint(super::encoder::utf16_len(&old[prefix..old.len() - suffix]));
    e.string(&new[prefix..new.len() - suffix]);
    true
}
