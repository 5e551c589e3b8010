//! Text up to the next markup.

use super::scan::{is_markup, near, skip_blank};
use super::{Parsed, Parser};
use crate::view::entity;
use crate::view::tags::Tag;
use crate::view::tree::is_blank;

/// Browsers split longer text into several nodes.
const MAX_TEXT: usize = 60_000;

impl Parser<'_> {
    /// Leaves the parser at the `<` of markup, or at the end.
    pub(super) fn text(&mut self) -> Parsed {
        let start = self.at;
        let first = skip_blank(self.bytes, start);
        self.at = first;
        if first >= self.bytes.len() || self.bytes[first] == b'<' && is_markup(self.bytes, first) {
            return Ok(());
        }
        let end = self.text_end(first);
        self.check_text(start, first, end)?;
        self.leaf(start, start, end, Tag::TEXT, 0, 0);
        self.at = end;
        Ok(())
    }

    fn text_end(&self, from: usize) -> usize {
        let mut at = from;
        while let Some(angle) = near(b'<', self.bytes, at) {
            if is_markup(self.bytes, angle) {
                return angle;
            }
            at = angle + 1;
        }
        self.bytes.len()
    }

    fn check_text(&self, start: usize, first: usize, end: usize) -> Parsed {
        if self.bytes[first] == b'&' && is_blank_decoded(&self.html[first..end]) {
            let reason = "character references that stand for white space only";
            return Err(self.refusal(first, reason));
        }
        if self.body_closed {
            return Err(self.refusal(first, "text after </body>"));
        }
        let top = self.top();
        match top.tag {
            Tag::TABLE | Tag::TBODY | Tag::THEAD | Tag::TFOOT | Tag::TR | Tag::COLGROUP
                if !top.foreign =>
            {
                return Err(self.refusal(first, "text directly in a table"));
            }
            Tag::DOCUMENT | Tag::HTML | Tag::HEAD => {
                return Err(self.refusal(first, "text outside of <body>"));
            }
            _ => {}
        }
        if end - start > MAX_TEXT {
            return Err(self.refusal(start, "text node of more than 60 kB (browsers split it)"));
        }
        Ok(())
    }
}

fn is_blank_decoded(text: &str) -> bool {
    entity::decode(text).is_some_and(|text| text.bytes().all(is_blank))
}
