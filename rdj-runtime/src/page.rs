//! Pages: an askama template over states, at a route.

pub(crate) mod answers;
mod confirm;
mod follow;
mod held;
pub(crate) mod http;
mod keep;
mod kept;
pub(crate) mod mount;
pub(crate) mod named;
mod posted;
pub mod render;
mod run;
mod share;
pub mod slot;
pub(crate) mod streams;
mod upload;
mod work;

use std::{any::Any, borrow::Cow, fmt};

use axum::response::Response;

pub use self::{
    follow::{follow, is_stale, tables},
    keep::keep,
};
pub(crate) use self::{
    held::Holder,
    kept::{Found, KeptPages, Record},
    run::Shows,
};

use crate::{
    cx::Cx,
    dispatch::BoxFuture,
    error::Result,
    form::{Entries, Upload},
    guard::Guard,
    live::Changes,
    state::{Address, Keeper},
};

/// The facts of a page that do not change.
#[derive(Debug)]
pub struct PageSpec {
    /// The route in axum's syntax, such as `/albums/{id}`.
    pub route: &'static str,
    /// The title in the browser.
    pub title: &'static str,
    /// The struct's name.
    pub name: &'static str,
    /// Where it is declared.
    pub module: &'static str,
    /// Who may open it and send it events.
    pub guard: Guard,
}

/// A page; made by `#[page]`.
pub trait Page: Send + Sync + 'static {
    /// The facts of this page.
    fn spec(&self) -> &'static PageSpec;

    /// Fills the fields that are parameters of the route.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`](crate::Error::NotFound) if a parameter is not of its field's type.
    fn set_params(&mut self, cx: &Cx) -> Result;

    /// Runs `on_load`: by default that of each state, in the order of the fields.
    ///
    /// # Errors
    ///
    /// The page cannot be shown.
    fn load<'a>(&'a mut self, cx: &'a Cx) -> BoxFuture<'a, Result>;

    /// Takes the state named `state` out of the page for an event; see [`slot::lend`].
    fn lend(&mut self, state: &str) -> Option<Box<dyn slot::Lent>>;

    /// Swaps the page's state of this type with `state`: puts back what was lent.
    fn swap(&mut self, state: &mut dyn Any);

    /// Runs what is left to do after an event in all states.
    ///
    /// # Errors
    ///
    /// The first error of a state; the others are asked nevertheless.
    fn after_event<'a>(&'a mut self, cx: &'a Cx) -> BoxFuture<'a, Result>;

    /// The rows of a state as a file; see [`State::export`](crate::state::State::export).
    ///
    /// # Errors
    ///
    /// There is no such file, or the user may not have it.
    fn export<'a>(&'a mut self, cx: &'a Cx, file: &'a str) -> BoxFuture<'a, Result<Response>>;

    /// The file that a column of a row holds; see [`State::file`](crate::state::State::file).
    ///
    /// # Errors
    ///
    /// There is no such file, or the user may not have it.
    fn file<'a>(
        &'a mut self,
        cx: &'a Cx,
        file: &'a str,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Response>>;

    /// How many bytes the file of a field may have; see
    /// [`State::longest_file`](crate::state::State::longest_file).
    fn longest_file(&self, field: &str) -> Option<usize>;

    /// Takes a file for a state; see [`State::import`](crate::state::State::import).
    ///
    /// # Errors
    ///
    /// The state takes no files, or the user may not send any.
    fn import<'a>(
        &'a mut self,
        cx: &'a Cx,
        state: &'a str,
        upload: Upload,
    ) -> BoxFuture<'a, Result>;

    /// Takes up what the address says.
    fn read_query(&mut self, query: &Entries);

    /// The state whose parameters have plain names in the address; those of others carry the name of
    /// their state.
    fn first_state(&self) -> &'static str {
        ""
    }

    /// Writes what can be rebuilt from the address.
    fn write_query(&self, address: &mut Address);

    /// Whether all states stand in the address; see [`State::is_in_address`](crate::state::State).
    fn is_in_address(&self) -> bool {
        false
    }

    /// Lets its states name what they take along to another process.
    fn keep(&mut self, keeper: &mut Keeper);

    /// The tables that its states follow.
    fn tables(&self) -> Vec<Cow<'static, str>> {
        Vec::new()
    }

    /// Whether one of its states has not read a change yet; `since` is known to all of them.
    fn is_stale(&self, _changes: &Changes, _since: u64) -> bool {
        false
    }

    /// Lets the states take up the changes that they have not read yet.
    ///
    /// # Errors
    ///
    /// The first error of a state; the others are asked nevertheless.
    fn follow<'a>(
        &'a mut self,
        _cx: &'a Cx,
        _changes: &'a Changes,
        _since: u64,
    ) -> BoxFuture<'a, Result> {
        Box::pin(async { Ok(()) })
    }

    /// Appends the page's HTML to `out`.
    ///
    /// # Errors
    ///
    /// The template fails.
    fn render(&self, out: &mut String) -> askama::Result<()>;
}

/// One page, for the list of what is linked into the binary.
pub struct PageDef {
    /// The facts of the page.
    pub spec: &'static PageSpec,
    /// Makes an empty one.
    pub new: fn() -> Box<dyn Page>,
    /// The guards of its states: whoever opens it passes them all.
    pub guards: fn() -> Vec<Guard>,
    /// What is known of its states.
    pub describe: fn() -> Vec<slot::StateFacts>,
}

impl fmt::Debug for PageDef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PageDef({})", self.spec.route)
    }
}

inventory::collect!(PageDef);

/// A page type by itself, for explicit registration with [`App::page`](crate::App::page).
pub trait PageType: Page + Default {
    /// The facts of this page.
    const SPEC: &'static PageSpec;

    /// The guards of its states.
    fn guards() -> Vec<Guard>;

    /// What is known of its states, for lists of events.
    fn describe() -> Vec<slot::StateFacts>;

    /// The entry for the list of pages.
    const DEF: PageDef = PageDef {
        spec: Self::SPEC,
        new: || Box::new(Self::default()),
        guards: Self::guards,
        describe: Self::describe,
    };
}
