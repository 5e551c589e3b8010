//! Previous, next and the number of pages.

use askama::{Template, filters::HtmlSafe};

use crate::{dispatch::Binding, t};

/// The pages of a list.
#[derive(Clone, Debug, Template)]
#[template(path = "rdj/pagination.html")]
pub struct PaginationView {
    /// What the list holds: `notes`.
    pub label: String,
    /// The page that is shown, from 1.
    pub page: u64,
    /// How many pages there are, at least 1.
    pub page_count: u64,
    /// How many rows there are on all pages.
    pub total_count: u64,
    /// Goes one page back.
    pub previous: Binding,
    /// Goes one page on.
    pub next: Binding,
}

impl PaginationView {
    fn position(&self) -> String {
        t!("rdj-page-of", page = self.page, count = self.page_count)
    }

    fn total(&self) -> String {
        let label = self.label.clone();
        t!("rdj-page-total", count = self.total_count, nouns = label)
    }
}

impl HtmlSafe for PaginationView {}
