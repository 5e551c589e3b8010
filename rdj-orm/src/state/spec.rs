//! What `#[model_state(..)]` declares.

use std::fmt;

use rdj_runtime::{CurrentUser, Guard};
use sea_orm::EntityTrait;

use super::{Actions, Names, Picker, Rules};
use crate::{
    export::Export,
    field::{Field, FieldMeta, FormField, LoadLinks},
    model::{CrudModel, key_text},
    relation::SearchField,
    state::ListSpec,
};

/// The facts of a model state that do not change.
#[expect(clippy::struct_excessive_bools, reason = "independent options")]
#[derive(Debug)]
pub struct Spec<E: CrudModel> {
    /// What the variables are called.
    pub names: Names,
    /// What can be done with the rows.
    pub actions: Actions,
    /// The order of the list; empty for that of the model, see [`Spec::declared_order`].
    pub ordering: &'static [Order<E>],
    /// The columns that the search looks into.
    pub search_fields: &'static [SearchField],
    /// The column with the owner; rows of others do not exist for the user.
    pub owner: Option<Owner<E>>,
    /// Whether each action asks for the model's permission of Django: `view`, `add`, `change`, `delete`.
    pub model_permissions: bool,
    /// Rows a page; none to show all rows.
    pub paginate_by: Option<u64>,
    /// The most rows a page that a client may ask for.
    pub max_page_size: u64,
    /// The fields that a client may order by.
    pub ordering_fields: &'static [Order<E>],
    /// The columns of the default table.
    pub list_display: &'static [ListColumn<E>],
    /// The columns that the list does not load: rows have none of their values.
    pub exclude_from_row: &'static [E::Column],
    /// Whether the form is emptied after a save.
    pub reset_after_save: bool,
    /// The states whose rows fields can refer to.
    pub pickers: &'static [Picker],
    /// What is written into files; none where the list is not exported.
    pub export: Option<Export>,
    /// Whether rows can be read from files.
    pub import: bool,
    /// Whether the state shows what was changed in its rows, and undoes it.
    pub history: bool,
    /// Filters, pages, related rows and bulk actions.
    pub lists: ListSpec<E>,
    /// Whether an open page shows what others change.
    pub live: bool,
    /// Who may act, and how rows are checked.
    pub rules: Rules<E>,
}

impl<E: CrudModel> Spec<E> {
    /// Whether there are pages.
    #[must_use]
    pub const fn is_paged(&self) -> bool {
        self.actions.list && self.paginate_by.is_some()
    }

    /// Whether the list can be searched.
    #[must_use]
    pub const fn is_searched(&self) -> bool {
        self.actions.list && !self.search_fields.is_empty()
    }

    /// The order of the list: the declared one, else that of the model; empty for the newest first.
    #[must_use]
    pub fn declared_order(&self) -> &'static [Order<E>] {
        if self.ordering.is_empty() {
            E::ordering()
        } else {
            self.ordering
        }
    }

    /// Whether the user can order the list.
    #[must_use]
    pub const fn is_ordered(&self) -> bool {
        self.actions.list && !self.ordering_fields.is_empty()
    }
}

/// An order by one column.
#[derive(Debug)]
pub struct Order<E: EntityTrait> {
    /// The field's name.
    pub name: &'static str,
    /// The column.
    pub column: E::Column,
    /// Largest first.
    pub descending: bool,
}

impl<E: CrudModel> Order<E> {
    /// An order by the field `F`.
    #[must_use]
    pub const fn by<F: Field<Entity = E>>(descending: bool) -> Self {
        Self {
            name: F::META.name,
            column: F::COLUMN,
            descending,
        }
    }
}

/// The column that holds the id of the user who owns a row.
pub struct Owner<E: EntityTrait> {
    /// The column.
    pub column: E::Column,
    /// The user's id as a value of the column's type.
    pub value: fn(i64) -> Option<sea_orm::Value>,
    /// Who sees and changes the rows of everybody; none: nobody does.
    pub bypass: Option<Guard>,
}

impl<E: CrudModel> Owner<E> {
    /// The owner column `F`.
    #[must_use]
    pub const fn of<F: Field<Entity = E>>() -> Self {
        Self {
            column: F::COLUMN,
            value: F::OWNER,
            bypass: None,
        }
    }

    /// The same column; who passes the guard sees and changes the rows of everybody.
    #[must_use]
    pub const fn bypassed_by(mut self, guard: Guard) -> Self {
        self.bypass = Some(guard);
        self
    }

    /// Whether the rows of everybody exist for this user.
    pub(crate) fn is_bypassed_by(&self, user: &CurrentUser) -> bool {
        let guard = self.bypass.as_ref();
        guard.is_some_and(|guard| guard.check(Some(user)).is_ok())
    }
}

impl<E: EntityTrait> fmt::Debug for Owner<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Owner({:?})", self.column)
    }
}

/// One column of the default table.
pub struct ListColumn<E: CrudModel> {
    /// The facts of the column.
    pub meta: FieldMeta,
    /// The column.
    pub column: E::Column,
    /// The text of a row's value.
    pub text: fn(&E::Model) -> String,
    /// Writes a row's value for reading.
    pub show: fn(&E::Model, &mut dyn fmt::Write) -> fmt::Result,
    /// What each row is linked to, for a many-to-many relation.
    pub(crate) linked: Option<LoadLinks<E::Model>>,
}

impl<E: CrudModel> ListColumn<E> {
    /// The column of the field `F`; for a many-to-many relation its text is the row's key.
    #[must_use]
    pub const fn of<F: FormField<Entity = E>>() -> Self {
        Self {
            meta: F::META,
            column: F::COLUMN,
            text: text::<F>,
            show: show::<F>,
            linked: match &F::MANY {
                Some(many) => Some(many.linked),
                None => None,
            },
        }
    }
}

fn text<F: FormField>(row: &<F::Entity as EntityTrait>::Model) -> String {
    match F::get(row) {
        Some(value) => (F::FORM.text)(value),
        None => key_text(&F::Entity::key(row)),
    }
}

fn show<F: FormField>(
    row: &<F::Entity as EntityTrait>::Model,
    out: &mut dyn fmt::Write,
) -> fmt::Result {
    match F::get(row) {
        Some(value) => (F::FORM.show)(value, out),
        None => Ok(()),
    }
}

impl<E: CrudModel> fmt::Debug for ListColumn<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ListColumn({})", self.meta.name)
    }
}
