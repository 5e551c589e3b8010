//! Rows of streams, which the server sends once and does not keep.

use serde_json::Value;

use super::TestPage;
use crate::{
    testing::client::dom::{Dom, Id},
    view::place,
};

impl TestPage {
    /// Puts the rows of an effect into their container, as the browser does.
    pub(super) fn stream_rows(&mut self, effect: &Value) {
        let text = |name: &str| effect[name].as_str().unwrap_or_default();
        let number = effect["n"].as_u64().unwrap_or_default();
        if self.streamed.0 != text("page") {
            self.streamed = (text("page").to_owned(), 0);
        }
        if number <= self.streamed.1 {
            // sent again after a lost connection
            return;
        }
        if number > self.streamed.1 + 1 || text("id").is_empty() {
            // some were lost with it: a browser loads the page again
            self.go = Some(self.address.clone());
            return;
        }
        self.streamed.1 = number;
        let Some(container) = self.dom.by_id(text("id")) else {
            return;
        };
        let limit = effect["limit"].as_u64().unwrap_or_default();
        let limit = usize::try_from(limit).unwrap_or_default();
        let mut rows = self.keyed(container);
        for op in effect["ops"].as_array().into_iter().flatten() {
            let part = |at: usize| op[at].as_str().unwrap_or_default();
            if matches!(part(0), "x" | "0") {
                place(&mut rows, part(0), part(1), None, limit);
                continue;
            }
            let made = self.dom.fragment(part(1), Some(container));
            let mut made = made.into_iter();
            let Some(row) = made.find(|id| self.dom.element(*id).is_some()) else {
                continue;
            };
            let key = self.dom.attr(row, "data-key").unwrap_or_default();
            let key = key.to_owned();
            let old = rows.iter().find(|(own, _)| *own == key && !key.is_empty());
            if let Some((_, old)) = old {
                self.carry_row(*old, row);
            }
            place(&mut rows, part(0), &key, Some(row), limit);
        }
        let rows = rows.into_iter().map(|(_, row)| row).collect();
        self.dom.set_children(container, rows);
    }

    fn keyed(&self, container: Id) -> Vec<(String, Id)> {
        let children = self.dom.children(container).iter().copied();
        let rows = children.filter(|id| self.dom.element(*id).is_some());
        rows.map(|id| {
            let key = self.dom.attr(id, "data-key").unwrap_or_default();
            (key.to_owned(), id)
        })
        .collect()
    }

    /// What was typed in a row goes over to the one in its place.
    fn carry_row(&mut self, old: Id, row: Id) {
        let controls = |id| self.dom.all(id, |id| self.dom.is_control(id));
        let pairs: Vec<_> = controls(old).into_iter().zip(controls(row)).collect();
        let before = self.controls.clone();
        for (from, to) in pairs {
            if self.dom.attr(from, "name") == self.dom.attr(to, "name") {
                self.controls.carry(&before, from, to);
            }
        }
    }

    /// The rows of the page's streams, by the ids of their containers: a whole body comes without them.
    pub(super) fn rows(&self) -> Vec<(String, Vec<Id>)> {
        let containers = self.containers().into_iter();
        let rows = containers.filter_map(|id| {
            let name = self.dom.attr(id, "id")?.to_owned();
            Some((name, self.dom.children(id).to_vec()))
        });
        rows.collect()
    }

    pub(super) fn put_rows(&mut self, rows: &[(String, Vec<Id>)]) {
        for container in self.containers() {
            let name = self.dom.attr(container, "id");
            let own = rows.iter().find(|(own, _)| Some(own.as_str()) == name);
            if let Some((_, children)) = own {
                self.dom.set_children(container, children.clone());
            }
        }
    }

    fn containers(&self) -> Vec<Id> {
        self.dom
            .all(Dom::ROOT, |id| self.dom.has(id, "data-rdj-stream"))
    }
}
