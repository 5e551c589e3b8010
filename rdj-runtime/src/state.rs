//! States: what a page holds on the server.

mod address;
#[doc(hidden)]
pub mod keep;
pub mod vars;

use std::{any::Any, borrow::Cow, fmt};

use axum::response::Response;

pub use self::{
    address::{Address, Query},
    keep::Keeper,
};
use crate::{
    cx::Cx,
    dispatch::{BoxFuture, Call, EventFacts},
    error::{Error, Result},
    form::Upload,
    guard::Guard,
};

/// The variables and events of one part of a page; made by `#[app_state]` and `#[model_state]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a state",
    label = "not a state",
    note = "a page's fields are states (`#[app_state]`, `#[model_state]`) or parameters of its route"
)]
pub trait State: Any + Default + Send + Sync {
    /// The name on the wire and in addresses: `notes` for `NotesState`.
    const NAME: &'static str;
    /// Who may open a page with this state and send it events.
    const GUARD: Guard = Guard::NONE;

    /// What is known of an event of the user's `#[events]` block; none for generated ones.
    #[must_use]
    fn event_facts(_event: &str) -> Option<EventFacts> {
        None
    }

    /// All events that a browser can send, for lists of them.
    #[must_use]
    fn events() -> Vec<EventFacts> {
        Vec::new()
    }

    /// Runs when a signed-in user may not send an event, in place of a refusal: the function marked
    /// `#[on_denied]`.
    fn on_denied<'a>(&'a mut self, _cx: &'a Cx) -> BoxFuture<'a, Result> {
        Box::pin(async { Err(Error::Denied) })
    }

    /// Runs when the page is opened, before it is rendered, unless the page names its own `on_load`.
    ///
    /// # Errors
    ///
    /// The page cannot be shown.
    fn on_load<'a>(&'a mut self, _cx: &'a Cx) -> BoxFuture<'a, Result> {
        Box::pin(async { Ok(()) })
    }

    /// What `on_load = NotesState::load` of a page names: [`State::on_load`], unless the state has a
    /// function `load` of its own.
    ///
    /// # Errors
    ///
    /// As [`State::on_load`].
    fn load<'a>(&'a mut self, cx: &'a Cx) -> BoxFuture<'a, Result> {
        self.on_load(cx)
    }

    /// What is left to do after an event of the page, whichever of its states the event was for; nothing
    /// for most states.
    fn after_event<'a>(&'a mut self, _cx: &'a Cx) -> Option<BoxFuture<'a, Result>> {
        None
    }

    /// Runs the handler of an event.
    ///
    /// # Errors
    ///
    /// There is no such event, its arguments are wrong, or the handler failed.
    fn dispatch<'a>(&'a mut self, cx: &'a Cx, call: Call<'a>) -> BoxFuture<'a, Result>;

    /// What a user without JavaScript is asked before an event, on a page of its own: by default the
    /// question that the control on the page asks. Further lines say more about it; none runs the event
    /// at once.
    fn question(&mut self, _call: &Call<'_>, question: String) -> Option<String> {
        Some(question)
    }

    /// The rows of the state as a file, such as `csv`; by default there are none.
    ///
    /// # Errors
    ///
    /// There is no such file, or the user may not have it.
    fn export<'a>(&'a mut self, _cx: &'a Cx, _format: &'a str) -> BoxFuture<'a, Result<Response>> {
        Box::pin(async { Err(Error::NotFound) })
    }

    /// The content of a file that a column of a row holds; by default there is none.
    ///
    /// # Errors
    ///
    /// There is no such file, or the user may not have it.
    fn file<'a>(
        &'a mut self,
        _cx: &'a Cx,
        _column: &'a str,
        _key: &'a str,
    ) -> BoxFuture<'a, Result<Response>> {
        Box::pin(async { Err(Error::NotFound) })
    }

    /// How many bytes the file may have that a form sends for a field; none for a field that takes no
    /// file.
    #[must_use]
    fn longest_file(_field: &str) -> Option<usize> {
        None
    }

    /// Takes a file with rows, or confirms one that was taken before; by default none is.
    ///
    /// # Errors
    ///
    /// The state takes no files, or the user may not send any.
    fn import<'a>(&'a mut self, _cx: &'a Cx, _upload: Upload) -> BoxFuture<'a, Result> {
        Box::pin(async { Err(Error::NotFound) })
    }

    /// The tables that it follows: a change in one of them by anybody calls [`State::follow`]. None for
    /// a state that is not live.
    #[must_use]
    fn tables() -> Vec<Cow<'static, str>> {
        Vec::new()
    }

    /// The publication of [`Changes`](crate::live::Changes) up to which its rows are known to be read:
    /// changes until then are no reason to read them again.
    fn read_at(&self) -> u64 {
        0
    }

    /// Takes up what was changed in these of its tables, with the rights of whom the page is for; what
    /// the user types and where they are stays.
    ///
    /// # Errors
    ///
    /// The rows cannot be read.
    fn follow<'a>(
        &'a mut self,
        _cx: &'a Cx,
        _tables: &'a [Cow<'static, str>],
    ) -> BoxFuture<'a, Result> {
        Box::pin(async { Ok(()) })
    }

    /// Takes up what the page's address says, such as the search and the page number.
    fn read_query(&mut self, _query: &Query<'_>) {}

    /// Writes what can be rebuilt from the address.
    fn write_query(&self, _address: &mut Address) {}

    /// Names what the page takes along to another process, after a restart or behind a proxy that knows
    /// no sticky sessions: each variable once, with [`Keeper::var`].
    ///
    /// There the page is opened from its address first, `on_load` runs, and then the values are given
    /// back. By default nothing can be kept, and the state is as its address and `on_load` make it.
    fn keep(&mut self, keeper: &mut Keeper) {
        keeper.refuse();
    }

    /// Whether the address says all there is: nothing is lost when the page is opened from it.
    ///
    /// After an event without JavaScript the browser is sent to the address if so; otherwise the page
    /// is the answer itself.
    fn is_in_address(&self) -> bool {
        false
    }
}

/// One state, for the list of what is linked into the binary.
pub struct StateDef {
    /// The name on the wire.
    pub name: &'static str,
    /// Where it is declared.
    pub module: &'static str,
}

impl fmt::Debug for StateDef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StateDef({}::{})", self.module, self.name)
    }
}

inventory::collect!(StateDef);
