//! What `#[model_state(..)]` declares about the list: filters, pages, related rows, bulk actions.

use std::fmt;

use rdj_runtime::{FieldError, form::InputKind};
use sea_orm::{EntityTrait, Value};

use crate::{
    field::{Field, FieldMeta, Searchable},
    model::CrudModel,
    relation::{FetchOne, PrefetchMany},
};

/// The facts of a list.
#[derive(Debug)]
pub struct ListSpec<E: CrudModel> {
    /// What the user can filter by.
    pub filters: &'static [FilterDef<E>],
    /// The related rows that come with each row.
    pub select_related: &'static [FetchOne<E>],
    /// The related rows that are loaded for all rows of a page.
    pub prefetch_related: &'static [PrefetchMany<E>],
    /// Whether pages are found by the row before them and not by counting rows.
    pub keyset: bool,
    /// Whether all rows are counted, for the number of pages.
    pub count: bool,
    /// The events that are offered for selected rows.
    pub bulk_actions: &'static [&'static str],
}

/// What a filter compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterKind {
    /// The column is the value.
    Exact,
    /// The text stands in the column.
    Text,
    /// The column is at least the value.
    Min,
    /// The column is at most the value.
    Max,
    /// The column is NULL, or is not.
    Null,
}

/// One control of a declared filter.
pub struct FilterDef<E: EntityTrait> {
    /// The name in events and in the address.
    pub name: &'static str,
    /// What it compares.
    pub kind: FilterKind,
    /// The facts of the column.
    pub meta: FieldMeta,
    pub(crate) column: E::Column,
    pub(crate) parse: fn(&str) -> Result<Value, FieldError>,
}

impl<E: CrudModel> FilterDef<E> {
    /// A filter by a value of the field `F`.
    ///
    /// # Panics
    ///
    /// When it is compiled: values of the column cannot be typed.
    #[must_use]
    pub const fn of<F>(name: &'static str, kind: FilterKind) -> Self
    where
        F: Field<Entity = E, Value: Into<Value>>,
    {
        assert!(
            F::FORM.kind.is_some(),
            "a column without a text form can only be filtered by `null`"
        );
        assert!(
            F::META.file.is_none(),
            "nobody types the bytes of a file: such a column can only be filtered by `null`"
        );
        Self {
            name,
            kind,
            meta: F::META,
            column: F::COLUMN,
            parse: |text| (F::FORM.parse)(text).map(Into::into),
        }
    }

    /// A filter by a text inside of the field `F`.
    #[must_use]
    pub const fn text<F>(name: &'static str) -> Self
    where
        F: Field<Entity = E, Value: Searchable + Into<Value>>,
    {
        Self::of::<F>(name, FilterKind::Text)
    }

    /// A filter by whether the field `F` has a value.
    ///
    /// # Panics
    ///
    /// When it is compiled: the column always has a value.
    #[must_use]
    pub const fn null<F: Field<Entity = E>>(name: &'static str) -> Self {
        assert!(
            F::META.nullable,
            "a column that is never NULL needs no filter `null`"
        );
        Self {
            name,
            kind: FilterKind::Null,
            meta: F::META,
            column: F::COLUMN,
            parse: |text| match text {
                "true" => Ok(true.into()),
                "false" => Ok(false.into()),
                _ => Err(FieldError::key("rdj-enter-yes-no")),
            },
        }
    }

    /// Whether it is a yes or a no.
    pub(crate) fn is_choice_of_two(&self) -> bool {
        self.kind == FilterKind::Null || self.meta.kind == Some(InputKind::Checkbox)
    }
}

impl<E: EntityTrait> fmt::Debug for FilterDef<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FilterDef({}, {:?})", self.name, self.kind)
    }
}
