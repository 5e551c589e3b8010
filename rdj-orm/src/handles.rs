//! The typed event handles that every model state has.

use std::{fmt, marker::PhantomData};

use rdj_runtime::dispatch::{Arg, Bind, Binding, On};

use crate::{
    dispatch::name_of,
    state::{
        Canonical, Creates, Deletes, DeletesSelected, Filters, HasHistory, Key, Lists, ModelState,
        Orders, Pages, Saves, Searches, Selects, Updates,
    },
};

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
    ($($(#[$doc:meta])* $name:ident $(($arg:ident: $type:ty))? for $($needs:ident)+;)*) => {$(
        $(#[$doc])*
        pub fn $name(&self $(, $arg: impl Arg<$type>)?) -> Binding
        where
            $(S: $needs,)+
        {
            let name = name_of::<S>(stringify!($name));
            handles!(self.on, name $(, $arg)?)
        }
    )*};
    ($on:expr, $name:ident) => {
        $on.call($name)
    };
    ($on:expr, $name:ident, $arg:ident) => {
        $on.call_with($name, &$arg)
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
        load for Canonical;
        /// Loads the rows again.
        refresh for Lists Canonical;
        /// Saves the form.
        save for Saves Canonical;
        /// Saves the form as a new row.
        create for Creates Canonical;
        /// Empties the form for a new row.
        #[expect(clippy::new_ret_no_self, reason = "named as the event")]
        new for Creates Canonical;
        /// Deletes a row.
        delete(id: Key<S>) for Deletes Canonical;
        /// Fills the form with a row.
        start_edit(id: Key<S>) for Updates;
        /// Leaves the editing.
        cancel_edit for Saves;
        /// Saves what the user typed over what somebody else changed.
        keep_mine for Updates;
        /// Takes over what somebody else changed.
        take_theirs for Updates;
        /// Shows what was changed in a row.
        show_history(id: Key<S>) for HasHistory;
        /// Puts that away again.
        hide_history for HasHistory;
        /// Undoes a change: the id is that of an entry.
        undo_history(id: i64) for HasHistory;
        /// Searches for the text of the control.
        set_search for Searches;
        /// Shows all rows again.
        clear_search for Searches;
        /// Shows the next page.
        next_page for Pages;
        /// Shows the page before.
        prev_page for Pages;
        /// Shows a page.
        go_to_page(page: u64) for Pages;
        /// Shows so many rows a page.
        set_page_size(size: u64) for Pages;
        /// Shows the first page.
        first_page for Pages;
        /// Shows the last page.
        last_page for Pages;
        /// Filters by the value of the control: `set_filter("genre_id")`.
        set_filter(name: String) for Filters;
        /// Shows the rows without filters.
        clear_filters for Filters;
        /// Selects a row or not, as its box is ticked.
        toggle_row(id: Key<S>) for Selects;
        /// Selects the rows of the page, or none.
        select_page for Selects;
        /// Selects all rows that the list finds, or none.
        select_all for Selects;
        /// Selects no row.
        clear_selection for Selects;
        /// Does what the form of bulk actions names.
        bulk_action for Selects;
        /// Deletes the selected rows.
        delete_selected for DeletesSelected;
        /// Orders by a field, with `-` for the largest first.
        set_ordering(ordering: String) for Orders;
    }
}

/// The handles of generated events for the default components, which show what a state has.
pub(crate) struct Plain<S> {
    state: PhantomData<fn() -> S>,
    form_key: u64,
}

impl<S: ModelState> Plain<S> {
    /// The handles of this state.
    pub(crate) fn new(state: &S) -> Self {
        Self {
            state: PhantomData,
            form_key: state.form_key(),
        }
    }

    /// Sends the event of a function of [`handlers`](crate::handlers) on a click.
    pub(crate) fn click(&self, handler: &'static str) -> Binding {
        self.on_click().call(name_of::<S>(handler))
    }

    /// As [`Plain::click`], with an argument as JSON.
    pub(crate) fn click_with(&self, handler: &'static str, arg: String) -> Binding {
        self.on_click().event(name_of::<S>(handler), arg)
    }

    /// As [`Plain::click`], with the form.
    pub(crate) fn submit(&self, handler: &'static str) -> Binding {
        self.on_submit().call(name_of::<S>(handler))
    }

    /// As [`Plain::click`], when the value of a control was changed; behind arguments as JSON.
    pub(crate) fn change(&self, handler: &'static str, args: String) -> Binding {
        self.on_change().event(name_of::<S>(handler), args)
    }

    /// As [`Plain::change`], while the user types.
    pub(crate) fn input_with(&self, handler: &'static str, args: String) -> Binding {
        self.on_input().event(name_of::<S>(handler), args)
    }

    /// As [`Plain::click`], with the text of a control.
    pub(crate) fn input(&self, handler: &'static str) -> Binding {
        self.on_input().call(name_of::<S>(handler))
    }
}

impl<S: ModelState> Bind for Plain<S> {
    type Events = On;
    const NAME: &'static str = <S as Bind>::NAME;

    fn form_key(&self) -> u64 {
        self.form_key
    }

    fn sends_files(&self) -> bool {
        crate::state::sends_files::<S>()
    }
}
