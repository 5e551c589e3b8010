//! Tables, pages and the search.

use std::fmt::{self, Write};

use rdj_runtime::{
    component::{Heading, KeyAttribute, PaginationView, Rows, SearchView, Sorted, TableView},
    dispatch::{Arg, Bind, Binding, json},
    form::InputKind,
    state::State,
};

use super::{
    SEARCH_DEBOUNCE,
    filter::{Kept, kept, offered},
};
use crate::{
    field::Field,
    handles::Plain,
    model::{CrudModel, key_text},
    pipeline::parse_ordering,
    state::{Core, Key, ListColumn, ModelState, Row},
    words,
};

/// The rows of a state as a table reads them.
struct StateRows<'a, S> {
    state: &'a S,
    /// The question before a row is deleted.
    confirm: String,
    /// Whether the user may change and delete rows.
    may: (bool, bool),
    /// Whether there is something to do with selected rows.
    selects: bool,
}

impl<S: ModelState> StateRows<'_, S> {
    fn row(&self, row: usize) -> Option<&Row<S>> {
        self.state.core().data.get(row)
    }

    fn event(&self, row: usize, event: &'static str) -> Binding {
        let key = self.row(row).map(|row| key_text(&S::Entity::key(row)));
        Plain::new(self.state).click_with(event, key.unwrap_or_default())
    }
}

impl<S: ModelState> Rows for StateRows<'_, S> {
    fn len(&self) -> usize {
        self.state.core().data.len()
    }

    fn cell(&self, row: usize, column: usize, out: &mut dyn Write) -> fmt::Result {
        match (self.row(row), S::SPEC.list_display.get(column)) {
            (Some(row), Some(column)) => cell(self.state.core(), row, column, out),
            _ => Ok(()),
        }
    }

    fn label(&self, row: usize) -> String {
        self.row(row).map(S::Entity::label).unwrap_or_default()
    }

    fn key(&self, row: usize, out: &mut dyn Write) -> fmt::Result {
        let key = self.row(row).map(|row| key_text(&S::Entity::key(row)));
        out.write_str(&key.unwrap_or_default())
    }

    fn edit(&self, row: usize) -> Option<Binding> {
        let (may_change, _) = self.may;
        may_change.then(|| self.event(row, "start_edit"))
    }

    fn delete(&self, row: usize) -> Option<Binding> {
        let (_, may_delete) = self.may;
        let delete = || self.event(row, "delete").confirm(self.confirm.clone());
        may_delete.then(delete)
    }

    fn select(&self, row: usize) -> Option<(Binding, bool)> {
        if !self.selects {
            return None;
        }
        let core = self.state.core();
        let key = S::Entity::key(self.row(row)?);
        let selected = core.all_selected || core.selected.contains(&key);
        let plain = Plain::new(self.state);
        Some((plain.change("toggle_row", key_text(&key)), selected))
    }
}

impl<E: CrudModel> Core<E> {
    /// What the table shows of a row in a column, for markup of one's own: what the user calls the
    /// row that a foreign key of `list_display` refers to, the label of a choice, or the value.
    ///
    /// ```html
    /// by {{ notes.cell(note, crate::note::fields::user_id) }}
    /// ```
    #[must_use]
    pub fn cell<F: Field<Entity = E>>(&self, row: &E::Model, _: F) -> String {
        let mut text = String::new();
        // writing into a String does not fail
        let _ = cell(self, row, &ListColumn::of::<F>(), &mut text);
        text
    }
}

fn cell<E: CrudModel>(
    core: &Core<E>,
    row: &E::Model,
    column: &ListColumn<E>,
    out: &mut dyn Write,
) -> fmt::Result {
    let Some(labels) = core.labels.get(column.meta.name) else {
        return choice_or_value(row, column, out);
    };
    let text = (column.text)(row);
    out.write_str(labels.get(&text).unwrap_or(&text))
}

fn choice_or_value<E: CrudModel>(
    row: &E::Model,
    column: &ListColumn<E>,
    out: &mut dyn Write,
) -> fmt::Result {
    if column.meta.choices.is_empty() {
        return (column.show)(row, out);
    }
    let text = (column.text)(row);
    let label = column.meta.choices.iter().find(|(value, _)| *value == text);
    match label {
        Some((value, label)) => out.write_str(&words::choice::<E>(&column.meta, value, label)),
        None => out.write_str(&text),
    }
}

/// The table of the rows.
pub fn table<S: ModelState>(state: &S) -> TableView<'_> {
    let core = state.core();
    let empty = if core.search.is_empty() && !core.is_filtered() {
        words::about::<S::Entity>("rdj-none-yet")
    } else {
        words::about::<S::Entity>("rdj-none-found")
    };
    let columns = S::SPEC.list_display.iter();
    let may = (core.has_change_permission(), core.has_delete_permission());
    let selects = !offered(state).is_empty();
    TableView {
        state: <S as Bind>::NAME,
        caption: caption(state),
        headings: columns.map(|column| heading(state, column)).collect(),
        rows: Box::new(StateRows {
            state,
            confirm: words::about::<S::Entity>("rdj-delete-confirm"),
            may,
            selects,
        }),
        has_actions: may.0 || may.1,
        select: selects.then(|| Plain::new(state).change("select_page", String::new())),
        empty,
    }
}

/// How many rows there are; what they are where they are not counted.
fn caption<S: ModelState>(state: &S) -> String {
    let core = state.core();
    let all_seen = !core.has_next && !S::SPEC.lists.keyset;
    if S::SPEC.lists.count || all_seen {
        return words::counted::<S::Entity>("rdj-count", core.total_count);
    }
    words::plural::<S::Entity>().into_owned()
}

fn heading<S: ModelState>(state: &S, column: &ListColumn<S::Entity>) -> Heading {
    let name = column.meta.name;
    let sorted = sorted(state, name);
    let sort = S::SPEC
        .ordering_fields
        .iter()
        .any(|order| order.name == name)
        .then(|| {
            let minus = if sorted == Sorted::Ascending { "-" } else { "" };
            Plain::new(state).click_with("set_ordering", json(&format!("{minus}{name}")))
        });
    let number = matches!(
        column.meta.kind,
        Some(InputKind::Integer | InputKind::Decimal)
    );
    Heading {
        label: words::field::<S::Entity>(&column.meta),
        number: number && column.meta.relation.is_none(),
        sorted,
        sort,
    }
}

/// How the list is sorted by a field: by the first field of the order.
fn sorted<S: ModelState>(state: &S, name: &str) -> Sorted {
    let chosen = state.core().ordering.as_str();
    let (first, descending) = match (chosen, S::SPEC.declared_order().first()) {
        ("", Some(order)) => (order.name, order.descending),
        (chosen, _) => parse_ordering(chosen).first().copied().unwrap_or_default(),
    };
    match (first == name, descending) {
        (false, _) => Sorted::No,
        (true, false) => Sorted::Ascending,
        (true, true) => Sorted::Descending,
    }
}

/// Previous and next.
pub fn pagination<S: ModelState>(state: &S) -> PaginationView {
    let core = state.core();
    let plain = Plain::new(state);
    PaginationView {
        label: words::nouns::<S::Entity>(),
        page: core.page,
        page_count: core.page_count,
        total_count: core.total_count,
        counted: S::SPEC.lists.count && !S::SPEC.lists.keyset,
        numbered: !S::SPEC.lists.keyset,
        has_previous: core.has_previous,
        has_next: core.has_next,
        ends: S::SPEC
            .lists
            .keyset
            .then(|| (plain.click("first_page"), plain.click("last_page"))),
        previous: plain.click("prev_page"),
        next: plain.click("next_page"),
    }
}

/// The search form.
pub fn search<S: ModelState>(state: &S) -> SearchView<'_> {
    SearchView {
        state: <S as State>::NAME,
        name: S::SPEC.names.search,
        value: &state.core().search,
        kept: kept(state, Kept::Filters),
        input: Plain::new(state)
            .input("set_search")
            .debounce(SEARCH_DEBOUNCE),
    }
}

/// The identity of a row among its siblings.
pub fn key<S: ModelState>(key: &impl Arg<Key<S>>) -> KeyAttribute {
    KeyAttribute(json(key))
}
