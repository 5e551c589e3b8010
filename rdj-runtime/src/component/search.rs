//! The search form of a list.

use askama::{Template, filters::HtmlSafe};

use crate::{dispatch::Binding, page::render::parameter};

/// A search box that searches while the user types, and by a GET without JavaScript.
#[derive(Clone, Debug, Template)]
#[template(path = "rdj/search.html")]
pub struct SearchView<'a> {
    /// The state's name.
    pub state: &'static str,
    /// The name of the text in the page's address.
    pub name: &'static str,
    /// The text that is searched for.
    pub value: &'a str,
    /// Parameters of the address that stay: filters and the order.
    pub kept: Vec<(&'static str, String)>,
    /// Searches while the user types.
    pub input: Binding,
}

impl SearchView<'_> {
    fn parameter(&self) -> String {
        parameter(self.state, self.name)
    }

    fn kept(&self) -> impl Iterator<Item = (String, &str)> {
        let kept = self.kept.iter();
        kept.map(|(name, value)| (parameter(self.state, name), value.as_str()))
    }
}

impl HtmlSafe for SearchView<'_> {}
