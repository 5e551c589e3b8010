//! Child rows that are edited in the form of their parent: `inlines(lines = LinesState)`.
//!
//! Each child row is a form of its own: a value of the state that `inlines(..)` names, with the fields,
//! checks, hooks and permissions of that state. What is shared is the form that is sent, and the
//! transaction that it is saved in:
//!
//! 1. `fill`: what was typed, row by row, from entries such as `lines-3-quantity`.
//! 2. `check`: which rows are to be added, changed and deleted; each is authorized and checked before
//!    the parent is written, so that all errors are shown at once.
//! 3. `write`: the rows are written after the parent, which may just have got its key.
//! 4. `settle`: what follows the commit or the rollback.
//!
//! Children are looked up among those of the parent that is saved, within the scope of their state: the
//! key of any other row is that of a row which does not exist.

mod check;
mod def;
mod fill;
mod load;
mod row;
mod select;
mod settle;
mod view;
mod write;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use rdj_runtime::i18n::Text;
use sea_orm::EntityTrait;

use self::row::InlineRow;
pub(crate) use self::{def::Question, fill::split};
pub use self::{
    def::{InlineDef, InlineVar, Limits, RowsOf},
    select::{ChildOf, Children},
};
use crate::{
    model::CrudModel,
    state::{ModelState, Offer},
};

/// The most rows that one form takes.
pub const MAX_ROWS: usize = 1_000;

/// The most rows that a form shows of a parent; others stay as they are.
pub const MAX_SHOWN: usize = 200;

/// The child rows of a form, each of them a `C`: the variable that `inlines(lines = C)` makes.
///
/// Hooks of the parent read them, such as to add them up:
///
/// ```ignore
/// async fn before_save(&mut self, _: &Cx, row: &mut invoice::ActiveModel, _: bool) -> Result {
///     let sum = self.lines.rows().map(|line| line.unit_price * Decimal::from(line.quantity)).sum();
///     row.total = Set(sum);
///     Ok(())
/// }
/// ```
#[expect(clippy::struct_excessive_bools, reason = "independent facts of a form")]
pub struct Inline<C: ModelState> {
    rows: Vec<InlineRow<C>>,
    /// The number of the next row: a number is given once, so that a form that is older than the rows
    /// does not fill others.
    next: u32,
    /// The numbers of rows that were taken out.
    removed: BTreeSet<u32>,
    /// What is wrong with the rows together.
    error: Text,
    /// The choices that all rows share.
    choices: BTreeMap<&'static str, Offer>,
    /// Whether rows were added or taken out that are not saved yet.
    changed: bool,
    /// Whether the form had more rows than it may have.
    crowded: bool,
    /// Whether the parent has more rows than those.
    more: bool,
    /// Whether the user may see the rows and not change them.
    read_only: bool,
}

impl<C: ModelState> Inline<C> {
    /// The rows that a save keeps or adds: neither marked for deletion nor blank.
    pub fn rows(&self) -> impl Iterator<Item = &C> {
        let empty = C::default();
        let rows = self.rows.iter();
        rows.filter(move |row| !row.delete && !row.is_blank(&empty))
            .map(|row| &row.state)
    }

    /// Adds a row to the form, as server code fills it in.
    pub fn add(&mut self) -> &mut C {
        self.changed = true;
        let row = self.new_row(None);
        self.rows.push(row);
        let last = self.rows.len() - 1;
        &mut self.rows[last].state
    }

    /// Adds a blank row and returns its number; none where there may be no more.
    fn append(&mut self, limits: &Limits) -> Option<u32> {
        let kept = self.rows.iter().filter(|row| !row.delete).count();
        if kept >= limits.most() || self.rows.len() >= MAX_ROWS {
            return None;
        }
        self.add();
        self.rows.last().map(|row| row.id)
    }

    /// Takes a new row out of the form, and marks any other for deletion, or not any more.
    fn take_out(&mut self, id: u32) {
        let Some(at) = self.rows.iter().position(|row| row.id == id) else {
            return;
        };
        self.changed = true;
        if self.rows[at].key().is_some() {
            self.rows[at].delete = !self.rows[at].delete;
        } else {
            self.rows.remove(at);
            self.removed.insert(id);
        }
    }

    fn row_mut(&mut self, id: u32) -> Option<&mut C> {
        let mut rows = self.rows.iter_mut();
        rows.find(|row| row.id == id).map(|row| &mut row.state)
    }

    /// Whether rows were added or taken out that are not saved.
    fn has_news(&self) -> bool {
        self.changed
    }

    /// A row of the form with this number, if it is free, else with the next one.
    fn new_row(&mut self, wanted: Option<u32>) -> InlineRow<C> {
        let is_free = |id: &u32| self.rows.iter().all(|row| row.id != *id);
        let id = wanted.filter(is_free).unwrap_or(self.next);
        self.next = self.next.max(id.saturating_add(1));
        let mut row: InlineRow<C> = InlineRow::new(id);
        row.state.core_mut().choices.clone_from(&self.choices);
        row
    }
}

impl<C: ModelState> Default for Inline<C> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            next: 0,
            removed: BTreeSet::new(),
            error: Text::default(),
            choices: BTreeMap::new(),
            changed: false,
            crowded: false,
            more: false,
            read_only: false,
        }
    }
}

impl<C: ModelState> fmt::Debug for Inline<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Inline({}, {} rows)", C::Entity::NAME, self.rows.len())
    }
}

/// The rows of a state.
type ModelOf<C> = <<C as ModelState>::Entity as EntityTrait>::Model;
