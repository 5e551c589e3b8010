//! A page and its tree, and the two pages that are compared.

use crate::view::attrs::Attrs;
use crate::view::parse::Common;
use crate::view::tags::Tag;
use crate::view::tree::{CLOSED, Node, Tree};

/// HTML and the tree made of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page<'a> {
    pub(crate) html: &'a str,
    pub(crate) tree: &'a Tree,
}

impl<'a> Page<'a> {
    #[inline]
    pub(crate) fn node(self, index: u32) -> &'a Node {
        self.tree.node(index)
    }

    fn slice(self, start: u32, end: u32) -> &'a str {
        self.html
            .get(start as usize..end as usize)
            .unwrap_or_default()
    }

    /// The source of a subtree.
    #[inline]
    pub(super) fn source(self, index: u32) -> &'a str {
        let node = self.node(index);
        self.slice(node.start, node.end)
    }

    pub(super) fn source_bytes(self, index: u32) -> &'a [u8] {
        let node = self.node(index);
        &self.html.as_bytes()[node.start as usize..node.end as usize]
    }

    pub(super) fn open_tag(self, index: u32) -> &'a str {
        let node = self.node(index);
        self.slice(node.start, node.open_end)
    }

    pub(super) fn attribute(self, index: u32, name: &str) -> Option<&'a str> {
        Attrs::of(self.open_tag(index)).get(name)
    }

    /// Name of an element as the source has it.
    pub(super) fn name(self, index: u32) -> &'a str {
        self.tree.name(self.html, index)
    }

    fn inner_end(self, index: u32) -> u32 {
        let node = self.node(index);
        if !node.has(CLOSED) {
            return node.end;
        }
        let end_tag = self.source(index).rfind('<').unwrap_or_default();
        node.start + crate::view::tree::index(end_tag)
    }

    /// The content without the tags.
    pub(crate) fn inner(self, index: u32) -> &'a str {
        self.slice(self.node(index).open_end, self.inner_end(index))
    }

    /// No element children.
    pub(super) fn is_leaf(self, index: u32) -> bool {
        match self.node(index).next - index {
            1 => true,
            2 => self.node(index + 1).tag == Tag::TEXT,
            _ => false,
        }
    }

    /// Blanks and comments before child `at` of `parent`, or after the last one.
    pub(super) fn gap(self, parent: u32, kids: &[u32], at: usize) -> &'a str {
        let start = match at.checked_sub(1).and_then(|before| kids.get(before)) {
            Some(before) => self.node(*before).end,
            None => self.node(parent).open_end,
        };
        let end = match kids.get(at) {
            Some(kid) => self.node(*kid).start,
            None => self.inner_end(parent),
        };
        self.slice(start, end)
    }
}

/// The old and the new page. For a copy of something new both are the new page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair<'a> {
    pub(crate) old: Page<'a>,
    pub(crate) new: Page<'a>,
    pub(crate) common: Common,
}

impl Pair<'_> {
    /// Is something new compared with something new?
    pub(super) fn is_within_new(self) -> bool {
        std::ptr::eq(self.old.tree, self.new.tree)
    }
}
