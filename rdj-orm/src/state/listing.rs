//! The variables of a list beside its rows: filters, place, selection.

use std::{
    collections::BTreeMap,
    sync::{
        Weak,
        atomic::{AtomicU64, Ordering},
    },
};

use rdj_runtime::{FieldError, component::Choice};

use super::Core;
use crate::{field::Field, model::CrudModel};

/// The most characters of a filter.
const MAX_FILTER: usize = 200;
/// The most rows that are selected one by one.
const MAX_SELECTED: usize = 10_000;

/// What stands in the control of a filter.
#[derive(Clone, Debug)]
pub(crate) struct FilterText {
    pub(crate) text: String,
    /// What is wrong with it: then nothing is filtered by it.
    pub(crate) error: Option<FieldError>,
}

/// Where the page of a list with `pagination = keyset` begins or ends.
#[derive(Clone, Debug, Default)]
pub(crate) enum Cursor<E: CrudModel> {
    #[default]
    First,
    Last,
    After(Place<E>),
    Before(Place<E>),
}

/// A row beside the page: as an address names it, or as it was loaded.
#[derive(Clone, Debug)]
pub(crate) enum Place<E: CrudModel> {
    Key(E::Key),
    Row(Box<E::Model>),
}

/// With how many rows some work is done.
#[derive(Debug)]
pub(crate) struct Progress {
    done: AtomicU64,
    total: Option<u64>,
}

impl Progress {
    pub(crate) fn new(total: Option<u64>) -> Self {
        let done = AtomicU64::new(0);
        Self { done, total }
    }

    pub(crate) fn set_done(&self, done: u64) {
        self.done.store(done, Ordering::Relaxed);
    }

    pub(crate) fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// All rows; none where nobody has counted them, or where more have come since.
    pub(crate) fn total(&self) -> Option<u64> {
        self.total.filter(|total| *total >= self.done())
    }
}

/// The variables of a list that only its own parts change.
pub(crate) struct Listing<E: CrudModel> {
    pub(crate) filters: BTreeMap<&'static str, FilterText>,
    pub(crate) filter_choices: BTreeMap<&'static str, Vec<Choice>>,
    pub(crate) cursor: Cursor<E>,
    /// How far the work with many rows is; gone with the work, however it ends.
    pub(crate) progress: Weak<Progress>,
}

impl<E: CrudModel> Default for Listing<E> {
    fn default() -> Self {
        Self {
            filters: BTreeMap::new(),
            filter_choices: BTreeMap::new(),
            cursor: Cursor::First,
            progress: Weak::new(),
        }
    }
}

/// The filters that are set, for handlers and templates.
impl<E: CrudModel> Core<E> {
    /// The value that the list is filtered by, for `filters(genre_id)`; none for all rows.
    ///
    /// ```html
    /// {% if let Some(genre) = tracks.filter(crate::track::fields::genre_id) %}..{% endif %}
    /// ```
    #[must_use]
    pub fn filter<F: Field<Entity = E>>(&self, _: F) -> Option<F::Value> {
        self.filter_value::<F>(F::META.name)
    }

    /// The least and the largest value, for `filters(unit_price(range))`.
    #[must_use]
    pub fn filter_range<F: Field<Entity = E>>(&self, _: F) -> (Option<F::Value>, Option<F::Value>) {
        let bound = |end| self.filter_value::<F>(&format!("{}_{end}", F::META.name));
        (bound("min"), bound("max"))
    }

    /// Whether only rows without a value are shown, or only those with one, for `filters(composer(null))`.
    #[must_use]
    pub fn filter_null<F: Field<Entity = E>>(&self, _: F) -> Option<bool> {
        let text = self.filter_text(&format!("{}_null", F::META.name));
        text.parse().ok()
    }

    /// Whether any filter is set.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        !self.listing.filters.is_empty()
    }

    /// What stands in the control of a filter; empty for none.
    #[must_use]
    pub fn filter_text(&self, name: &str) -> &str {
        let found = self.listing.filters.get(name);
        found.map_or("", |filter| &filter.text)
    }

    /// Selects a row or not.
    pub(crate) fn select(&mut self, key: &E::Key, selected: bool) {
        let place = self.selected.iter().position(|other| other == key);
        match (place, selected) {
            (Some(place), false) => {
                self.selected.remove(place);
            }
            (None, true) if self.selected.len() < MAX_SELECTED => self.selected.push(key.clone()),
            _ => {}
        }
        self.all_selected &= selected;
    }

    /// Selects no row.
    pub(crate) fn clear_selection(&mut self) {
        self.selected.clear();
        self.all_selected = false;
    }

    fn filter_value<F: Field<Entity = E>>(&self, name: &str) -> Option<F::Value> {
        let filter = self.listing.filters.get(name)?;
        let valid = filter.error.is_none().then_some(&filter.text)?;
        (F::FORM.parse)(valid).ok()
    }

    /// Takes up the text of a filter's control.
    pub(crate) fn put_filter(&mut self, def: &super::FilterDef<E>, text: &str) {
        // what was selected may not be found by it
        self.clear_selection();
        let text: String = text.trim().chars().take(MAX_FILTER).collect();
        if text.is_empty() {
            self.listing.filters.remove(def.name);
            return;
        }
        let error = (def.parse)(&text).err();
        let filter = FilterText { text, error };
        self.listing.filters.insert(def.name, filter);
    }
}
