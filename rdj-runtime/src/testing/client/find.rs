//! Finding elements as people do: by what they are and how they are called, in a part of the page.

use std::fmt::Write as _;

use super::{
    controls::Controls,
    dom::{Dom, Id, shortened, squeezed},
    error::{Result, TestError},
};

/// How much of a text an error shows.
const BRIEF: usize = 60;
/// How many elements an error names.
const NAMED: usize = 30;

/// A part of the page: the element that a selector finds, with this text in it.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) what: String,
    pub(super) text: String,
}

/// What is looked for.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    /// For people, such as `button or link`.
    pub(super) what: &'a str,
    pub(super) name: &'a str,
    /// Also found by placeholder, `name` and id, as only controls are.
    pub(super) is_control: bool,
}

/// A look at one page.
#[derive(Clone, Copy)]
pub(super) struct Finder<'a> {
    pub(super) dom: &'a Dom,
    pub(super) controls: &'a Controls,
    pub(super) address: &'a str,
    pub(super) parts: &'a [Part],
}

impl Finder<'_> {
    fn error(&self, text: &str) -> TestError {
        let parts = self.parts.iter().rev();
        let mut within = String::new();
        for part in parts {
            // writing into a String does not fail
            let _ = write!(within, " in the {} `{}`", part.what, part.text);
        }
        let (head, rest) = text.split_once(';').unwrap_or((text, ""));
        let rest = if rest.is_empty() {
            String::new()
        } else {
            format!(";{rest}")
        };
        TestError::new(format!("{head}{within} on {}{rest}", self.address))
    }

    /// The element that all is looked for in.
    pub(super) fn root(&self) -> Result<Id> {
        let mut root = self.dom.body();
        for (index, part) in self.parts.iter().enumerate() {
            let outer = Finder {
                parts: &self.parts[..index],
                ..*self
            };
            root = outer.part(root, part)?;
        }
        Ok(root)
    }

    fn part(&self, root: Id, part: &Part) -> Result<Id> {
        let Part { what, text } = part;
        let selector = Selector::parse(what);
        let all = self.dom.all(root, |id| {
            selector.fits(self.dom, id) && !self.dom.is_hidden(id)
        });
        let with_text: Vec<_> = all
            .iter()
            .copied()
            .filter(|id| self.text_with_values(*id).contains(&squeezed(text)))
            .collect();
        // an element around another one that has the text too is not meant
        let inner = |id: &Id| {
            !with_text
                .iter()
                .any(|other| other != id && self.dom.contains(*id, *other))
        };
        let found: Vec<_> = with_text.iter().copied().filter(inner).collect();
        let exact: Vec<_> = found
            .iter()
            .copied()
            .filter(|id| self.says(*id, text))
            .collect();
        match (exact.as_slice(), found.as_slice()) {
            ([one], _) | ([], [one]) => Ok(*one),
            ([], []) => {
                let all = all.iter().map(|id| self.text_with_values(*id));
                let list = list(all.map(|text| shortened(&text, BRIEF)));
                Err(self.error(&format!("no {what} with `{text}`; {list}")))
            }
            _ => {
                let all = found.iter().map(|id| self.text_with_values(*id));
                let list = list(all.map(|text| shortened(&text, BRIEF)));
                let text = format!("{} of {what} have `{text}`; {list}", found.len());
                Err(self.error(&text))
            }
        }
    }

    /// What is shown in an element, with the values of its controls.
    fn text_with_values(&self, id: Id) -> String {
        let mut text = self.dom.shown_text(id);
        for control in self.dom.all(id, |id| self.dom.is_control(id)) {
            let kind = self.dom.type_of(control);
            if !self.dom.is_tick(control) && kind != "hidden" && kind != "password" {
                text.push(' ');
                text.push_str(&self.controls.value(self.dom, control));
            }
        }
        text
    }

    /// Whether something in it says exactly this.
    fn says(&self, id: Id, text: &str) -> bool {
        let inside = self.dom.inside(id);
        inside.into_iter().any(|id| {
            let own = self.dom.text(id).map(squeezed);
            own.is_some_and(|own| own == squeezed(text))
                || self.dom.is_control(id) && self.controls.value(self.dom, id) == text
        })
    }

    /// All elements for which `test` holds and that the user sees.
    pub(super) fn all(&self, test: impl Fn(Id) -> bool) -> Result<Vec<Id>> {
        let mut all = self.dom.all(self.root()?, test);
        all.retain(|id| !self.dom.is_hidden(*id));
        Ok(all)
    }

    /// The element for which `test` holds and that has the name.
    pub(super) fn one(&self, wanted: Wanted<'_>, test: impl Fn(Id) -> bool) -> Result<Id> {
        let Wanted { what, name, .. } = wanted;
        let all = self.all(test)?;
        let found = self.called(&all, wanted);
        match found.as_slice() {
            [one] => Ok(*one),
            [] => {
                let names = all.iter().map(|id| self.name_for_people(*id));
                Err(self.error(&format!("no {what} `{name}`; {}", list(names))))
            }
            several => {
                let places = several.iter().map(|id| self.place(*id));
                let error = format!(
                    "{} of {what} are called `{name}`; `row` or `within` says which, {}",
                    several.len(),
                    list(places)
                );
                Err(self.error(&error))
            }
        }
    }

    fn called(&self, all: &[Id], wanted: Wanted<'_>) -> Vec<Id> {
        let name = squeezed(wanted.name);
        let by = |test: &dyn Fn(Id) -> bool| -> Vec<Id> {
            all.iter().copied().filter(|id| test(*id)).collect()
        };
        let attr = |attribute: &'static str| {
            let name = name.clone();
            move |id: Id| self.dom.attr(id, attribute) == Some(name.as_str())
        };
        let mut found = by(&|id| self.dom.accessible_name(id) == name);
        if found.is_empty() {
            // marks that a form puts behind its labels
            let bare = |id: Id| {
                let own = self.dom.accessible_name(id);
                own.trim_end_matches(['*', ':', ' ']) == name
            };
            found = by(&bare);
        }
        if found.is_empty() && !wanted.is_control {
            // what is shown on a button that is called more, such as `Edit` on `Edit Milk`
            found = by(&|id| self.dom.shown_text(id) == name);
        }
        if !wanted.is_control {
            return found;
        }
        for attribute in ["placeholder", "name", "id"] {
            if found.is_empty() {
                found = by(&attr(attribute));
            }
        }
        found
    }

    fn name_for_people(&self, id: Id) -> String {
        let name = self.dom.accessible_name(id);
        match self.dom.attr(id, "name") {
            _ if !name.is_empty() => name,
            Some(own) if own != "_event" => own.to_owned(),
            _ => self.dom.brief(id),
        }
    }

    /// Where an element stands, for people.
    fn place(&self, id: Id) -> String {
        let parts = [
            "tr", "li", "form", "fieldset", "dialog", "article", "nav", "section", "body",
        ];
        let part = self.dom.ancestors(id).find(|id| self.dom.is(*id, &parts));
        let part = part.unwrap_or(Dom::ROOT);
        let text = shortened(&self.dom.shown_text(part), BRIEF);
        format!("in the {} {text}", self.dom.name(part))
    }
}

/// For people.
fn list(names: impl Iterator<Item = String>) -> String {
    let names: Vec<_> = names.map(|name| format!("`{name}`")).collect();
    let more = names.len().saturating_sub(NAMED);
    let shown = &names[..names.len() - more];
    match (shown, more) {
        ([], _) => "there is none".to_owned(),
        (shown, 0) => format!("there are: {}", shown.join(", ")),
        (shown, more) => format!("there are: {} and {more} more", shown.join(", ")),
    }
}

/// An element's name or role, with `#id` and `.class` behind it.
pub(super) struct Selector {
    name: String,
    id: Option<String>,
    classes: Vec<String>,
}

impl Selector {
    pub(super) fn parse(text: &str) -> Self {
        let marks = ['#', '.'];
        let end = text.find(marks).unwrap_or(text.len());
        let mut made = Self {
            name: text[..end].to_owned(),
            id: None,
            classes: Vec::new(),
        };
        let mut rest = &text[end..];
        while let Some(mark) = rest.chars().next() {
            let end = rest[1..].find(marks).map_or(rest.len(), |at| at + 1);
            let word = rest[1..end].to_owned();
            match mark {
                '#' => made.id = Some(word),
                _ => made.classes.push(word),
            }
            rest = &rest[end..];
        }
        made
    }

    pub(super) fn fits(&self, dom: &Dom, id: Id) -> bool {
        let name = self.name.as_str();
        let named = match name {
            "" => true,
            // a row for people: of a table or of a list
            ROW => dom.is(id, &["tr", "li"]) || ["row", "listitem"].contains(&&*dom.role(id)),
            _ => dom.name(id) == name || dom.role(id) == name,
        };
        let classes = dom.attr(id, "class").unwrap_or_default();
        let has = |class: &String| classes.split_whitespace().any(|own| own == class);
        named
            && self
                .id
                .as_deref()
                .is_none_or(|own| dom.attr(id, "id") == Some(own))
            && self.classes.iter().all(has)
    }
}

/// The selector of a row of a table or of a list.
pub(super) const ROW: &str = "row";
