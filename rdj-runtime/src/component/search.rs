//! The search form of a list.

use askama::{Template, filters::HtmlSafe};

use crate::dispatch::Binding;

/// A search box that searches while the user types, and by a GET without JavaScript.
#[derive(Clone, Debug, Template)]
#[template(path = "rdj/search.html")]
pub struct SearchView<'a> {
    /// The text that is searched for.
    pub value: &'a str,
    /// Searches while the user types.
    pub input: Binding,
}

impl HtmlSafe for SearchView<'_> {}
