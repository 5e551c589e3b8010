//! The attributes of an open tag.

use super::tree::{is_blank, name_at};
use memchr::memchr;

/// Iterator over names and raw values. The parser has checked the tag before.
#[derive(Clone, Debug)]
pub(crate) struct Attrs<'a> {
    rest: &'a str,
}

impl<'a> Attrs<'a> {
    /// Attributes of an open tag, given with its `<`.
    pub(crate) fn of(open_tag: &'a str) -> Attrs<'a> {
        let name = name_at(open_tag, 1);
        Attrs {
            rest: open_tag.get(1 + name.len()..).unwrap_or_default(),
        }
    }

    /// Raw value of one attribute.
    pub(crate) fn get(mut self, name: &str) -> Option<&'a str> {
        self.find(|attr| attr.0 == name).map(|attr| attr.1)
    }

    fn skip(&mut self, skipped: impl Fn(u8) -> bool) {
        let bytes = self.rest.as_bytes();
        let len = bytes
            .iter()
            .position(|byte| !skipped(*byte))
            .unwrap_or(bytes.len());
        self.rest = &self.rest[len..];
    }

    fn take(&mut self, len: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(len);
        self.rest = rest;
        taken
    }

    fn take_until(&mut self, ends: impl Fn(u8) -> bool) -> &'a str {
        let bytes = self.rest.as_bytes();
        self.take(
            bytes
                .iter()
                .position(|byte| ends(*byte))
                .unwrap_or(bytes.len()),
        )
    }

    fn value(&mut self) -> &'a str {
        self.skip(is_blank);
        match self.rest.as_bytes().first() {
            Some(&quote @ (b'"' | b'\'')) => {
                self.take(1);
                let len = memchr(quote, self.rest.as_bytes()).unwrap_or(self.rest.len());
                let value = self.take(len);
                self.take(self.rest.len().min(1));
                value
            }
            _ => self.take_until(|byte| byte == b'>' || is_blank(byte)),
        }
    }
}

impl<'a> Iterator for Attrs<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        self.skip(|byte| is_blank(byte) || byte == b'/');
        if matches!(self.rest.as_bytes().first(), None | Some(b'>')) {
            return None;
        }
        let name = self.take_until(|byte| matches!(byte, b'=' | b'>' | b'/') || is_blank(byte));
        let before = self.rest;
        self.skip(is_blank);
        if self.rest.starts_with('=') {
            self.take(1);
            return Some((name, self.value()));
        }
        self.rest = before;
        Some((name, ""))
    }
}
