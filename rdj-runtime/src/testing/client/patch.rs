//! Applies a patch as the browser does: all of it is understood first, then all of it is done.
//!
//! `docs/wire.md` names the frame, `view/diff` writes what is read here, `client/src/patch.ts` is the
//! browser's side.

mod list;
mod read;

use self::read::Reader;
use super::dom::{Dom, Id, Kind};
use crate::view::format::{
    ATTRS, END_GAP, GAP, HTML, KIDS, LIST, REPLACE, SHORT_NAMES, SPLICE, TEXT,
};

/// Something to do to the document.
type Work = Box<dyn FnOnce(&mut Dom) + Send>;

/// Why a patch does not fit the document.
type Read<T = ()> = Result<T, String>;

/// A patch that is applied.
struct Job<'a> {
    dom: &'a mut Dom,
    reader: Reader<'a>,
    /// What to do when all of it is understood.
    todo: Vec<Work>,
    adopted: Vec<Id>,
    /// Forms that the server has reset or refilled.
    resets: Vec<Id>,
    check: u32,
}

/// What a patch did beside the document.
#[derive(Debug, Default)]
pub(super) struct Applied {
    /// Forms that the server has reset or refilled.
    pub(super) resets: Vec<Id>,
}

/// The payload of a PATCH frame.
pub(super) fn apply(dom: &mut Dom, payload: &[u8], titled: bool) -> Read<Applied> {
    let (reader, head) = Reader::new(payload, titled)?;
    let body = dom.body();
    let mut job = Job {
        dom,
        reader,
        todo: Vec::new(),
        adopted: Vec::new(),
        resets: Vec::new(),
        check: 0,
    };
    if head.has_ops {
        let flags = job.reader.byte()?;
        job.node(body, true, flags)?;
    }
    if job.check != u32::from(head.check) {
        return Err("the check is another one".to_owned());
    }
    let Job {
        dom,
        todo,
        adopted,
        resets,
        ..
    } = job;
    for node in adopted {
        stow(dom, node);
    }
    for work in todo {
        work(dom);
    }
    if let Some(title) = head.title {
        dom.set_title(&title);
    }
    Ok(Applied { resets })
}

/// Takes a node, and the gap before it, out of its place.
fn stow(dom: &mut Dom, node: Id) {
    if let Some(parent) = dom.parent(node) {
        for blank in dom.gap(parent, Some(node)) {
            dom.detach(blank);
        }
    }
    dom.detach(node);
}

/// Sets what is before a node, or at the end.
fn set_gap(dom: &mut Dom, parent: Id, before: Option<Id>, html: &str) {
    for blank in dom.gap(parent, before) {
        dom.detach(blank);
    }
    let nodes = if html.contains('<') {
        dom.fragment(html, Some(parent))
    } else if html.is_empty() {
        return;
    } else {
        vec![dom.add_text(html)]
    };
    dom.insert(parent, &nodes, before);
}

impl Job<'_> {
    fn see(&mut self, node: Id) {
        let name = match self.dom.kind(node) {
            Kind::Element(element) => element.name.as_str(),
            _ => "#text",
        };
        let first = u32::from(name.encode_utf16().next().unwrap_or_default());
        let length = u32::try_from(name.encode_utf16().count()).unwrap_or_default();
        self.note((first | 32) + 7 * length);
    }

    fn note(&mut self, value: u32) {
        self.check = self.check.wrapping_mul(33).wrapping_add(value) & 0xffff;
    }

    /// What is in the document waits; what is new is changed at once.
    fn run(&mut self, live: bool, work: impl FnOnce(&mut Dom) + Send + 'static) {
        if live {
            self.todo.push(Box::new(work));
        } else {
            work(self.dom);
        }
    }

    /// The patch of one node. `live`: it is in the document.
    fn node(&mut self, node: Id, live: bool, flags: u8) -> Read {
        self.see(node);
        if flags & GAP != 0 {
            let html = self.reader.string()?;
            self.run(live, move |dom| {
                if let Some(parent) = dom.parent(node) {
                    set_gap(dom, parent, Some(node), &html);
                }
            });
        }
        if flags & REPLACE == REPLACE {
            let html = self.reader.string()?;
            self.run(live, move |dom| {
                let nodes = dom.fragment(&html, dom.parent(node));
                dom.replace(node, &nodes);
            });
            return Ok(());
        }
        if flags & ATTRS != 0 {
            self.attributes(node, live)?;
        }
        self.content(node, live, flags)?;
        let before = self.dom.units(node);
        if flags & LIST != 0 {
            self.note(u32::try_from(before.len()).unwrap_or_default());
            self.list(node, &before, live)?;
        }
        if flags & KIDS != 0 {
            self.children(&before, live)?;
        }
        if flags & END_GAP != 0 {
            let html = self.reader.string()?;
            self.run(live, move |dom| set_gap(dom, node, None, &html));
        }
        Ok(())
    }

    fn attributes(&mut self, node: Id, live: bool) -> Read {
        loop {
            let mut code = self.reader.varint()?;
            if code == 0 {
                return Ok(());
            }
            let is_raw = code == 1;
            if is_raw {
                code = self.reader.varint()?;
            }
            let name = if code > 3 {
                let known = SHORT_NAMES.get((code >> 1) - 2);
                known.ok_or("an unknown attribute")?.to_string()
            } else {
                self.reader.string()?
            };
            let mut value = match code & 1 {
                1 => None,
                _ => Some(self.reader.string()?),
            };
            if is_raw {
                value = value.map(|value| self.dom.decode(&value));
            }
            if live && name == "data-rdj-form" {
                self.resets.push(node);
            }
            self.run(live, move |dom| dom.set_attr(node, &name, value.as_deref()));
        }
    }

    fn content(&mut self, node: Id, live: bool, flags: u8) -> Read {
        let is_text = self.dom.text(node).is_some();
        if flags & TEXT != 0 {
            let text = self.reader.string()?;
            self.run(live, move |dom| {
                if is_text {
                    dom.set_text(node, text);
                } else {
                    let made = dom.add_text(&text);
                    let children = if text.is_empty() { vec![] } else { vec![made] };
                    dom.set_children(node, children);
                }
            });
        }
        if flags & HTML != 0 {
            let html = self.reader.string()?;
            self.run(live, move |dom| {
                if is_text {
                    let nodes = dom.fragment(&html, dom.parent(node));
                    dom.replace(node, &nodes);
                } else {
                    dom.set_inner(node, &html);
                }
            });
        }
        if flags & SPLICE != 0 {
            self.splice(node, live)?;
        }
        Ok(())
    }

    fn splice(&mut self, node: Id, live: bool) -> Read {
        let length = self.reader.varint()?;
        let (at, deleted) = (self.reader.varint()?, self.reader.varint()?);
        let inserted = self.reader.string()?;
        let target = match (self.dom.text(node), self.dom.children(node)) {
            (Some(_), _) => node,
            (None, [only]) => *only,
            _ => return Err("a text has siblings".to_owned()),
        };
        let text = self.dom.text(target).ok_or("no text to change")?;
        let mut units: Vec<u16> = text.encode_utf16().collect();
        if units.len() != length || at + deleted > length {
            return Err("a text has another length".to_owned());
        }
        units.splice(at..at + deleted, inserted.encode_utf16());
        let text = String::from_utf16_lossy(&units);
        self.run(live, move |dom| dom.set_text(target, text));
        Ok(())
    }

    /// Children at positions counted in the old list.
    fn children(&mut self, before: &[Id], live: bool) -> Read {
        let mut at = 0;
        loop {
            let head = self.reader.varint()?;
            at += head >> 2;
            let child = *before.get(at).ok_or("a child is missing")?;
            let flags = match head & 1 {
                1 => KIDS,
                _ => self.reader.byte()?,
            };
            self.node(child, live, flags)?;
            if head & 2 != 0 {
                return Ok(());
            }
        }
    }
}
