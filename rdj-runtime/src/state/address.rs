//! The part of a page's state that stands in its address.

use std::fmt::Write as _;

use crate::form::Entries;

/// Reads the parameters of one state from a query.
///
/// The first state of a page has plain names (`search`), others carry their name (`tags.search`).
#[derive(Debug)]
pub struct Query<'a> {
    entries: &'a Entries,
    prefix: Option<&'static str>,
}

impl<'a> Query<'a> {
    /// The parameters in `entries`; with `prefix` those named `<prefix>.<name>`.
    #[must_use]
    pub fn new(entries: &'a Entries, prefix: Option<&'static str>) -> Self {
        Self { entries, prefix }
    }

    /// The parameter `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'a str> {
        match self.prefix {
            None => self.entries.get(name),
            Some(prefix) => self.entries.get(&format!("{prefix}.{name}")),
        }
    }
}

/// Collects an address: a path and the parameters of all states.
#[derive(Clone, Debug)]
pub struct Address {
    text: String,
    first: bool,
    prefix: Option<&'static str>,
}

impl Address {
    /// An address that begins with this path.
    #[must_use]
    pub fn new(path: &str) -> Self {
        Self {
            text: path.to_owned(),
            first: true,
            prefix: None,
        }
    }

    /// Names of the following parameters stand behind this prefix.
    pub fn set_prefix(&mut self, prefix: Option<&'static str>) {
        self.prefix = prefix;
    }

    /// Adds a parameter.
    pub fn set(&mut self, name: &str, value: &str) {
        let pair = match self.prefix {
            None => serde_urlencoded::to_string([(name, value)]),
            Some(prefix) => serde_urlencoded::to_string([(format!("{prefix}.{name}"), value)]),
        };
        if let Ok(pair) = pair {
            let mark = if self.first { '?' } else { '&' };
            let _ = write!(self.text, "{mark}{pair}");
            self.first = false;
        }
    }

    /// The address as text.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text
    }
}
