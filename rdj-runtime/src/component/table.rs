//! A table of rows with buttons.

use std::fmt::{self, Write};

use askama::{Template, filters::HtmlSafe};

use super::escape::{Escaped, html};
use crate::dispatch::{Binding, escape};

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

    /// What the user calls the row, for the labels of its buttons.
    fn label(&self, row: usize) -> String;

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
    /// ` aria-sort=".."`, only on the column that sorts.
    fn write_html(self, out: &mut (impl Write + ?Sized)) -> fmt::Result {
        out.write_str(match self {
            Self::No => "",
            Self::Ascending => " aria-sort=\"ascending\"",
            Self::Descending => " aria-sort=\"descending\"",
        })
    }
}

/// The heading of a column.
#[derive(Clone, Debug)]
pub struct Heading {
    /// What the user reads.
    pub label: &'static str,
    /// Whether its cells are numbers.
    pub number: bool,
    /// How the table is sorted by it.
    pub sorted: Sorted,
    /// What sorts by it; none where that is not offered.
    pub sort: Option<Binding>,
}

/// A table with sortable headings and Edit and Delete in each row.
#[derive(Template)]
#[template(path = "rdj/table.html")]
pub struct TableView<'a> {
    /// The state's name, for ids.
    pub state: &'static str,
    /// What the table holds: `41 notes`.
    pub caption: String,
    /// The columns in order.
    pub headings: Vec<Heading>,
    /// The rows.
    pub rows: Box<dyn Rows + 'a>,
    /// What stands there instead of a table without rows.
    pub empty: String,
}

impl TableView<'_> {
    fn row(&self, row: usize) -> RowView<'_> {
        RowView {
            rows: &*self.rows,
            headings: &self.headings,
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
struct RowView<'a> {
    rows: &'a dyn Rows,
    headings: &'a [Heading],
    row: usize,
}

impl RowView<'_> {
    fn write_html(&self, out: &mut (impl Write + ?Sized)) -> fmt::Result {
        out.write_str("<tr data-key=\"")?;
        self.rows.key(self.row, &mut Escaped(&mut *out))?;
        out.write_str("\">")?;
        for (column, heading) in self.headings.iter().enumerate() {
            self.write_cell(column, heading, out)?;
        }
        self.write_actions(out)
    }

    /// The first cell is the row's header.
    fn write_cell(
        &self,
        column: usize,
        heading: &Heading,
        out: &mut (impl Write + ?Sized),
    ) -> fmt::Result {
        let (open, close) = match (column, heading.number) {
            (0, false) => ("<th scope=\"row\">", "</th>"),
            (0, true) => ("<th scope=\"row\" class=\"rdj-number\">", "</th>"),
            (_, false) => ("<td>", "</td>"),
            (_, true) => ("<td class=\"rdj-number\">", "</td>"),
        };
        out.write_str(open)?;
        self.rows.cell(self.row, column, &mut Escaped(&mut *out))?;
        out.write_str(close)
    }

    fn write_actions(&self, out: &mut (impl Write + ?Sized)) -> fmt::Result {
        let label = self.rows.label(self.row);
        let (edit, delete) = (self.rows.edit(self.row), self.rows.delete(self.row));
        write!(
            out,
            "<td class=\"rdj-row-actions\"><button class=\"rdj-quiet\" {edit} aria-label=\"Edit "
        )?;
        escape(&label, out)?;
        write!(
            out,
            "\">Edit</button><button class=\"rdj-quiet rdj-danger\" {delete} aria-label=\"Delete "
        )?;
        escape(&label, out)?;
        out.write_str("\">Delete</button></td></tr>")
    }
}

html!(Sorted, RowView<'a>);
