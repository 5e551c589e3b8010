//! Where two documents differ.

use super::{Dom, Id, squeezed};

impl Dom {
    /// Where the node `at` differs from `there` in another document, as a user would see it; none: nowhere.
    pub(in super::super) fn difference(&self, at: Id, other: &Self, there: Id) -> Option<String> {
        if let (Some(here), Some(text)) = (self.text(at), other.text(there)) {
            return (squeezed(here) != squeezed(text)).then(|| self.tell(at, other, Some(there)));
        }
        if self.name(at) != other.name(there) || self.attributes(at) != other.attributes(there) {
            return Some(self.tell(at, other, Some(there)));
        }
        // what belongs to other scripts, and what a browser with scripts does not show
        if self.has(at, "data-rdj-ignore") || self.is(at, &["noscript", "iframe"]) {
            return None;
        }
        let (ours, theirs) = (self.units(at), other.units(there));
        for (one, two) in ours.iter().zip(&theirs) {
            if let Some(found) = self.difference(*one, other, *two) {
                return Some(found);
            }
        }
        if let Some(extra) = ours.get(theirs.len()) {
            return Some(format!(
                "{}: too much {}",
                self.way(*extra),
                self.brief(*extra)
            ));
        }
        let missing = theirs.get(ours.len())?;
        Some(format!("{}: no {}", self.way(at), other.brief(*missing)))
    }

    fn tell(&self, at: Id, other: &Self, there: Option<Id>) -> String {
        let there = there.map(|id| other.brief(id)).unwrap_or_default();
        format!("{}: here {}, there {there}", self.way(at), self.brief(at))
    }

    fn attributes(&self, id: Id) -> Vec<(&str, &str)> {
        let Some(element) = self.element(id) else {
            return Vec::new();
        };
        let attrs = element.attrs.iter();
        let mut all: Vec<_> = attrs
            .map(|(name, value)| (name.as_str(), value.as_str()))
            // what the user has opened stays open
            .filter(|(name, _)| *name != "open" || !self.is(id, &["details", "dialog"]))
            .collect();
        all.sort_unstable();
        all
    }

    /// The names of the elements from the body to a node.
    fn way(&self, id: Id) -> String {
        let mut names: Vec<_> = self.ancestors(id).map(|id| self.name(id)).collect();
        names.reverse();
        names.push(self.name(id));
        names.retain(|name| !name.is_empty() && *name != "html");
        names.join(" > ")
    }
}
