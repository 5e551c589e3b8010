//! Previous, next and the number of pages.

use askama::{Template, filters::HtmlSafe};

use crate::{dispatch::Binding, t};

/// The pages of a list.
#[expect(clippy::struct_excessive_bools, reason = "independent facts of a page")]
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
    /// Whether the rows and pages were counted.
    pub counted: bool,
    /// Whether pages have numbers.
    pub numbered: bool,
    /// Whether there is a page before this one.
    pub has_previous: bool,
    /// Whether there is a page after this one.
    pub has_next: bool,
    /// Go to the first and to the last page; none where the numbers do.
    pub ends: Option<(Binding, Binding)>,
    /// Goes one page back.
    pub previous: Binding,
    /// Goes one page on.
    pub next: Binding,
}

impl PaginationView {
    fn is_shown(&self) -> bool {
        self.has_previous || self.has_next
    }

    fn position(&self) -> String {
        if !self.numbered {
            return String::new();
        }
        if !self.counted {
            return t!("rdj-page-number", page = self.page);
        }
        t!("rdj-page-of", page = self.page, count = self.page_count)
    }

    fn total(&self) -> String {
        let label = self.label.clone();
        t!("rdj-page-total", count = self.total_count, nouns = label)
    }
}

impl HtmlSafe for PaginationView {}
