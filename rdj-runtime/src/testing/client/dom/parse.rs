//! HTML to a document, as a browser reads it.
//!
//! The reading is html5ever's, which is that of browsers by their own test suite; its tree for tests is
//! copied at once, because it can neither be sent to another thread nor be compared.

use html5ever::{
    ParseOpts, QualName, local_name, ns, parse_document, parse_fragment, tendril::TendrilSink as _,
};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use super::{Dom, Element, Id, Kind};

impl Dom {
    /// A whole page.
    pub(in super::super) fn parse(html: &str) -> Self {
        let parsed = parse_document(RcDom::default(), ParseOpts::default()).one(html);
        let mut dom = Self { nodes: Vec::new() };
        let root = dom.add(Kind::Document);
        let children = dom.take_children(&parsed.document);
        dom.set_children(root, children);
        dom
    }

    /// Nodes from HTML for a place in `parent`, as they are put into a template first.
    pub(in super::super) fn fragment(&mut self, html: &str, parent: Option<Id>) -> Vec<Id> {
        let template = QualName::new(None, ns!(html), local_name!("template"));
        let parent = parent.and_then(|parent| self.element(parent));
        let in_svg =
            parent.is_some_and(|parent| parent.is_foreign && parent.name != "foreignObject");
        if !in_svg {
            return self.read(html, template);
        }
        let wrapped = self.read(&format!("<svg>{html}</svg>"), template);
        let children = wrapped.first().map(|svg| self.children(*svg).to_vec());
        for child in children.iter().flatten() {
            self.detach(*child);
        }
        children.unwrap_or_default()
    }

    /// Gives an element the content that this HTML has in it.
    pub(in super::super) fn set_inner(&mut self, id: Id, html: &str) {
        let Some(element) = self.element(id) else {
            return;
        };
        let space = if element.is_foreign {
            ns!(svg)
        } else {
            ns!(html)
        };
        let context = QualName::new(None, space, element.name.as_str().into());
        let children = self.read(html, context);
        self.set_children(id, children);
    }

    /// The value of an attribute as it is written in HTML.
    pub(in super::super) fn decode(&mut self, value: &str) -> String {
        let html = format!("<a title=\"{}\">", value.replace('"', "&quot;"));
        let made = self.fragment(&html, None);
        let title = made.first().and_then(|id| self.attr(*id, "title"));
        title.unwrap_or_default().to_owned()
    }

    fn read(&mut self, html: &str, context: QualName) -> Vec<Id> {
        let options = ParseOpts::default();
        let parsed = parse_fragment(RcDom::default(), options, context, Vec::new(), true).one(html);
        let root = parsed.document.children.borrow();
        root.first()
            .map(|root| self.take_children(root))
            .unwrap_or_default()
    }

    fn take_children(&mut self, node: &Handle) -> Vec<Id> {
        let content = match &node.data {
            NodeData::Element {
                template_contents, ..
            } => template_contents.borrow().clone(),
            _ => None,
        };
        let from = content.as_ref().unwrap_or(node);
        let children = from.children.borrow();
        children
            .iter()
            .filter_map(|child| self.take(child))
            .collect()
    }

    fn take(&mut self, node: &Handle) -> Option<Id> {
        let id = match &node.data {
            NodeData::Text { contents } => self.add(Kind::Text(contents.borrow().to_string())),
            NodeData::Comment { contents } => self.add(Kind::Comment(contents.to_string())),
            NodeData::Element { name, attrs, .. } => {
                let attrs = attrs.borrow();
                let attr = |name: &QualName| match &name.prefix {
                    Some(prefix) => format!("{prefix}:{}", name.local),
                    None => name.local.to_string(),
                };
                let attrs = attrs.iter();
                self.add(Kind::Element(Element {
                    name: name.local.to_string(),
                    is_foreign: name.ns != ns!(html),
                    attrs: attrs
                        .map(|one| (attr(&one.name), one.value.to_string()))
                        .collect(),
                }))
            }
            _ => return None,
        };
        let children = self.take_children(node);
        self.set_children(id, children);
        Some(id)
    }
}
