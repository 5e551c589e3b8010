//! HTML to [`Tree`] in one pass.
//!
//! Mirrors the tree construction rules of HTML for well-nested pages (implied `tbody`, optional end
//! tags, raw text, SVG) and refuses everything else, so that a tree means: the browser builds this
//! very tree.

mod content;
mod end;
mod markup;
mod place;
mod resume;
mod scan;
mod start;
mod text;

use super::tags::{IMPLIED_END, OUTLINE, Tag};
use super::tree::{CLOSED, IMPLIED, Node, Open, Tree, index};
use resume::Resume;
pub(crate) use scan::{Common, common_prefix, common_suffix};

/// Deeper pages are refused, as browsers flatten them.
const MAX_DEPTH: usize = 512;
const MAX_BYTES: usize = 1 << 30;

/// Why a page is not sent as patches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Byte offset in the HTML.
    pub offset: usize,
    /// What a browser would repair there, or what is not supported.
    pub reason: &'static str,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} (at byte {})", self.reason, self.offset)
    }
}

impl std::error::Error for Refusal {}

type Parsed<T = ()> = Result<T, Refusal>;

impl Tree {
    /// Replaces the tree by that of `html`.
    pub(crate) fn parse(&mut self, html: &str) -> Parsed {
        self.nodes.clear();
        self.open.clear();
        scan::refuse_nul(html.as_bytes(), 0)?;
        let mut parser = Parser::new(html, self);
        parser.open_document();
        parser.run(None)?;
        self.require_body(html)
    }

    /// The same as `parse(html)`, but only what lies between the common prefix and suffix of the
    /// HTML of `old` and the new one is read. `common`: of these two.
    pub(crate) fn parse_from(
        &mut self,
        old: &Tree,
        old_html: &str,
        html: &str,
        common: Common,
    ) -> Parsed {
        let mut chain = resume::Chain::default();
        let Some(resume) = Resume::new(old, old_html, html.len(), common, &mut chain) else {
            return self.parse(html);
        };
        scan::refuse_nul(resume.changed(html), resume.prefix())?;
        resume.load(self, &chain);
        let mut parser = Parser::new(html, self);
        parser.at = resume.restart();
        parser.recall();
        parser.run(Some(&resume))?;
        self.require_body(html)
    }

    fn require_body(&self, html: &str) -> Parsed {
        match self.body() {
            Some(_) => Ok(()),
            None => Err(Refusal {
                offset: html.len(),
                reason: "no <body> element",
            }),
        }
    }
}

/// The state of one pass over the page.
struct Parser<'a> {
    html: &'a str,
    bytes: &'a [u8],
    tree: &'a mut Tree,
    at: usize,
    open_paragraphs: u32,
    in_form: bool,
    body_closed: bool,
    has_doctype: bool,
}

impl<'a> Parser<'a> {
    fn new(html: &'a str, tree: &'a mut Tree) -> Parser<'a> {
        Parser {
            html,
            bytes: html.as_bytes(),
            tree,
            at: 0,
            open_paragraphs: 0,
            in_form: false,
            body_closed: false,
            has_doctype: false,
        }
    }

    fn open_document(&mut self) {
        let document = Open {
            node: 0,
            tag: Tag::DOCUMENT,
            foreign: false,
        };
        self.tree.open.push(document);
        self.tree.nodes.push(Node {
            start: 0,
            open_end: 0,
            end: 0,
            next: 0,
            key: 0,
            tag: Tag::DOCUMENT,
            flags: IMPLIED,
            depth: 0,
        });
    }

    /// After open elements and nodes were loaded from an older tree.
    fn recall(&mut self) {
        let mut in_body = false;
        for open in &self.tree.open {
            match open.tag {
                Tag::P => self.open_paragraphs += 1,
                Tag::FORM => self.in_form = true,
                Tag::BODY => in_body = true,
                _ => {}
            }
        }
        self.body_closed = !in_body && self.tree.body().is_some();
    }

    fn run(&mut self, resume: Option<&Resume>) -> Parsed {
        if self.bytes.len() > MAX_BYTES {
            return Err(self.refusal(0, "page of more than 1 GiB"));
        }
        let mut attempts = resume::ATTEMPTS;
        loop {
            if let Some(resume) = resume
                && attempts > 0
                && self.at >= resume.suffix()
            {
                attempts -= 1;
                if resume.rejoin(self.tree, self.html, self.at) {
                    return Ok(());
                }
            }
            self.text()?;
            match self.bytes.get(self.at + 1) {
                None => break,
                Some(b'/') => self.end_tag()?,
                Some(b'!') => self.comment_or_doctype()?,
                Some(b'?') => return Err(self.refusal(self.at, "processing instruction")),
                Some(_) => self.start_tag()?,
            }
        }
        self.finish()
    }

    /// At the end of the input only elements with an optional end tag may be open.
    fn finish(&mut self) -> Parsed {
        while self.tree.open.len() > 1 {
            let top = self.top();
            if top.foreign || !top.tag.is(IMPLIED_END | OUTLINE) {
                let start = self.tree.node(top.node).start as usize;
                return Err(self.refusal(start, "element without an end tag"));
            }
            self.pop(self.bytes.len(), false);
        }
        self.pop(self.bytes.len(), false);
        Ok(())
    }

    #[expect(clippy::unused_self, reason = "reads as part of the parser")]
    fn refusal(&self, offset: usize, reason: &'static str) -> Refusal {
        Refusal { offset, reason }
    }

    /// The innermost open element. The document stays open until the end.
    #[inline]
    fn top(&self) -> Open {
        let document = Open {
            node: 0,
            tag: Tag::DOCUMENT,
            foreign: false,
        };
        self.tree.open.last().copied().unwrap_or(document)
    }

    fn depth(&self) -> u16 {
        u16::try_from(self.tree.open.len()).unwrap_or(u16::MAX)
    }

    #[inline]
    fn leaf(&mut self, start: usize, open_end: usize, end: usize, tag: Tag, flags: u8, key: u32) {
        let depth = self.depth();
        let next = index(self.tree.nodes.len()) + 1;
        let (start, open_end, end) = (index(start), index(open_end), index(end));
        self.tree.nodes.push(Node {
            start,
            open_end,
            end,
            next,
            key,
            tag,
            flags,
            depth,
        });
    }

    #[inline]
    fn push(&mut self, start: usize, open_end: usize, tag: Tag, flags: u8, key: u32) -> Parsed {
        if self.tree.open.len() >= MAX_DEPTH {
            return Err(self.refusal(start, "nested deeper than 512 elements"));
        }
        let foreign = flags & super::tree::FOREIGN != 0;
        let node = index(self.tree.nodes.len());
        self.leaf(start, open_end, 0, tag, flags, key);
        self.tree.open.push(Open { node, tag, foreign });
        Ok(())
    }

    /// Opens an element that is not in the source.
    fn push_implied(&mut self, at: usize, tag: Tag) -> Parsed {
        self.push(at, at, tag, IMPLIED, 0)
    }

    /// Closes the innermost element; `closed`: by its own end tag.
    #[inline]
    fn pop(&mut self, end: usize, closed: bool) {
        let Some(open) = self.tree.open.pop() else {
            return;
        };
        match open.tag {
            Tag::P => self.open_paragraphs = self.open_paragraphs.saturating_sub(1),
            Tag::FORM => self.in_form = false,
            Tag::BODY => self.body_closed = true,
            _ => {}
        }
        let next = index(self.tree.nodes.len());
        let node = &mut self.tree.nodes[open.node as usize];
        node.end = index(end);
        node.next = next;
        if closed {
            node.flags |= CLOSED;
        }
    }

    /// Is `tag` open inside of the nearest element for which `border` holds?
    fn is_open(&self, tag: Tag, border: impl Fn(Tag) -> bool) -> bool {
        for open in self.tree.open.iter().rev() {
            if open.tag == tag && !open.foreign {
                return true;
            }
            if border(open.tag) {
                return false;
            }
        }
        false
    }
}
