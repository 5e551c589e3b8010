//! The typed event handles that every model state has.

use std::{fmt, marker::PhantomData};

use rdj_runtime::dispatch::{Arg, Bind, Binding, On};

use crate::state::{Key, ModelState};

/// Handles of the generated handlers: `notes.on_click().start_edit(note.id)`.
///
/// The state's own handles deref to it, so an event that the user declares under the same name stands
/// before the one here.
pub struct ModelEvents<S> {
    on: On,
    state: PhantomData<fn() -> S>,
}

impl<S> From<On> for ModelEvents<S> {
    fn from(on: On) -> Self {
        Self {
            on,
            state: PhantomData,
        }
    }
}

impl<S> fmt::Debug for ModelEvents<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ModelEvents").field(&self.on).finish()
    }
}

macro_rules! handles {
    ($($(#[$doc:meta])* $name:ident $(($arg:ident: $type:ty))?;)*) => {$(
        $(#[$doc])*
        pub fn $name(&self $(, $arg: impl Arg<$type>)?) -> Binding {
            handles!(self.$name $(($arg))?)
        }
    )*};
    ($self:ident.$name:ident) => {
        $self.on.call(stringify!($name))
    };
    ($self:ident.$name:ident($arg:ident)) => {
        $self.on.call_with(stringify!($name), &$arg)
    };
}

impl<S: ModelState> ModelEvents<S> {
    /// The DOM event and the state.
    #[doc(hidden)]
    #[must_use]
    pub fn on(&self) -> On {
        self.on
    }

    handles! {
        /// Opens the list anew, with the choices of the form.
        load;
        /// Loads the rows again.
        refresh;
        /// Saves the form.
        save;
        /// Saves the form as a new row.
        create;
        /// Deletes a row.
        delete(id: Key<S>);
        /// Fills the form with a row.
        start_edit(id: Key<S>);
        /// Leaves the editing.
        cancel_edit;
        /// Searches for the text of the control.
        set_search;
        /// Shows all rows again.
        clear_search;
        /// Shows the next page.
        next_page;
        /// Shows the page before.
        prev_page;
        /// Shows a page.
        go_to_page(page: u64);
        /// Shows so many rows a page.
        set_page_size(size: u64);
        /// Filters by the value of the control: `set_filter("genre_id")`.
        set_filter(name: String);
        /// Shows the rows without filters.
        clear_filters;
        /// Shows the first page.
        first_page;
        /// Shows the last page.
        last_page;
        /// Selects a row or not, as its box is ticked.
        toggle_row(id: Key<S>);
        /// Selects the rows of the page, or none.
        select_page;
        /// Selects all rows that the list finds, or none.
        select_all;
        /// Selects no row.
        clear_selection;
        /// Deletes the selected rows.
        delete_selected;
        /// Does what the form of bulk actions names.
        bulk_action;
        /// Orders by a field, with `-` for the largest first.
        set_ordering(ordering: String);
    }

    /// Empties the form for a new row.
    #[expect(clippy::new_ret_no_self, reason = "named as the event")]
    pub fn new(&self) -> Binding {
        self.on.call("new")
    }
}

/// A state with only the generated handles, for the default components.
pub(crate) struct Plain<'a, S>(pub(crate) &'a S);

impl<S: ModelState> Bind for Plain<'_, S> {
    type Events = ModelEvents<S>;
    const NAME: &'static str = <S as Bind>::NAME;

    fn form_key(&self) -> u64 {
        self.0.form_key()
    }
}
