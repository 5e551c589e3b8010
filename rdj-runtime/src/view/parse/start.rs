//! Start tags: the name and as much of the attributes as is needed to find the end of the tag and
//! the key.

use super::scan::{BLANK, ENDS_ATTR, ENDS_TAG, class, near, skip_blank};
use super::{Parsed, Parser};
use crate::view::tags::{PackedName, Tag};
use crate::view::tree::{IGNORE, KEY_IS_ID, is_blank};

/// A start tag that has been read but not placed.
#[derive(Clone, Copy, Debug)]
pub(super) struct StartTag {
    /// Offset of `<`.
    pub(super) start: usize,
    pub(super) name_end: usize,
    /// Just after `>`.
    pub(super) end: usize,
    pub(super) tag: Tag,
    pub(super) key: u32,
    pub(super) flags: u8,
    pub(super) self_closing: bool,
    /// `type="hidden"`.
    pub(super) hidden: bool,
}

impl Parser<'_> {
    pub(super) fn start_tag(&mut self) -> Parsed {
        let tag = self.read_start_tag()?;
        self.place(tag)
    }

    fn read_start_tag(&self) -> Parsed<StartTag> {
        let start = self.at;
        let mut at = start + 1;
        let mut name = PackedName::default();
        while let Some(&byte) = self.bytes.get(at)
            && class(byte) & ENDS_TAG == 0
        {
            name = name.push(byte);
            at += 1;
        }
        let mut tag = StartTag {
            start,
            name_end: at,
            end: at,
            tag: name.tag(),
            key: 0,
            flags: 0,
            self_closing: false,
            hidden: false,
        };
        self.read_attributes(&mut tag)?;
        Ok(tag)
    }

    fn read_attributes(&self, tag: &mut StartTag) -> Parsed {
        let mut at = tag.name_end;
        loop {
            while self
                .bytes
                .get(at)
                .is_some_and(|byte| class(*byte) & BLANK != 0)
            {
                at += 1;
            }
            match (self.bytes.get(at), self.bytes.get(at + 1)) {
                (None, _) => return Err(self.refusal(tag.start, "tag without an end")),
                (Some(b'>'), _) => break,
                (Some(b'/'), Some(b'>')) => {
                    tag.self_closing = true;
                    at += 1;
                    break;
                }
                (Some(b'/'), _) => at += 1,
                _ => at = self.read_attribute(tag, at)?,
            }
        }
        tag.end = at + 1;
        Ok(())
    }

    /// Returns the place after the attribute.
    fn read_attribute(&self, tag: &mut StartTag, start: usize) -> Parsed<usize> {
        let mut name_end = start;
        while let Some(&byte) = self.bytes.get(name_end) {
            let class = class(byte);
            if class & ENDS_ATTR != 0 {
                break;
            }
            if class != 0 {
                return Err(self.refusal(name_end, "quote or < in an attribute name"));
            }
            name_end += 1;
        }
        if name_end == start {
            return Err(self.refusal(start, "attribute name begins with ="));
        }
        let name = &self.bytes[start..name_end];
        let equals = self.bytes[name_end..]
            .iter()
            .position(|byte| !is_blank(*byte));
        let equals = equals.map_or(self.bytes.len(), |blanks| name_end + blanks);
        let (value, end) = match self.bytes.get(equals) {
            Some(b'=') => self.read_value(equals + 1)?,
            _ => (&b""[..], name_end),
        };
        note_attribute(tag, name, value);
        Ok(end)
    }

    /// The raw value and the place after it.
    fn read_value(&self, from: usize) -> Parsed<(&[u8], usize)> {
        let start = skip_blank(self.bytes, from);
        if let Some(&quote @ (b'"' | b'\'')) = self.bytes.get(start) {
            return match near(quote, self.bytes, start + 1) {
                Some(end) => Ok((&self.bytes[start + 1..end], end + 1)),
                None => Err(self.refusal(start, "attribute value without an end")),
            };
        }
        let rest = &self.bytes[start..];
        let ends = |byte: &u8| *byte == b'>' || is_blank(*byte);
        let len = rest.iter().position(ends).unwrap_or(rest.len());
        if len == 0 {
            return Err(self.refusal(start, "empty attribute value without quotes"));
        }
        Ok((&rest[..len], start + len))
    }
}

fn note_attribute(tag: &mut StartTag, name: &[u8], value: &[u8]) {
    let has_data_key = tag.key != 0 && tag.flags & KEY_IS_ID == 0;
    match name {
        b"id" if !has_data_key && !value.is_empty() => {
            tag.key = key_hash(value);
            tag.flags |= KEY_IS_ID;
        }
        b"data-key" if !value.is_empty() => {
            tag.key = (key_hash(value) ^ 0x5bd1_e994) | 1;
            tag.flags &= !KEY_IS_ID;
        }
        b"type" => tag.hidden = value.eq_ignore_ascii_case(b"hidden"),
        b"data-rdj-ignore" => tag.flags |= IGNORE,
        _ => {}
    }
}

/// Never 0.
fn key_hash(value: &[u8]) -> u32 {
    let hash = xxhash_rust::xxh3::xxh3_64(value);
    u32::try_from(hash >> 32).unwrap_or_default() | 1
}
