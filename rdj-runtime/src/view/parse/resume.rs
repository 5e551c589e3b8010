//! Incremental parsing: continue from the last safe place before the first difference, and stop
//! as soon as what is open agrees with the old tree after the last difference.

use super::scan::Common;
use crate::view::tags::{RAW, Tag, VOID};
use crate::view::tree::{CLOSED, FOREIGN, IMPLIED, Node, Open, Tree, index};

/// How often the parser tries to rejoin the old tree.
pub(super) const ATTEMPTS: u32 = 12;
const MAX_CHAIN: usize = 64;

/// The open elements at some place of the old page, outermost first.
#[derive(Debug)]
pub(super) struct Chain {
    nodes: [u32; MAX_CHAIN],
    len: usize,
}

impl Default for Chain {
    /// Only the document is open.
    fn default() -> Chain {
        Chain {
            nodes: [0; MAX_CHAIN],
            len: 1,
        }
    }
}

impl Chain {
    fn all(&self) -> &[u32] {
        &self.nodes[..self.len]
    }

    fn push(&mut self, node: u32) -> Option<()> {
        *self.nodes.get_mut(self.len)? = node;
        self.len += 1;
        Some(())
    }
}

/// The children of an element next to some place.
struct Around {
    /// The last child that ends at or before the place.
    before: Option<u32>,
    /// The child the place is in.
    at: Option<u32>,
}

/// Where a parse continues, and where it may stop.
pub(super) struct Resume<'a> {
    old: &'a Tree,
    old_html: &'a str,
    prefix: usize,
    restart: u32,
    loaded: u32,
    suffix: usize,
    new_len: usize,
}

impl<'a> Resume<'a> {
    /// Fills `chain` with what is open at the restart. `None`: parse all.
    pub(super) fn new(
        old: &'a Tree,
        old_html: &'a str,
        new_len: usize,
        common: Common,
        chain: &mut Chain,
    ) -> Option<Resume<'a>> {
        if old.nodes.is_empty() {
            return None;
        }
        let prefix = common.prefix;
        let (restart, loaded) = old.last_safe_place(index(prefix), chain)?;
        let suffix = new_len - common.suffix;
        Some(Resume {
            old,
            old_html,
            prefix,
            restart,
            loaded,
            suffix,
            new_len,
        })
    }

    pub(super) fn prefix(&self) -> usize {
        self.prefix
    }

    pub(super) fn restart(&self) -> usize {
        self.restart as usize
    }

    pub(super) fn suffix(&self) -> usize {
        self.suffix
    }

    /// What is in the new page only.
    pub(super) fn changed<'h>(&self, html: &'h str) -> &'h [u8] {
        html.as_bytes()
            .get(self.prefix..self.suffix)
            .unwrap_or_default()
    }

    /// Takes over the nodes before the restart.
    pub(super) fn load(&self, tree: &mut Tree, chain: &Chain) {
        tree.nodes.clear();
        tree.open.clear();
        tree.nodes
            .extend_from_slice(&self.old.nodes[..self.loaded as usize]);
        for &node in chain.all() {
            let old = self.old.node(node);
            tree.open.push(Open {
                node,
                tag: old.tag,
                foreign: old.has(FOREIGN),
            });
            // opened again: the end is not known yet
            if let Some(reopened) = tree.nodes.get_mut(node as usize) {
                reopened.flags &= !CLOSED;
            }
        }
    }

    /// Takes over the rest of the old tree if what is open at `at` is what was open there.
    pub(super) fn rejoin(&self, tree: &mut Tree, html: &str, at: usize) -> bool {
        let Some(place) = (at + self.old_html.len()).checked_sub(self.new_len) else {
            return false;
        };
        let mut chain = Chain::default();
        let Some(rest) = self.old.boundary(index(place), &mut chain) else {
            return false;
        };
        if !self.same_open(tree, html, &chain) || !self.same_outline(tree, rest) {
            return false;
        }
        let shift = index(self.new_len).wrapping_sub(index(self.old_html.len()));
        let renumber = index(tree.nodes.len()).wrapping_sub(rest);
        for (&old, open) in chain.all().iter().zip(&tree.open) {
            let old = self.old.node(old);
            let node = &mut tree.nodes[open.node as usize];
            node.end = old.end.wrapping_add(shift);
            node.next = old.next.wrapping_add(renumber);
            node.flags = node.flags & !CLOSED | old.flags & CLOSED;
        }
        tree.nodes
            .extend(self.old.nodes[rest as usize..].iter().map(|old| Node {
                start: old.start.wrapping_add(shift),
                open_end: old.open_end.wrapping_add(shift),
                end: old.end.wrapping_add(shift),
                next: old.next.wrapping_add(renumber),
                ..*old
            }));
        tree.open.clear();
        true
    }

    fn same_open(&self, tree: &Tree, html: &str, chain: &Chain) -> bool {
        chain.len == tree.open.len()
            && chain.all().iter().zip(&tree.open).all(|(&node, open)| {
                let old = self.old.node(node);
                let by_name = old.tag == Tag::OTHER;
                old.tag == open.tag
                    && old.has(FOREIGN) == open.foreign
                    && (!by_name
                        || self.old.name(self.old_html, node) == tree.name(html, open.node))
            })
    }

    /// Outside of `<body>` it also matters which parts of the page were there already.
    fn same_outline(&self, tree: &Tree, rest: u32) -> bool {
        let has = |nodes: &[Node], tag: Tag| nodes.iter().any(|node| node.tag == tag);
        let before = &self.old.nodes[..rest as usize];
        tree.open.len() > 2
            || [Tag::HEAD, Tag::BODY]
                .into_iter()
                .all(|tag| has(before, tag) == has(&tree.nodes, tag))
    }
}

impl Tree {
    /// The last boundary of tokens at or before `place` from which parsing may go on: its offset
    /// and the number of nodes before it.
    fn last_safe_place(&self, place: u32, chain: &mut Chain) -> Option<(u32, u32)> {
        let mut parent = 0;
        loop {
            let around = self.around(parent, |start| start > place, place);
            if let Some(child) = self.way_down(&around, place) {
                chain.push(child)?;
                parent = child;
                continue;
            }
            let Some(before) = around.before else {
                return Some((self.node(parent).open_end, parent + 1));
            };
            let node = self.node(before);
            return Some(match node.tag {
                Tag::TEXT => (node.start, before),
                _ => (node.end, node.next),
            });
        }
    }

    /// If `place` is just after a piece of markup: the index of the first node after it.
    fn boundary(&self, place: u32, chain: &mut Chain) -> Option<u32> {
        let mut parent = 0;
        loop {
            let around = self.around(parent, |start| start >= place, place);
            if let Some(child) = self.way_down(&around, place) {
                chain.push(child)?;
                parent = child;
                continue;
            }
            let node = self.node(parent);
            if let Some(before) = around.before {
                let before = self.node(before);
                return (before.end == place && before.tag != Tag::TEXT).then_some(before.next);
            }
            let after_open = node.open_end == place && !node.has(IMPLIED);
            return (around.at.is_none() && after_open).then_some(parent + 1);
        }
    }

    fn around(&self, parent: u32, is_after: impl Fn(u32) -> bool, place: u32) -> Around {
        let mut before = None;
        for child in self.kids(parent) {
            let node = self.node(child);
            if is_after(node.start) {
                break;
            }
            if node.end > place {
                return Around {
                    before,
                    at: Some(child),
                };
            }
            before = Some(child);
        }
        Around { before, at: None }
    }

    /// The child that is open at `place`.
    fn way_down(&self, around: &Around, place: u32) -> Option<u32> {
        around
            .at
            .filter(|&child| self.can_enter(child, place))
            .or(around.before.filter(|&child| !self.is_complete(child)))
    }

    /// Nothing that follows can become part of it.
    fn is_complete(&self, index: u32) -> bool {
        let node = self.node(index);
        let is_self_closed = node.has(FOREIGN) && node.open_end == node.end;
        let is_void = !node.has(IMPLIED) && (node.tag.is(VOID) || is_self_closed);
        node.has(CLOSED) || node.tag == Tag::TEXT || is_void
    }

    /// Is the content of the element parsed, and has it begun before `place`?
    fn can_enter(&self, index: u32, place: u32) -> bool {
        let node = self.node(index);
        if node.has(IMPLIED) {
            let inner = self.nodes[index as usize..]
                .iter()
                .find(|node| !node.has(IMPLIED));
            return inner.is_some_and(|inner| inner.open_end <= place && inner.start < place);
        }
        let is_opaque = node.tag.is(VOID | RAW) || matches!(node.tag, Tag::TEXT | Tag::TEMPLATE);
        let is_self_closed = node.has(FOREIGN) && node.open_end == node.end && !node.has(CLOSED);
        let may_lose_newline =
            matches!(node.tag, Tag::PRE | Tag::LISTING) && node.open_end == place;
        !is_opaque && node.open_end <= place && !is_self_closed && !may_lose_newline
    }
}
