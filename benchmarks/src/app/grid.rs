//! A table of 1,000 keyed rows, of which an event changes one cell.

use rdj::prelude::*;

use super::ROWS;

/// One row.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub id: i64,
    pub name: String,
    pub count: u64,
    pub note: String,
}

/// The rows.
#[app_state]
pub(crate) struct GridState {
    pub lines: Vec<Line>,
}

#[events]
impl GridState {
    #[on_load]
    async fn fill(&mut self, _cx: &Cx) {
        let line = |id: i64| Line {
            id,
            name: format!("Item {id}"),
            count: id.unsigned_abs() * 7 % 100,
            note: format!("Shelf {} of the store", id % 31),
        };
        self.lines = (1..=ROWS).map(line).collect();
    }

    async fn count(&mut self, _cx: &Cx, id: i64) {
        if let Some(line) = self.lines.iter_mut().find(|line| line.id == id) {
            line.count += 1;
        }
    }
}

/// The page.
#[page(route = "/grid", template = "grid.html", title = "Grid")]
pub(crate) struct GridPage {
    pub grid: GridState,
}
