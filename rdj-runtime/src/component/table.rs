//! A table of rows with buttons.

use std::{
    borrow::Cow,
    fmt::{self, Write},
};

use askama::{Template, filters::HtmlSafe};

use super::escape::{Escaped, html};
use crate::{
    dispatch::{Binding, escape},
    i18n::{Around, text},
};

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

    /// Starts to edit the row; none where the user may not.
    fn edit(&self, row: usize) -> Option<Binding>;

    /// Deletes the row; none where the user may not.
    fn delete(&self, row: usize) -> Option<Binding>;

    /// Selects the row or not, and whether it is selected; none where rows cannot be selected.
    fn select(&self, row: usize) -> Option<(Binding, bool)> {
        let _ = row;
        None
    }
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
    pub label: Cow<'static, str>,
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
    /// Whether rows have buttons.
    pub has_actions: bool,
    /// Selects all rows of the page; none where rows cannot be selected.
    pub select: Option<Binding>,
    /// What stands there instead of a table without rows.
    pub empty: String,
}

impl TableView<'_> {
    #[expect(clippy::unused_self, reason = "the template calls it")]
    fn words(&self) -> Words {
        Words::new()
    }

    fn row<'b>(&'b self, row: usize, words: &'b Words) -> RowView<'b> {
        RowView {
            state: self.state,
            words,
            rows: &*self.rows,
            headings: &self.headings,
            has_actions: self.has_actions,
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

/// The texts of the buttons, translated and escaped once for all rows.
struct Words {
    edit: String,
    edit_row: Around,
    delete: String,
    delete_row: Around,
    select_row: Around,
}

impl Words {
    fn new() -> Self {
        let escaped = |text: &str| {
            let mut out = String::with_capacity(text.len());
            // writing into a String does not fail
            let _ = escape(text, &mut out);
            out
        };
        Self {
            edit: escaped(&text("rdj-edit")),
            edit_row: Around::new("rdj-edit-row", "row").map(escaped),
            delete: escaped(&text("rdj-delete")),
            delete_row: Around::new("rdj-delete-row", "row").map(escaped),
            select_row: Around::new("rdj-select-row", "row").map(escaped),
        }
    }
}

/// One row, written without a text per cell.
struct RowView<'a> {
    state: &'static str,
    words: &'a Words,
    rows: &'a dyn Rows,
    headings: &'a [Heading],
    has_actions: bool,
    row: usize,
}

impl RowView<'_> {
    fn write_html(&self, out: &mut (impl Write + ?Sized)) -> fmt::Result {
        out.write_str("<tr data-key=\"")?;
        self.rows.key(self.row, &mut Escaped(&mut *out))?;
        out.write_str("\">")?;
        self.write_select(out)?;
        for (column, heading) in self.headings.iter().enumerate() {
            self.write_cell(column, heading, out)?;
        }
        if self.has_actions {
            self.write_actions(out)?;
        }
        out.write_str("</tr>")
    }

    /// The box that selects the row belongs to the form of the actions above the table.
    fn write_select(&self, out: &mut (impl Write + ?Sized)) -> fmt::Result {
        let Some((select, selected)) = self.rows.select(self.row) else {
            return Ok(());
        };
        out.write_str(
            "<td class=\"rdj-select\"><input type=\"checkbox\" name=\"_selected\" value=\"",
        )?;
        self.rows.key(self.row, &mut Escaped(&mut *out))?;
        let checked = if selected { " checked" } else { "" };
        write!(
            out,
            "\" form=\"{}-bulk\"{checked} {select} aria-label=\"",
            self.state
        )?;
        let mut label = String::new();
        escape(&self.rows.label(self.row), &mut label)?;
        self.words.select_row.write(&label, out)?;
        out.write_str("\"></td>")
    }

    /// The first cell is the row's header, unless it is empty: a header without a name is none.
    fn write_cell(
        &self,
        column: usize,
        heading: &Heading,
        out: &mut (impl Write + ?Sized),
    ) -> fmt::Result {
        let mut first = String::new();
        if column == 0 {
            self.rows.cell(self.row, column, &mut Escaped(&mut first))?;
        }
        let (open, close) = match (first.is_empty(), heading.number) {
            (false, false) => ("<th scope=\"row\">", "</th>"),
            (false, true) => ("<th scope=\"row\" class=\"rdj-number\">", "</th>"),
            (true, false) => ("<td>", "</td>"),
            (true, true) => ("<td class=\"rdj-number\">", "</td>"),
        };
        out.write_str(open)?;
        if column == 0 {
            out.write_str(&first)?;
        } else {
            self.rows.cell(self.row, column, &mut Escaped(&mut *out))?;
        }
        out.write_str(close)
    }

    fn write_actions(&self, out: &mut (impl Write + ?Sized)) -> fmt::Result {
        let mut label = String::new();
        escape(&self.rows.label(self.row), &mut label)?;
        let words = self.words;
        out.write_str("<td class=\"rdj-row-actions\">")?;
        if let Some(edit) = self.rows.edit(self.row) {
            write!(out, "<button class=\"rdj-quiet\" {edit} aria-label=\"")?;
            words.edit_row.write(&label, out)?;
            write!(out, "\">{}</button>", words.edit)?;
        }
        if let Some(delete) = self.rows.delete(self.row) {
            write!(
                out,
                "<button class=\"rdj-quiet rdj-danger\" {delete} aria-label=\""
            )?;
            words.delete_row.write(&label, out)?;
            write!(out, "\">{}</button>", words.delete)?;
        }
        out.write_str("</td>")
    }
}

html!(Sorted, RowView<'a>);
