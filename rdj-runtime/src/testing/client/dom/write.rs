//! A document as HTML, for people.

use std::fmt::Write as _;

use super::{Dom, Id, Kind};

/// Elements without content.
const VOID: [&str; 11] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr",
];

impl Dom {
    /// The open tag of an element, or the text of a text node, shortened.
    pub(in super::super) fn brief(&self, id: Id) -> String {
        let mut out = String::new();
        match self.kind(id) {
            Kind::Element(_) => self.write_open(id, &mut out),
            _ => write_text(self.text(id).unwrap_or_default().trim(), &mut out),
        }
        shortened(&out, 200)
    }

    /// The HTML of what is in a node.
    pub(in super::super) fn inner_html(&self, id: Id) -> String {
        let mut out = String::new();
        for child in self.children(id) {
            self.write(*child, &mut out);
        }
        out
    }

    fn write(&self, id: Id, out: &mut String) {
        match self.kind(id) {
            Kind::Text(text) => {
                let raw = self
                    .parent(id)
                    .is_some_and(|id| self.is(id, &["script", "style"]));
                if raw {
                    out.push_str(text);
                } else {
                    write_text(text, out);
                }
            }
            Kind::Comment(text) => {
                let _ = write!(out, "<!--{text}-->");
            }
            Kind::Element(element) => {
                self.write_open(id, out);
                out.push_str(&self.inner_html(id));
                if !VOID.contains(&element.name.as_str()) {
                    let _ = write!(out, "</{}>", element.name);
                }
            }
            Kind::Document => out.push_str(&self.inner_html(id)),
        }
    }

    fn write_open(&self, id: Id, out: &mut String) {
        let Some(element) = self.element(id) else {
            return;
        };
        let _ = write!(out, "<{}", element.name);
        for (name, value) in &element.attrs {
            let value = value.replace('&', "&amp;").replace('"', "&quot;");
            let _ = write!(out, " {name}=\"{value}\"");
        }
        out.push('>');
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push_str(&text.replace('&', "&amp;").replace('<', "&lt;"));
}

/// The beginning of a text.
pub(in super::super) fn shortened(text: &str, length: usize) -> String {
    if text.chars().count() <= length {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(length).collect();
    short.push_str("..");
    short
}
