//! Compares two pages and writes what changed, as operations that `client/src/patch.ts` reads.
//!
//! Numbers are LEB128 varints. A string is its length in UTF-16 units; its text is in the strings
//! of the frame, in order. The first operation is the patch of `<body>`; no operations at all means
//! that only the title has changed.
//!
//! The patch of a node is a byte of flags (see `node.rs`) and, in this order, for each flag:
//!
//! - `GAP`: string, what is before the node (blanks and comments);
//! - `REPLACE` (that is `TEXT` and `HTML`): string, the node anew; nothing follows;
//! - `ATTRS`: attributes until a 0. Code `number << 1 | removed`, where number 1 means that the name
//!   follows as a string and others are known names; then, unless removed, the value as a string. A
//!   code of 1 before it: the value has character references that the browser decodes;
//! - `TEXT`, `HTML`: string, the content; `SPLICE`: length of the text, place, number of units
//!   deleted, string inserted;
//! - `LIST`: the new list of children (see `list.rs`): `count << 2 | 1` keeps a run of old children,
//!   `zigzag << 2 | 2` moves the cursor and takes one, `length << 2 | 3` and a kind inserts HTML (or
//!   adopts the element whose id it is), `code + 1 << 2` copies an old sibling (odd code) or an
//!   element inserted before (even code) and patches the copy; 0 ends it;
//! - `KIDS`: patches of old children: `distance << 2 | last << 1 | only_kids`, then the patch of the
//!   child, without its flags when it has `KIDS` only;
//! - `END_GAP`: string, what is after the last child.
//!
//! The check is `check * 33 + n` over the patched nodes, `n` being the first byte of the name in
//! lower case plus 7 times its length, and over the number of old children of each list; what is
//! inserted, copied or adopted is not part of it.

mod children;
mod encoder;
mod identity;
mod list;
mod node;
mod page;
mod window;

/// How the patch of a node is written, for what reads it.
#[cfg(feature = "testing")]
pub(crate) mod format {
    pub(crate) use super::node::{
        ATTRS, END_GAP, GAP, HTML, KIDS, LIST, REPLACE, SHORT_NAMES, SPLICE, TEXT,
    };
}

pub(crate) use encoder::{Encoder, utf16_len, write_varint};
pub(crate) use page::{Page, Pair};

/// What a comparison has found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// A browser would show the same body.
    Nothing,
    /// The operations are in the encoder.
    Changes,
    /// The body itself can only be sent whole.
    Whole,
}

/// Compares the two bodies.
pub(crate) fn diff(encoder: &mut Encoder, pair: Pair<'_>) -> Found {
    encoder.begin(pair);
    let (Some(old), Some(new)) = (pair.old.tree.body(), pair.new.tree.body()) else {
        return Found::Whole;
    };
    if !node::patch(encoder, pair, old, new, None) {
        return Found::Nothing;
    }
    if encoder.ops.first() == Some(&node::REPLACE) {
        Found::Whole
    } else {
        Found::Changes
    }
}

/// The title of the page as a browser shows it.
pub(crate) fn title(page: Page<'_>) -> Option<std::borrow::Cow<'_, str>> {
    super::entity::decode(page.inner(page.tree.title()?))
}
