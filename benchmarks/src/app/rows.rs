//! Keyed rows of a page: one changes, one comes, one goes, all are sorted anew, others come.

use rdj::prelude::*;

/// One row.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub id: i64,
    pub name: String,
    pub count: i64,
    pub note: String,
}

impl Line {
    fn new(id: i64) -> Self {
        Self {
            id,
            name: format!("Item {id}"),
            // no order that packing could see
            count: (id.wrapping_mul(0x9e37_79b9_7f4a_7c15_u64.cast_signed()) >> 40) % 1009,
            note: format!("Shelf {} of the store", id % 31),
        }
    }
}

/// The rows; ids are never used twice.
#[app_state]
pub(crate) struct RowsState {
    pub lines: Vec<Line>,
    pub last: i64,
    pub turn: usize,
}

#[events]
impl RowsState {
    #[on_load]
    async fn fill(&mut self, cx: &Cx) -> Result {
        let count = cx.param("count")?;
        self.replace(count);
        Ok(())
    }

    /// One row has another number, each time another row.
    async fn change(&mut self, _cx: &Cx) {
        self.turn += 7;
        let at = self.turn % self.lines.len().max(1);
        if let Some(line) = self.lines.get_mut(at) {
            line.count += 1;
        }
    }

    /// A new row stands on top.
    async fn insert(&mut self, _cx: &Cx) {
        self.last += 1;
        self.lines.insert(0, Line::new(self.last));
    }

    /// The row in the middle goes.
    async fn delete(&mut self, _cx: &Cx) {
        if !self.lines.is_empty() {
            self.lines.remove(self.lines.len() / 2);
        }
    }

    /// By number, or by id where they stand by number: next to no row stays where it is.
    async fn sort(&mut self, _cx: &Cx) {
        if self.lines.is_sorted_by_key(|line| (line.count, line.id)) {
            self.lines.sort_by_key(|line| line.id);
        } else {
            self.lines.sort_by_key(|line| (line.count, line.id));
        }
    }

    /// As many other rows.
    async fn next(&mut self, _cx: &Cx) {
        self.replace(i64::try_from(self.lines.len()).unwrap_or_default());
    }

    /// What a row's button does.
    async fn pick(&mut self, _cx: &Cx, id: i64) {
        if let Some(line) = self.lines.iter_mut().find(|line| line.id == id) {
            line.count += 1;
        }
    }
}

impl RowsState {
    fn replace(&mut self, count: i64) {
        self.lines = (self.last + 1..=self.last + count).map(Line::new).collect();
        self.last += count;
    }
}

/// The page: so many rows as its address says.
#[page(route = "/rows/{count}", template = "rows.html", title = "Rows")]
pub(crate) struct RowsPage {
    pub count: i64,
    pub rows: RowsState,
}
