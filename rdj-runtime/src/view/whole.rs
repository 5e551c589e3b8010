//! The parts of a page that a BODY carries, found without a tree: also for refused pages.

use super::{entity, frame};
use memchr::{memchr, memmem};
use xxhash_rust::xxh3::{Xxh3Default, xxh3_64};

/// Appends the payload of a BODY with this page: the title and the content of `<body>`.
pub fn write_body(html: &str, out: &mut Vec<u8>) {
    let (head, body) = split(html);
    let title = element(head, "title").unwrap_or_default();
    let title = entity::decode(title).unwrap_or(title.into());
    frame::body(out, title.trim(), body);
}

pub(super) use write_body as write;

/// What a BODY does not carry: a page shows in the place of another one only where both have the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shell {
    /// `<html>`, the head without its title and the name of the held page, and the scripts of the body,
    /// which a browser runs only when it loads a page.
    head: u64,
    /// The tag of `<body>`.
    body: u64,
}

impl Shell {
    /// The shell of a page that a browser has loaded.
    pub(crate) fn of(html: &str) -> Self {
        let (before, body) = split(html);
        let (head, tag) = before.split_at(rfind(before, b"<body").unwrap_or(before.len()));
        let mut hash = Xxh3Default::new();
        for part in without_names(head) {
            hash.update(part.as_bytes());
        }
        let mut rest = body;
        while let Some(at) = memmem::find(rest.as_bytes(), b"<script") {
            rest = &rest[at..];
            let end = memmem::find(rest.as_bytes(), b"</script").unwrap_or(rest.len());
            hash.update(&rest.as_bytes()[..end]);
            rest = &rest[end..];
        }
        Self {
            head: hash.digest(),
            body: xxh3_64(tag.as_bytes()),
        }
    }

    /// The same head, as the browser has loaded it, with the tag of `<body>` as it is now.
    pub(crate) fn now(self, html: &str) -> Self {
        let (before, _) = split(html);
        let tag = rfind(before, b"<body").map_or("", |at| &before[at..]);
        Self {
            body: xxh3_64(tag.as_bytes()),
            ..self
        }
    }
}

/// The parts of a head around its title and the name of the held page.
fn without_names(head: &str) -> [&str; 3] {
    let title = open_tag_end(head, "title").map(|start| {
        let end = memmem::find(&head.as_bytes()[start..], b"</").unwrap_or_default();
        start..start + end
    });
    let name = memmem::find(head.as_bytes(), b"<meta name=\"rdj-page\"")
        .map(|start| start..tag_end(head.as_bytes(), start).unwrap_or(start));
    let end = head.len()..head.len();
    let (mut first, mut last) = (title.unwrap_or(end.clone()), name.unwrap_or(end));
    if last.start < first.start {
        std::mem::swap(&mut first, &mut last);
    }
    let piece = |from: usize, to: usize| head.get(from..to).unwrap_or_default();
    [
        piece(0, first.start),
        piece(first.end, last.start),
        piece(last.end, head.len()),
    ]
}

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

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<!DOCTYPE html><html lang=\"en\"><head><title>One</title><meta name=\"rdj-page\" \
        content=\"t1\"><link rel=\"stylesheet\" href=\"/a.css\"></head><body class=\"x\"><p>1</p>\
        <script src=\"/a.js\"></script></body></html>";

    #[test]
    fn a_shell_is_all_that_a_body_does_not_carry() {
        let shell = Shell::of(PAGE);
        for (from, to) in [("One", "Two"), ("\"t1\"", "\"t2\""), ("<p>1", "<p>2")] {
            assert_eq!(Shell::of(&PAGE.replace(from, to)), shell, "{from}");
        }
        for (from, to) in [
            ("\"en\"", "\"de\""),
            ("/a.css", "/b.css"),
            ("/a.js", "/b.js"),
            ("\"x\"", "\"y\""),
            ("</head>", "<style>p{}</style></head>"),
        ] {
            assert_ne!(Shell::of(&PAGE.replace(from, to)), shell, "{from}");
        }
        let last = |token: &str, title: &str| {
            Shell::of(&format!(
                "<head><meta name=\"rdj-page\" content=\"{token}\"><title>{title}</title></head><body>"
            ))
        };
        assert_eq!(last("a", "A"), last("b", "B"));
    }

    #[test]
    fn a_shell_follows_the_body_alone() {
        let other = PAGE.replace("\"x\"", "\"y\"").replace("/a.css", "/b.css");
        let now = Shell::of(PAGE).now(&other);
        assert_eq!(now, Shell::of(&PAGE.replace("\"x\"", "\"y\"")));
        assert_ne!(now, Shell::of(&other));
    }
}
