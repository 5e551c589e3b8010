//! A table of rows with buttons.

use std::fmt::{self, Write};

use askama::{Template, filters::HtmlSafe};

use super::escape::{Escaped, html};
use crate::dispatch::Binding;

/// Where a table gets its rows from: plain text, which the table escapes.
pub trait Rows: Send + Sync {
    /// How many rows there are.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Writes the text of a cell.
    ///
    /// # Errors
    ///
    /// The writer fails.
    fn cell(&self, row: usize, column: usize, out: &mut dyn Write) -> fmt::Result;

    /// Writes what identifies the row among all rows.
    ///
    /// # Errors
    ///
    /// The writer fails.
    fn key(&self, row: usize, out: &mut dyn Write) -> fmt::Result;

    /// Starts to edit the row.
    fn edit(&self, row: usize) -> Binding;

    /// Deletes the row.
    fn delete(&self, row: usize) -> Binding;
}

/// How a column is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sorted {
    /// Not by this column.
    No,
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

impl Sorted {
    fn aria(self) -> &'static str {
        match self {
            Self::No => "none",
            Self::Ascending => "ascending",
            Self::Descending => "descending",
        }
    }
}

/// The heading of a column.
#[derive(Clone, Debug)]
pub struct Heading {
    /// What the user reads.
    pub label: &'static str,
    /// How the table is sorted by it.
    pub sorted: Sorted,
    /// What sorts by it; none where that is not offered.
    pub sort: Option<Binding>,
}

/// A table with sortable headings and Edit and Delete in each row.
#[derive(Template)]
#[template(path = "rdj/table.html")]
pub struct TableView<'a> {
    /// What the table holds: `Notes`.
    pub caption: &'static str,
    /// The columns in order.
    pub headings: Vec<Heading>,
    /// The rows.
    pub rows: Box<dyn Rows + 'a>,
    /// What stands there instead of a table without rows.
    pub empty: String,
}

impl TableView<'_> {
    fn row(&self, row: usize) -> Row<'_> {
        Row {
            rows: &*self.rows,
            columns: self.headings.len(),
            row,
        }
    }
}

impl fmt::Debug for TableView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TableView({}, {} rows)", self.caption, self.rows.len())
    }
}

impl HtmlSafe for TableView<'_> {}

/// One row, written without a text per cell.
struct Row<'a> {
    rows: &'a dyn Rows,
    columns: usize,
    row: usize,
}

impl Row<'_> {
    fn write_html(&self, mut out: &mut (impl Write + ?Sized)) -> fmt::Result {
        out.write_str("<tr data-key=\"")?;
        self.rows.key(self.row, &mut Escaped(&mut out))?;
        out.write_str("\">")?;
        for column in 0..self.columns {
            out.write_str("<td>")?;
            self.rows.cell(self.row, column, &mut Escaped(&mut out))?;
            out.write_str("</td>")?;
        }
        let (edit, delete) = (self.rows.edit(self.row), self.rows.delete(self.row));
        write!(
            out,
            "<td class=\"rdj-actions\"><button class=\"rdj-quiet\" {edit}>Edit</button>"
        )?;
        write!(
            out,
            "<button class=\"rdj-danger\" {delete}>Delete</button></td></tr>"
        )
    }
}

html!(Row<'a>);
