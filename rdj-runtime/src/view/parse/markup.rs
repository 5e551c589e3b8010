//! Comments and the doctype.

use super::{Parsed, Parser};
use memchr::{memchr, memmem};

impl Parser<'_> {
    pub(super) fn comment_or_doctype(&mut self) -> Parsed {
        match self.bytes[self.at..].strip_prefix(b"<!--") {
            Some(comment) => self.comment(comment),
            None => self.doctype(),
        }
    }

    fn comment(&mut self, comment: &[u8]) -> Parsed {
        let Some(len) = memmem::find(comment, b"-->") else {
            return Err(self.refusal(self.at, "comment without an end"));
        };
        let content = &comment[..len];
        let malformed = comment.starts_with(b">")
            || comment.starts_with(b"->")
            || memmem::find(content, b"--!>").is_some();
        if malformed {
            return Err(self.refusal(self.at, "malformed comment"));
        }
        self.at += "<!---->".len() + len;
        Ok(())
    }

    fn doctype(&mut self) -> Parsed {
        let rest = &self.bytes[self.at + 2..];
        let len = memchr(b'>', rest).unwrap_or(0);
        let words = rest[..len]
            .split(u8::is_ascii_whitespace)
            .filter(|word| !word.is_empty());
        let is_html = words
            .map(<[u8]>::to_ascii_lowercase)
            .eq([&b"doctype"[..], b"html"]);
        if self.tree.nodes.len() > 1 || !is_html {
            return Err(self.refusal(self.at, "markup declaration other than <!DOCTYPE html>"));
        }
        self.at += len + 3;
        self.has_doctype = true;
        Ok(())
    }
}
