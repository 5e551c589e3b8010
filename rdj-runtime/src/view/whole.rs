//! The parts of a page that a BODY carries, found without a tree: also for refused pages.

use super::{entity, frame};
use memchr::{memchr, memmem};

/// Appends the payload of a BODY with this page: the title and the content of `<body>`.
pub fn write_body(html: &str, out: &mut Vec<u8>) {
    let (head, body) = split(html);
    let title = element(head, "title").unwrap_or_default();
    let title = entity::decode(title).unwrap_or(title.into());
    frame::body(out, title.trim(), body);
}

pub(super) use write_body as write;

/// What is before the content of `<body>`, and the content.
fn split(html: &str) -> (&str, &str) {
    let Some(start) = open_tag_end(html, "body") else {
        return ("", html);
    };
    let (head, rest) = html.split_at(start);
    let end = rfind(rest, b"</body")
        .or_else(|| rfind(rest, b"</html"))
        .unwrap_or(rest.len());
    (head, &rest[..end])
}

/// Content of the first element of this name.
fn element<'a>(html: &'a str, name: &str) -> Option<&'a str> {
    let rest = &html[open_tag_end(html, name)?..];
    let end = memmem::find(rest.as_bytes(), b"</")?;
    Some(&rest[..end])
}

/// The place after the first open tag of this name that is not in a comment or a script.
fn open_tag_end(html: &str, name: &str) -> Option<usize> {
    let bytes = html.as_bytes();
    let mut at = 0;
    loop {
        at += memchr(b'<', &bytes[at..])?;
        let rest = &bytes[at..];
        if rest.starts_with(b"<!--") {
            at += memmem::find(rest, b"-->")?;
        } else if is_tag(rest, name.as_bytes()) {
            return tag_end(bytes, at);
        } else if let Some(raw) = [&b"script"[..], b"style", b"title"]
            .iter()
            .find(|raw| is_tag(rest, raw))
        {
            let end = memmem::find_iter(rest, b"</").find(|end| {
                rest[end + 2..]
                    .get(..raw.len())
                    .is_some_and(|found| found.eq_ignore_ascii_case(raw))
            });
            at += end?;
        } else {
            at += 1;
        }
    }
}

fn is_tag(bytes: &[u8], name: &[u8]) -> bool {
    let found = bytes
        .get(1..)
        .and_then(|rest| rest.split_at_checked(name.len()));
    found.is_some_and(|(found, after)| {
        found.eq_ignore_ascii_case(name) && !after.first().is_some_and(u8::is_ascii_alphanumeric)
    })
}

fn tag_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    let mut quote = None;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    None
}

fn rfind(html: &str, name: &[u8]) -> Option<usize> {
    let bytes = html.as_bytes();
    memchr::memrchr_iter(b'<', bytes).find(|at| {
        bytes[*at..]
            .get(..name.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(name))
    })
}
