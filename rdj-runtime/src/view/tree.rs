//! The tree of a page: a flat arena in document order, addressing the HTML it was made from.
//!
//! Only elements and text that is not blank are nodes. Blank text and comments are the *gap*
//! before the next node.

use super::tags::Tag;

/// The element is not in the source (an implied `<tbody>`).
pub(crate) const IMPLIED: u8 = 1;
/// `data-rdj-ignore`: the children belong to another script.
pub(crate) const IGNORE: u8 = 2;
/// In SVG.
pub(crate) const FOREIGN: u8 = 4;
/// Has an end tag of its own in the source.
pub(crate) const CLOSED: u8 = 8;
/// The key is the `id`.
pub(crate) const KEY_IS_ID: u8 = 16;

/// An element or a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Node {
    /// Offset of `<`, or of the text with the blanks before it.
    pub(crate) start: u32,
    /// End of the open tag; equal to `start` for text and implied elements.
    pub(crate) open_end: u32,
    /// End of the subtree.
    pub(crate) end: u32,
    /// Index of the first node after the subtree.
    pub(crate) next: u32,
    /// Hash of `data-key` or `id`; 0: none.
    pub(crate) key: u32,
    pub(crate) tag: Tag,
    pub(crate) flags: u8,
    pub(crate) depth: u16,
}

impl Node {
    /// Is one of the flags set?
    #[inline]
    pub(crate) fn has(&self, flags: u8) -> bool {
        self.flags & flags != 0
    }
}

/// An element that is open while parsing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Open {
    pub(crate) node: u32,
    pub(crate) tag: Tag,
    pub(crate) foreign: bool,
}

/// Reusable: parsing does not allocate once the buffers are warm.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pub(crate) nodes: Vec<Node>,
    pub(crate) open: Vec<Open>,
}

impl Tree {
    /// The node of an index that comes from this tree.
    #[inline]
    pub(crate) fn node(&self, index: u32) -> &Node {
        &self.nodes[index as usize]
    }

    /// Indexes of the children.
    #[inline]
    pub(crate) fn kids(&self, parent: u32) -> Kids<'_> {
        Kids {
            tree: self,
            at: parent + 1,
            end: self.node(parent).next,
        }
    }

    /// Index of `<body>`.
    pub(crate) fn body(&self) -> Option<u32> {
        self.nodes
            .iter()
            .position(|node| node.tag == Tag::BODY)
            .map(index)
    }

    /// Index of the `<title>` of the page.
    pub(crate) fn title(&self) -> Option<u32> {
        let in_head = self.nodes.iter().take_while(|node| node.tag != Tag::BODY);
        in_head
            .enumerate()
            .find(|(_, node)| node.tag == Tag::TITLE)
            .map(|(i, _)| index(i))
    }

    /// Name of an element as the source has it.
    pub(crate) fn name<'a>(&self, html: &'a str, element: u32) -> &'a str {
        let node = self.node(element);
        if node.has(IMPLIED) {
            node.tag.name()
        } else {
            name_at(html, node.start as usize + 1)
        }
    }

    /// Bytes held.
    pub(crate) fn memory(&self) -> usize {
        self.nodes.capacity() * size_of::<Node>() + self.open.capacity() * size_of::<Open>()
    }
}

/// The element name that begins at `start`.
pub(crate) fn name_at(html: &str, start: usize) -> &str {
    let rest = html.get(start..).unwrap_or_default();
    let ends = |byte: &u8| is_blank(*byte) || matches!(byte, b'>' | b'/');
    &rest[..rest.as_bytes().iter().position(ends).unwrap_or(rest.len())]
}

/// Arena indexes and offsets are 32 bits; longer pages are refused before this could saturate.
#[inline]
pub(crate) fn index(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// White space of HTML.
#[inline]
pub(crate) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | 0x0c)
}

/// Iterator over the children of a node.
#[derive(Debug)]
pub(crate) struct Kids<'a> {
    tree: &'a Tree,
    at: u32,
    end: u32,
}

impl Iterator for Kids<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        if self.at >= self.end {
            return None;
        }
        let child = self.at;
        self.at = self.tree.node(child).next;
        Some(child)
    }
}
