//! The form that takes a file with rows, and the report about one.

use askama::{Template, filters::HtmlSafe};

use crate::i18n::text_with;

/// What a file would change, or did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// The file's name.
    pub file: String,
    /// How many rows are new.
    pub created: u64,
    /// How many rows are changed.
    pub updated: u64,
    /// How many rows are there as they stand in the file.
    pub unchanged: u64,
    /// What is wrong, in the order of the file; not all of it where there is much.
    pub errors: Vec<ImportError>,
    /// How many errors there are.
    pub error_count: u64,
    /// The columns of the file that are not read.
    pub ignored: Vec<String>,
    /// Names the file to the server until the user has confirmed it; empty where nothing can be
    /// confirmed.
    pub token: String,
}

/// What is wrong with a line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportError {
    /// The line, from 1.
    pub line: u64,
    /// What the user calls the field; empty for the whole row.
    pub field: String,
    /// What is wrong.
    pub text: String,
}

/// Takes a file, shows what it would change, and asks before it does.
#[derive(Clone, Debug, Template)]
#[template(path = "rdj/import.html")]
pub struct ImportView<'a> {
    /// The state's name.
    pub state: &'static str,
    /// Where the file is sent.
    pub action: String,
    /// What was found in a file.
    pub report: Option<&'a ImportReport>,
}

impl ImportView<'_> {
    fn summary(report: &ImportReport) -> String {
        let args = [
            ("created", report.created.into()),
            ("updated", report.updated.into()),
            ("unchanged", report.unchanged.into()),
        ];
        text_with("rdj-import-summary", &args)
    }

    fn wrong(report: &ImportReport) -> String {
        text_with("rdj-import-errors", &[("count", report.error_count.into())])
    }

    fn ignored(report: &ImportReport) -> String {
        let columns = report.ignored.join(", ");
        text_with("rdj-import-ignored", &[("columns", columns.into())])
    }

    fn more(report: &ImportReport) -> String {
        let more = report
            .error_count
            .saturating_sub(report.errors.len() as u64);
        text_with("rdj-import-more", &[("count", more.into())])
    }
}

impl HtmlSafe for ImportView<'_> {}
