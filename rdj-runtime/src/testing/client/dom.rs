//! The document that a browser would have.

mod compare;
mod parse;
mod write;

pub(super) use self::write::shortened;

/// A node of a [`Dom`].
pub(super) type Id = usize;

/// What a node is.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// The document itself.
    Document,
    Text(String),
    Comment(String),
    Element(Element),
}

/// An element without its children.
#[derive(Clone, Debug)]
pub(super) struct Element {
    pub(super) name: String,
    /// SVG and `MathML`.
    pub(super) is_foreign: bool,
    pub(super) attrs: Vec<(String, String)>,
}

#[derive(Clone, Debug)]
struct Node {
    kind: Kind,
    parent: Option<Id>,
    children: Vec<Id>,
}

/// A document. Nodes are never forgotten: an [`Id`] stays that of its node.
#[derive(Clone, Debug)]
pub(super) struct Dom {
    nodes: Vec<Node>,
}

/// What HTML calls white space.
fn is_blank(text: &str) -> bool {
    text.bytes()
        .all(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c))
}

impl Dom {
    /// The document.
    pub(super) const ROOT: Id = 0;

    fn add(&mut self, kind: Kind) -> Id {
        self.nodes.push(Node {
            kind,
            parent: None,
            children: Vec::new(),
        });
        self.nodes.len() - 1
    }

    pub(super) fn add_text(&mut self, text: &str) -> Id {
        self.add(Kind::Text(text.to_owned()))
    }

    /// Nodes that stand nowhere yet, in one.
    pub(super) fn group(&mut self, nodes: Vec<Id>) -> Id {
        let group = self.add(Kind::Document);
        self.set_children(group, nodes);
        group
    }

    pub(super) fn kind(&self, id: Id) -> &Kind {
        &self.nodes[id].kind
    }

    pub(super) fn element(&self, id: Id) -> Option<&Element> {
        match &self.nodes[id].kind {
            Kind::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The name of an element; empty for other nodes.
    pub(super) fn name(&self, id: Id) -> &str {
        self.element(id).map_or("", |element| element.name.as_str())
    }

    /// Whether it is an element of one of these names.
    pub(super) fn is(&self, id: Id, names: &[&str]) -> bool {
        names.contains(&self.name(id))
    }

    /// The text of a text node.
    pub(super) fn text(&self, id: Id) -> Option<&str> {
        match &self.nodes[id].kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn set_text(&mut self, id: Id, new: String) {
        if let Kind::Text(text) = &mut self.nodes[id].kind {
            *text = new;
        }
    }

    pub(super) fn attr(&self, id: Id, name: &str) -> Option<&str> {
        let mut attrs = self.element(id)?.attrs.iter();
        attrs
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    }

    pub(super) fn has(&self, id: Id, name: &str) -> bool {
        self.attr(id, name).is_some()
    }

    pub(super) fn set_attr(&mut self, id: Id, name: &str, value: Option<&str>) {
        let Kind::Element(element) = &mut self.nodes[id].kind else {
            return;
        };
        let at = element.attrs.iter().position(|(own, _)| own == name);
        match (at, value) {
            (Some(at), Some(value)) => value.clone_into(&mut element.attrs[at].1),
            (Some(at), None) => drop(element.attrs.remove(at)),
            (None, Some(value)) => element.attrs.push((name.to_owned(), value.to_owned())),
            (None, None) => {}
        }
    }

    pub(super) fn parent(&self, id: Id) -> Option<Id> {
        self.nodes[id].parent
    }

    pub(super) fn children(&self, id: Id) -> &[Id] {
        &self.nodes[id].children
    }

    /// Gives an element other children; those that it loses are in no document any more.
    pub(super) fn set_children(&mut self, id: Id, children: Vec<Id>) {
        let before = std::mem::take(&mut self.nodes[id].children);
        for child in before {
            self.nodes[child].parent = None;
        }
        for child in &children {
            self.detach(*child);
            self.nodes[*child].parent = Some(id);
        }
        self.nodes[id].children = children;
    }

    /// Takes a node out of its parent.
    pub(super) fn detach(&mut self, id: Id) {
        if let Some(parent) = self.nodes[id].parent.take() {
            self.nodes[parent].children.retain(|child| *child != id);
        }
    }

    /// Puts nodes before a child, or at the end.
    pub(super) fn insert(&mut self, parent: Id, nodes: &[Id], before: Option<Id>) {
        let mut children = self.nodes[parent].children.clone();
        let at = before.and_then(|before| children.iter().position(|child| *child == before));
        let at = at.unwrap_or(children.len());
        children.splice(at..at, nodes.iter().copied());
        self.set_children(parent, children);
    }

    /// Puts nodes where one stands.
    pub(super) fn replace(&mut self, id: Id, nodes: &[Id]) {
        if let Some(parent) = self.parent(id) {
            self.insert(parent, nodes, Some(id));
            self.detach(id);
        }
    }

    /// A copy of a node and of all in it.
    pub(super) fn copy(&mut self, id: Id) -> Id {
        let made = self.add(self.nodes[id].kind.clone());
        let children = self.nodes[id].children.clone();
        let copies = children.into_iter().map(|child| self.copy(child)).collect();
        self.set_children(made, copies);
        made
    }

    /// Elements and text that is not blank.
    pub(super) fn is_unit(&self, id: Id) -> bool {
        match &self.nodes[id].kind {
            Kind::Element(_) => true,
            Kind::Text(text) => !is_blank(text),
            Kind::Document | Kind::Comment(_) => false,
        }
    }

    /// The children that the server counts.
    pub(super) fn units(&self, parent: Id) -> Vec<Id> {
        let children = self.children(parent).iter().copied();
        children.filter(|child| self.is_unit(*child)).collect()
    }

    /// Blank text and comments before a child, or at the end of its parent.
    pub(super) fn gap(&self, parent: Id, before: Option<Id>) -> Vec<Id> {
        let children = self.children(parent);
        let end = before.and_then(|before| children.iter().position(|child| *child == before));
        let end = end.unwrap_or(children.len());
        let start = children[..end].iter().rposition(|id| self.is_unit(*id));
        children[start.map_or(0, |at| at + 1)..end].to_vec()
    }

    /// Whether `outer` is `inner`, or around it.
    pub(super) fn contains(&self, outer: Id, inner: Id) -> bool {
        outer == inner || self.ancestors(inner).any(|id| id == outer)
    }

    /// The elements around a node, from the inside.
    pub(super) fn ancestors(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(self.parent(id), |id| self.parent(*id))
    }

    /// The node itself or the nearest element around it for which `test` holds.
    pub(super) fn closest(&self, id: Id, test: impl Fn(Id) -> bool) -> Option<Id> {
        std::iter::once(id)
            .chain(self.ancestors(id))
            .find(|id| test(*id))
    }

    /// All in a node, in the order of the document, without what is in templates.
    pub(super) fn inside(&self, root: Id) -> Vec<Id> {
        let mut out = Vec::new();
        let mut todo: Vec<Id> = self.children(root).iter().rev().copied().collect();
        while let Some(id) = todo.pop() {
            out.push(id);
            if self.name(id) != "template" {
                todo.extend(self.children(id).iter().rev().copied());
            }
        }
        out
    }

    /// The elements in a node for which `test` holds.
    pub(super) fn all(&self, root: Id, test: impl Fn(Id) -> bool) -> Vec<Id> {
        let mut all = self.inside(root);
        all.retain(|id| self.element(*id).is_some() && test(*id));
        all
    }

    /// The first element with this name.
    pub(super) fn first(&self, name: &str) -> Option<Id> {
        let all = self.inside(Self::ROOT);
        all.into_iter().find(|id| self.name(*id) == name)
    }

    /// The element with this id.
    pub(super) fn by_id(&self, value: &str) -> Option<Id> {
        let all = self.inside(Self::ROOT);
        all.into_iter()
            .find(|id| self.attr(*id, "id") == Some(value))
    }

    /// The content of `<body>`.
    pub(super) fn body(&self) -> Id {
        self.first("body").unwrap_or(Self::ROOT)
    }

    /// All text in a node, shown or not.
    pub(super) fn text_content(&self, id: Id) -> String {
        if let Some(text) = self.text(id) {
            return text.to_owned();
        }
        let texts = self.inside(id);
        texts.into_iter().filter_map(|id| self.text(id)).collect()
    }

    pub(super) fn title(&self) -> String {
        let title = self.first("title");
        let text = title.map(|id| self.text_content(id)).unwrap_or_default();
        squeezed(&text)
    }

    pub(super) fn set_title(&mut self, title: &str) {
        if let Some(id) = self.first("title") {
            let text = self.add_text(title);
            self.set_children(id, vec![text]);
        }
    }
}

/// The text with single spaces, as it is shown.
pub(super) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
