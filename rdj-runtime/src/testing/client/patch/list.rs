//! A new list of children, as a program over the old one.

use super::{Job, Read, stow};
use crate::testing::client::dom::{Dom, Id};

/// A part of the new list.
enum Part {
    /// An old child, which keeps the gap before it.
    Old(Id),
    /// What is in this fragment.
    New(Id),
    /// An element from elsewhere, with the gap before it.
    Adopted(Id, String),
}

/// Puts the children in order; `end`: what follows the last of the old ones.
fn arrange(dom: &mut Dom, parent: Id, old: &[Id], parts: Vec<Part>, end: Option<Id>) {
    let kept = |id: Id| {
        parts
            .iter()
            .any(|part| matches!(part, Part::Old(own) | Part::Adopted(own, _) if *own == id))
    };
    let gone: Vec<_> = old.iter().copied().filter(|id| !kept(*id)).collect();
    for node in gone {
        if dom.parent(node) == Some(parent) {
            stow(dom, node);
        }
    }
    let mut children = Vec::new();
    for part in parts {
        match part {
            Part::Old(node) => {
                children.extend(dom.gap(parent, Some(node)));
                children.push(node);
            }
            Part::New(made) => children.extend(dom.children(made).to_vec()),
            Part::Adopted(node, gap) => {
                if gap.contains('<') {
                    children.extend(dom.fragment(&gap, Some(parent)));
                } else if !gap.is_empty() {
                    children.push(dom.add_text(&gap));
                }
                children.push(node);
            }
        }
    }
    let rest = dom.children(parent);
    let at = end.and_then(|end| rest.iter().position(|id| *id == end));
    let rest = at.map_or(Vec::new(), |at| rest[at..].to_vec());
    children.extend(rest);
    dom.set_children(parent, children);
}

impl Job<'_> {
    /// Reads the program.
    pub(super) fn list(&mut self, parent: Id, old: &[Id], live: bool) -> Read {
        let end = match old.last() {
            Some(last) => {
                let children = self.dom.children(parent);
                let at = children.iter().position(|id| id == last);
                at.and_then(|at| children.get(at + 1)).copied()
            }
            None => self.dom.children(parent).first().copied(),
        };
        // the work on the list comes before the work on what is inside
        let place = self.todo.len();
        let parts = self.parts(parent, old, live)?;
        let old = old.to_vec();
        if live {
            let work = move |dom: &mut Dom| arrange(dom, parent, &old, parts, end);
            self.todo.insert(place, Box::new(work));
        } else {
            arrange(self.dom, parent, &old, parts, end);
        }
        Ok(())
    }

    fn parts(&mut self, parent: Id, old: &[Id], live: bool) -> Read<Vec<Part>> {
        let mut parts = Vec::new();
        let mut sources: Vec<Id> = Vec::new();
        let mut cursor = 0_usize;
        let child = |at: usize| old.get(at).copied().ok_or("a child of the list is missing");
        loop {
            let op = self.reader.varint()?;
            let value = op >> 2;
            match op & 3 {
                _ if op == 0 => return Ok(parts),
                1 => {
                    for _ in 0..value {
                        parts.push(Part::Old(child(cursor)?));
                        cursor += 1;
                    }
                }
                2 => {
                    let half = value >> 1;
                    cursor = match value & 1 {
                        1 => cursor
                            .checked_sub(half + 1)
                            .ok_or("a child before the first")?,
                        _ => cursor + half,
                    };
                    parts.push(Part::Old(child(cursor)?));
                    cursor += 1;
                }
                3 => parts.push(self.added(value, parent, live, &mut sources)?),
                _ => {
                    let number = (value - 1) >> 1;
                    let made = match value & 1 {
                        1 => {
                            let source = *sources.get(number).ok_or("no source")?;
                            self.dom.copy(source)
                        }
                        _ => self.copy(parent, child(number)?),
                    };
                    self.apart(made)?;
                    sources.push(made);
                    parts.push(Part::New(made));
                }
            }
        }
    }

    /// A copy of a child with the gap before it.
    fn copy(&mut self, parent: Id, child: Id) -> Id {
        let mut from = self.dom.gap(parent, Some(child));
        from.push(child);
        let copies = from.into_iter().map(|id| self.dom.copy(id)).collect();
        self.dom.group(copies)
    }

    /// Patches the first unit of something new: it is not part of the check.
    fn apart(&mut self, made: Id) -> Read {
        let units = self.dom.units(made);
        self.unchecked(*units.first().ok_or("nothing to patch")?, false)
    }

    fn unchecked(&mut self, node: Id, live: bool) -> Read {
        let check = self.check;
        let flags = self.reader.byte()?;
        self.node(node, live, flags)?;
        self.check = check;
        Ok(())
    }

    fn added(
        &mut self,
        length: usize,
        parent: Id,
        live: bool,
        sources: &mut Vec<Id>,
    ) -> Read<Part> {
        let kind = self.reader.byte()?;
        let html = self.reader.text(length)?;
        if kind > 2 {
            let node = self.dom.by_id(&html).ok_or("nothing to adopt")?;
            self.adopted.push(node);
            let gap = self.reader.string()?;
            if kind == 3 {
                self.unchecked(node, live)?;
            }
            return Ok(Part::Adopted(node, gap));
        }
        let made = self.dom.fragment(&html, Some(parent));
        let made = self.dom.group(made);
        if kind == 1 {
            sources.push(made);
        }
        if kind == 2 {
            self.apart(made)?;
        }
        Ok(Part::New(made))
    }
}
