//! End tags.

use super::scan::{ENDS_TAG, class, skip_blank};
use super::{Parsed, Parser, Refusal};
use crate::view::tags::{
    BLOCK_END, FORMAT, IMPLIED_END, PackedName, ROW_PART, SPECIAL, TABLE_PART, Tag,
};
use crate::view::tree::{Open, is_blank};

impl Parser<'_> {
    pub(super) fn end_tag(&mut self) -> Parsed {
        let (start, name_start) = (self.at, self.at + 2);
        let rest = &self.bytes[name_start..];
        let len = rest
            .iter()
            .position(|byte| class(*byte) & ENDS_TAG != 0)
            .unwrap_or(rest.len());
        let name = &rest[..len];
        if !name.first().is_some_and(u8::is_ascii_alphabetic) {
            return Err(self.refusal(start, "bogus end tag"));
        }
        let angle = skip_blank(self.bytes, name_start + len);
        if self.bytes.get(angle) != Some(&b'>') {
            return Err(self.refusal(start, "attributes on an end tag"));
        }
        self.at = angle + 1;
        let tag = PackedName::of(name).tag();
        self.close(start, tag, name)
    }

    /// Closes the element and those inside whose end tag is optional.
    fn close(&mut self, start: usize, tag: Tag, name: &[u8]) -> Parsed {
        let top = self.top();
        if !self.is_named(top, tag, name) {
            if top.foreign {
                return Err(self.refusal(start, "misnested end tag in SVG"));
            }
            if tag.is(FORMAT) {
                return Err(self.refusal(start, "misnested formatting end tag"));
            }
            self.close_implied(start, tag, name)?;
        }
        self.pop(self.at, true);
        Ok(())
    }

    fn close_implied(&mut self, start: usize, tag: Tag, name: &[u8]) -> Parsed {
        let is_table_part = tag.is(TABLE_PART) || tag == Tag::TABLE;
        loop {
            let top = self.top();
            if self.is_named(top, tag, name) {
                if top.foreign {
                    return Err(self.refusal(start, "misnested end tag in SVG"));
                }
                return Ok(());
            }
            let closes = if top.tag.is(IMPLIED_END) && !top.foreign {
                let inline = !top.tag.is(SPECIAL) && !tag.is(SPECIAL);
                tag.is(BLOCK_END) || is_table_part || tag == Tag::HTML || inline
            } else {
                is_table_part && top.tag.is(ROW_PART)
            };
            if !closes {
                return Err(self.misnested(start, tag, name));
            }
            self.pop(start, false);
        }
    }

    /// The element that is in the way, or the end tag if it has no start tag.
    fn misnested(&self, start: usize, tag: Tag, name: &[u8]) -> Refusal {
        if self
            .tree
            .open
            .iter()
            .any(|open| self.is_named(*open, tag, name))
        {
            let inner = self.tree.node(self.top().node).start as usize;
            return self.refusal(inner, "element without an end tag, or misnested");
        }
        self.refusal(start, "end tag without a start tag")
    }

    fn is_named(&self, open: Open, tag: Tag, name: &[u8]) -> bool {
        let by_name = open.foreign || tag == Tag::OTHER && open.tag == Tag::OTHER;
        if by_name {
            self.same_name(open.node, name)
        } else {
            open.tag == tag
        }
    }

    fn same_name(&self, element: u32, name: &[u8]) -> bool {
        let start = self.tree.node(element).start as usize + 1;
        let Some((found, after)) = self.bytes[start..].split_at_checked(name.len()) else {
            return false;
        };
        let ended = after
            .first()
            .is_some_and(|byte| is_blank(*byte) || matches!(byte, b'>' | b'/'));
        ended && found.eq_ignore_ascii_case(name)
    }
}
