//! Adds a placed element, and reads content that is not parsed into nodes.

use super::start::StartTag;
use super::{Parsed, Parser};
use crate::view::tags::{BAD, PackedName, RAW, Tag, VOID};
use crate::view::tree::{CLOSED, is_blank, name_at};
use memchr::{memchr, memchr3, memmem};

impl Parser<'_> {
    pub(super) fn add(&mut self, tag: &StartTag) -> Parsed {
        self.at = tag.end;
        if tag.tag.is(VOID) {
            self.leaf(tag.start, tag.end, tag.end, tag.tag, tag.flags, tag.key);
            return Ok(());
        }
        if tag.tag.drops_first_newline() {
            self.skip_newline();
        }
        match tag.tag {
            Tag::TEMPLATE => self.add_opaque(tag, self.template_end(tag)?),
            raw if raw.is(RAW) => self.add_opaque(tag, self.raw_end(tag)?),
            Tag::SVG => return self.add_svg(tag, Tag::SVG),
            _ => return self.push(tag.start, self.at, tag.tag, tag.flags, tag.key),
        }
        Ok(())
    }

    fn add_opaque(&mut self, tag: &StartTag, end: usize) {
        self.leaf(
            tag.start,
            self.at,
            end,
            tag.tag,
            tag.flags | CLOSED,
            tag.key,
        );
        self.at = end;
    }

    /// The newline counts as part of the tag.
    fn skip_newline(&mut self) {
        if self.bytes.get(self.at) == Some(&b'\r') {
            self.at += 1;
        }
        if self.bytes.get(self.at) == Some(&b'\n') {
            self.at += 1;
        }
    }

    /// The place after the end tag.
    fn raw_end(&self, tag: &StartTag) -> Parsed<usize> {
        let name = &self.bytes[tag.start + 1..tag.name_end];
        let unended = self.refusal(tag.start, "raw text without an end");
        let content = &self.bytes[self.at..];
        let is_end = |at: &usize| {
            let found = content[at + 2..].split_at_checked(name.len());
            found.is_some_and(|(found, after)| {
                let ended = after
                    .first()
                    .is_some_and(|byte| *byte == b'>' || is_blank(*byte));
                ended && found.eq_ignore_ascii_case(name)
            })
        };
        let len = memmem::find_iter(content, b"</")
            .find(is_end)
            .ok_or(unended)?;
        if tag.tag == Tag::SCRIPT && memmem::find(&content[..len], b"<!--").is_some() {
            return Err(self.refusal(tag.start, "<!-- in a script"));
        }
        let angle = memchr(b'>', &content[len..]).ok_or(unended)?;
        Ok(self.at + len + angle + 1)
    }

    /// The place after the end tag of a template, whose content is only checked for nesting.
    fn template_end(&self, tag: &StartTag) -> Parsed<usize> {
        let mut open = vec![&self.html[tag.start + 1..tag.name_end]];
        let mut at = self.at;
        while !open.is_empty() {
            let Some(angle) = memchr(b'<', &self.bytes[at..]) else {
                return Err(self.refusal(tag.start, "template without an end"));
            };
            at += angle;
            at = match &self.bytes[at + 1..] {
                [b'!', b'-', b'-', comment @ ..] => match memmem::find(comment, b"-->") {
                    Some(len) => at + len + "<!---->".len(),
                    None => return Err(self.refusal(at, "comment without an end")),
                },
                [b'!' | b'?', ..] => return Err(self.refusal(at, "markup declaration")),
                [b'/', first, ..] if first.is_ascii_alphabetic() => {
                    let end = self.tag_end(at)?;
                    let closed = open.pop().unwrap_or_default();
                    if !closed.eq_ignore_ascii_case(name_at(self.html, at + 2)) {
                        return Err(self.refusal(at, "misnested end tag in a template"));
                    }
                    end
                }
                [first, ..] if first.is_ascii_alphabetic() => {
                    self.template_start_tag(at, &mut open)?
                }
                _ => at + 1,
            };
        }
        Ok(at)
    }

    fn template_start_tag<'h>(&'h self, at: usize, open: &mut Vec<&'h str>) -> Parsed<usize> {
        let name = name_at(self.html, at + 1);
        let tag = PackedName::of(name.as_bytes()).tag();
        if tag.is(RAW | BAD) || matches!(tag, Tag::SELECT | Tag::TEMPLATE) {
            let reason = "raw text, select, template or obsolete element in a template";
            return Err(self.refusal(at, reason));
        }
        let end = self.tag_end(at)?;
        if !tag.is(VOID) {
            if self.bytes[end - 2] == b'/' {
                return Err(self.refusal(at, "self-closing tag in a template"));
            }
            open.push(name);
        }
        Ok(end)
    }

    /// The place after the `>` of the tag at `start`.
    fn tag_end(&self, start: usize) -> Parsed<usize> {
        let unended = self.refusal(start, "tag without an end");
        let mut at = start;
        loop {
            at += memchr3(b'>', b'"', b'\'', &self.bytes[at..]).ok_or(unended)?;
            let quote = self.bytes[at];
            at += 1;
            if quote == b'>' {
                return Ok(at);
            }
            at += memchr(quote, &self.bytes[at..]).ok_or(unended)? + 1;
        }
    }
}
