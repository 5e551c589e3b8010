//! Which old node a new one may be made of.

use super::encoder::{Encoder, NONE};
use super::page::Pair;
use crate::view::tags::Tag;
use crate::view::tree::{FOREIGN, IGNORE, KEY_IS_ID};

/// Larger rows are not copied.
const MAX_COPY: u32 = 400;

/// Same kind of node, whatever the key.
fn is_alike(pair: Pair<'_>, old: u32, new: u32) -> bool {
    let (x, y) = (pair.old.node(old), pair.new.node(new));
    x.tag == y.tag
        && (x.flags ^ y.flags) & FOREIGN == 0
        && (x.tag != Tag::OTHER || pair.old.name(old) == pair.new.name(new))
}

/// Same identity: the old may be patched to the new.
pub(super) fn is_compatible(pair: Pair<'_>, old: u32, new: u32) -> bool {
    pair.old.node(old).key == pair.new.node(new).key
        && is_alike(pair, old, new)
        && (pair.old.node(old).tag != Tag::INPUT
            || pair.old.attribute(old, "type") == pair.new.attribute(new, "type"))
}

/// May the client make `new` from a copy of its live node `old`? Not if the copy would carry state
/// or the work of others.
pub(super) fn is_copyable(pair: Pair<'_>, old: u32, new: u32) -> bool {
    let end = pair.old.node(old).next;
    is_alike(pair, old, new)
        && end - old < MAX_COPY
        && (old..end).all(|inner| is_stateless(pair, inner))
}

fn is_stateless(pair: Pair<'_>, old: u32) -> bool {
    let node = pair.old.node(old);
    let has_state = matches!(
        node.tag,
        Tag::IFRAME
            | Tag::OBJECT
            | Tag::EMBED
            | Tag::SCRIPT
            | Tag::TEMPLATE
            | Tag::DIALOG
            | Tag::DETAILS
            | Tag::VIDEO
            | Tag::AUDIO
            | Tag::CANVAS
    );
    let is_custom =
        node.tag == Tag::OTHER && !node.has(FOREIGN) && pair.old.name(old).contains('-');
    !has_state && !is_custom && !node.has(IGNORE)
}

impl Encoder {
    /// The old element with the id of `new`, wherever it was.
    pub(super) fn adoptable(&mut self, pair: Pair<'_>, new: u32) -> Option<u32> {
        let node = pair.new.node(new);
        let is_part = matches!(
            node.tag,
            Tag::TR
                | Tag::TD
                | Tag::TH
                | Tag::TBODY
                | Tag::THEAD
                | Tag::TFOOT
                | Tag::OPTION
                | Tag::COL
                | Tag::COLGROUP
        );
        if !node.has(KEY_IS_ID) || is_part {
            return None;
        }
        self.know_ids(pair);
        let &(old, uses) = self.ids.get(&node.key)?;
        (old != NONE && uses == 1 && is_compatible(pair, old, new)).then_some(old)
    }

    /// Is there anything to adopt in the subtree?
    pub(super) fn holds_adoptable(&mut self, pair: Pair<'_>, new: u32) -> bool {
        let end = pair.new.node(new).next;
        let mut at = new;
        while at < end {
            let node = pair.new.node(at);
            if node.key != 0 && !node.has(KEY_IS_ID) {
                // a data-key is a border: what is inside lives and dies with it
                at = node.next;
                continue;
            }
            if self.adoptable(pair, at).is_some() {
                return true;
            }
            at += 1;
        }
        false
    }

    /// The ids of the old page and how often they are in the new one.
    fn know_ids(&mut self, pair: Pair<'_>) {
        if self.ids_known {
            return;
        }
        self.ids_known = true;
        self.ids.clear();
        let mut at = 0;
        while let Some(node) = pair.old.tree.nodes.get(at as usize) {
            let is_id = node.has(KEY_IS_ID);
            if is_id && self.ids.insert(node.key, (at, 0)).is_some() {
                self.ids.insert(node.key, (NONE, 0));
            }
            let is_border = node.key != 0 && !is_id || node.has(IGNORE);
            at = if is_border { node.next } else { at + 1 };
        }
        for node in pair
            .new
            .tree
            .nodes
            .iter()
            .filter(|node| node.has(KEY_IS_ID))
        {
            if let Some(known) = self.ids.get_mut(&node.key) {
                known.1 += 1;
            }
        }
    }
}
