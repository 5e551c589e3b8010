//! What a state can do: the actions that it declares, and the traits that say so to the compiler.

use crate::hooks::Action;

/// The actions of a state: `actions(list, create, update, delete)`, by default all of them.
///
/// An action that is left out has no events, runs no hooks and is refused wherever it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "a set of four")]
pub struct Actions {
    /// Rows are listed.
    pub list: bool,
    /// New rows are made.
    pub create: bool,
    /// Rows are edited.
    pub update: bool,
    /// Rows are deleted.
    pub delete: bool,
}

impl Actions {
    /// All of them.
    pub const ALL: Self = Self {
        list: true,
        create: true,
        update: true,
        delete: true,
    };

    /// Whether there is a form: to make rows or to edit them.
    #[must_use]
    pub const fn save(self) -> bool {
        self.create || self.update
    }

    /// Whether this is one of them; editing belongs to `update`.
    #[must_use]
    pub const fn allow(self, action: Action) -> bool {
        match action {
            Action::List | Action::Export => self.list,
            Action::Import => self.save(),
            Action::Create => self.create,
            Action::Edit | Action::Update => self.update,
            Action::Delete => self.delete,
        }
    }
}

macro_rules! offers {
    ($($(#[$doc:meta])* $name:ident: $lacks:literal, $write:literal;)*) => {$(
        $(#[$doc])*
        ///
        /// `#[model_state]` implements it.
        #[diagnostic::on_unimplemented(
            message = $lacks,
            label = "this state does not do that",
            note = $write
        )]
        pub trait $name {}
    )*};
}

offers! {
    /// A state that lists rows.
    Lists: "`{Self}` lists no rows", "add `list` to `actions(..)`";
    /// A state that makes new rows.
    Creates: "`{Self}` makes no rows", "add `create` to `actions(..)`";
    /// A state that edits rows.
    Updates: "`{Self}` edits no rows", "add `update` to `actions(..)`";
    /// A state that makes or edits rows: it has a form.
    Saves: "`{Self}` saves no rows", "add `create` or `update` to `actions(..)`";
    /// A state that deletes rows.
    Deletes: "`{Self}` deletes no rows", "add `delete` to `actions(..)`";
    /// A list in pages.
    Pages: "`{Self}` has no pages", "add `paginate_by = 20` to `#[model_state(..)]`";
    /// A list that can be searched.
    Searches: "`{Self}` has no search", "add `search_fields(..)` to `#[model_state(..)]`";
    /// A list that the user can order.
    Orders:
        "`{Self}` has one order", "add `ordering_fields(..)` to `#[model_state(..)]`";
    /// A state that shows what was changed in its rows.
    HasHistory: "`{Self}` shows no history", "add `history` to `#[model_state(..)]`";
    /// A list that the user can filter.
    Filters: "`{Self}` has no filters", "add `filters(..)` to `#[model_state(..)]`";
    /// A list with rows that the user can select.
    Selects:
        "rows of `{Self}` cannot be selected", "add `bulk_actions(..)` to `#[model_state(..)]`";
    /// A list whose selected rows can be deleted.
    DeletesSelected:
        "`{Self}` deletes no selected rows",
        "add `bulk_actions(delete_selected)` to `#[model_state(..)]`";
    /// A state whose events have the names that all states share, such as `save`.
    Canonical:
        "`{Self}` has events with names of its own only",
        "use the event that is named after the model, such as `save_note`, or take \
         `use_canonical_api = false` out";
}
