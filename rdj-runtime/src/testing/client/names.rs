//! What a page shows, and what its elements are called: roles and accessible names.
//!
//! Source: "Accessible Name and Description Computation" and "HTML Accessibility API Mappings" of the
//! W3C, for the elements that pages are made of.

use super::dom::{Dom, Id, squeezed};

/// Elements whose content is never shown.
const UNSEEN: [&str; 6] = [
    "head", "script", "style", "template", "noscript", "datalist",
];
/// Roles that are named by what is in them.
const FROM_CONTENT: [&str; 16] = [
    "button",
    "cell",
    "checkbox",
    "columnheader",
    "gridcell",
    "heading",
    "link",
    "menuitem",
    "option",
    "radio",
    "row",
    "rowheader",
    "switch",
    "tab",
    "tooltip",
    "treeitem",
];

impl Dom {
    /// Whether the user does not see it.
    pub(super) fn is_hidden(&self, id: Id) -> bool {
        let mut inner = None;
        for at in std::iter::once(id).chain(self.ancestors(id)) {
            if self.hides(at, inner) {
                return true;
            }
            inner = Some(at);
        }
        false
    }

    /// Whether an element hides what is in it; `inner`: the child in question.
    fn hides(&self, id: Id, inner: Option<Id>) -> bool {
        let style = self.attr(id, "style").unwrap_or_default();
        let closed = match self.name(id) {
            "dialog" => !self.has(id, "open"),
            "details" if !self.has(id, "open") => {
                inner.is_some_and(|inner| self.name(inner) != "summary")
            }
            "input" => self.attr(id, "type") == Some("hidden"),
            _ => false,
        };
        closed
            || self.has(id, "hidden")
            || self.is(id, &UNSEEN)
            || style.replace(' ', "").contains("display:none")
    }

    /// The text that is shown in a node, with single spaces.
    pub(super) fn shown_text(&self, id: Id) -> String {
        let mut out = String::new();
        if !self.is_hidden(id) {
            self.write_text(id, &mut out);
        }
        squeezed(&out)
    }

    fn write_text(&self, id: Id, out: &mut String) {
        if let Some(text) = self.text(id) {
            out.push_str(text);
            return;
        }
        // what stands in a control is its value, not text of the page
        if self.is(id, &["textarea", "select", "iframe"]) {
            return;
        }
        let apart = !self.is_inline(id);
        out.push_str(if apart { " " } else { "" });
        for child in self.children(id) {
            if self.text(*child).is_some() || !self.hides(*child, None) && !self.folded(id, *child)
            {
                self.write_text(*child, out);
            }
        }
        out.push_str(if apart { " " } else { "" });
    }

    /// Whether this child is what a closed `<details>` does not show.
    fn folded(&self, id: Id, child: Id) -> bool {
        self.name(id) == "details" && !self.has(id, "open") && self.name(child) != "summary"
    }

    fn is_inline(&self, id: Id) -> bool {
        let inline = [
            "a", "abbr", "b", "bdi", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q",
            "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
        ];
        self.is(id, &inline)
    }

    /// The type of an input, in lower case; that of a button.
    pub(super) fn type_of(&self, id: Id) -> String {
        let own = self.attr(id, "type").unwrap_or_default();
        let own = own.to_ascii_lowercase();
        match (self.name(id), own.as_str()) {
            ("input", "") => "text".to_owned(),
            ("button", "" | "menu") => "submit".to_owned(),
            _ => own,
        }
    }

    /// The role of an element; empty: none that tests ask for.
    pub(super) fn role(&self, id: Id) -> String {
        if let Some(role) = self.attr(id, "role")
            && let Some(first) = role.split_whitespace().next()
        {
            return first.to_owned();
        }
        let role = match self.name(id) {
            "button" | "summary" => "button",
            "a" | "area" if self.has(id, "href") => "link",
            "input" => input_role(&self.type_of(id)),
            "textarea" => "textbox",
            "select" if self.has(id, "multiple") => "listbox",
            "select" => "combobox",
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "heading",
            "ul" | "ol" => "list",
            "li" => "listitem",
            "tr" => "row",
            "td" => "cell",
            "th" => "columnheader",
            "nav" => "navigation",
            "section" => "region",
            "p" => "paragraph",
            "fieldset" | "details" => "group",
            "progress" => "progressbar",
            "output" => "status",
            name @ ("table" | "img" | "main" | "form" | "dialog" | "article" | "option"
            | "search" | "meter") => name,
            _ => "",
        };
        role.to_owned()
    }

    /// The accessible name, in the usual order: `aria-labelledby`, `aria-label`, labels, content,
    /// `title`, `placeholder`.
    pub(super) fn accessible_name(&self, id: Id) -> String {
        let name = self
            .labelled_by(id)
            .or_else(|| self.named(id, "aria-label"))
            .or_else(|| self.native_name(id))
            .or_else(|| {
                let from_content = FROM_CONTENT.contains(&self.role(id).as_str())
                    && !self.is(id, &["input", "select", "textarea"]);
                from_content.then(|| self.content_name(id, id))
            })
            .filter(|name| !name.trim().is_empty())
            .or_else(|| self.named(id, "title"))
            .or_else(|| self.named(id, "placeholder"));
        squeezed(&name.unwrap_or_default())
    }

    fn named(&self, id: Id, attribute: &str) -> Option<String> {
        let name = squeezed(self.attr(id, attribute)?);
        (!name.is_empty()).then_some(name)
    }

    fn labelled_by(&self, id: Id) -> Option<String> {
        let ids = self.attr(id, "aria-labelledby")?.split_whitespace();
        let elements = ids.filter_map(|id| self.by_id(id));
        let names: Vec<_> = elements.map(|label| self.content_name(label, id)).collect();
        let name = squeezed(&names.join(" "));
        (!name.is_empty()).then_some(name)
    }

    fn native_name(&self, id: Id) -> Option<String> {
        let child = |name: &str| {
            let mut children = self.children(id).iter().copied();
            let found = children.find(|child| self.name(*child) == name)?;
            Some(self.content_name(found, id))
        };
        match self.name(id) {
            "input" => match self.type_of(id).as_str() {
                "submit" => Some(self.named(id, "value").unwrap_or("Submit".to_owned())),
                "reset" => Some(self.named(id, "value").unwrap_or("Reset".to_owned())),
                "button" => self.named(id, "value"),
                "image" => self.named(id, "alt"),
                _ => self.label(id),
            },
            "textarea" | "select" | "meter" | "output" | "progress" => self.label(id),
            "img" | "area" => self.named(id, "alt"),
            "fieldset" => child("legend"),
            "table" => child("caption"),
            _ => None,
        }
    }

    /// The text of the labels of a control.
    pub(super) fn label(&self, id: Id) -> Option<String> {
        let labels = self.all(Self::ROOT, |label| {
            self.name(label) == "label" && self.control_of(label) == Some(id)
        });
        let names: Vec<_> = labels
            .into_iter()
            .map(|label| self.content_name(label, id))
            .collect();
        let name = squeezed(&names.join(" "));
        (!name.is_empty()).then_some(name)
    }

    /// The control that a label is for.
    pub(super) fn control_of(&self, label: Id) -> Option<Id> {
        let labelable = [
            "button", "input", "meter", "output", "progress", "select", "textarea",
        ];
        match self.attr(label, "for") {
            Some(id) => self.by_id(id),
            None => self
                .all(label, |id| self.is(id, &labelable))
                .into_iter()
                .find(|id| self.type_of(*id) != "hidden"),
        }
    }

    /// What an element says, for a name; `of`: whose name it is, which says nothing itself.
    fn content_name(&self, id: Id, of: Id) -> String {
        let mut out = String::new();
        for child in self.children(id) {
            if let Some(text) = self.text(*child) {
                out.push_str(text);
                continue;
            }
            let skipped = *child == of
                || self.hides(*child, None)
                || self.attr(*child, "aria-hidden") == Some("true")
                || self.is(*child, &["select", "textarea", "input"]);
            if skipped {
                continue;
            }
            let apart = !self.is_inline(*child);
            out.push_str(if apart { " " } else { "" });
            let own = self
                .named(*child, "aria-label")
                .or_else(|| self.named(*child, "alt"));
            out.push_str(&own.unwrap_or_else(|| self.content_name(*child, of)));
            out.push_str(if apart { " " } else { "" });
        }
        squeezed_inside(&out)
    }
}

fn input_role(kind: &str) -> &'static str {
    match kind {
        "button" | "submit" | "reset" | "image" => "button",
        "checkbox" => "checkbox",
        "radio" => "radio",
        "range" => "slider",
        "number" => "spinbutton",
        "search" => "searchbox",
        "hidden" => "",
        _ => "textbox",
    }
}

/// Single spaces, also one at each end where there was one: what follows may be part of the word.
fn squeezed_inside(text: &str) -> String {
    let inner = squeezed(text);
    let start = if text.starts_with(char::is_whitespace) {
        " "
    } else {
        ""
    };
    let end = if text.ends_with(char::is_whitespace) {
        " "
    } else {
        ""
    };
    format!("{start}{inner}{end}")
}
