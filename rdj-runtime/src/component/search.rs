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
    /// Searches while the user types.
    pub input: Binding,
}

impl SearchView<'_> {
    fn parameter(&self) -> String {
        parameter(self.state, self.name)
    }
}

impl HtmlSafe for SearchView<'_> {}
