//! Events as the server sees them: a name, JSON arguments, a handler.

use std::{borrow::Cow, fmt, future::Future, pin::Pin};

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::value::RawValue;

use crate::{
    cx::Cx,
    error::{Error, Result},
    form::Entries,
    guard::Guard,
    upload::UploadLimits,
};

/// A boxed future that can move between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// One event on its way to a state: what the browser sent, parsed but not yet typed.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// The event's name, without the state.
    pub event: &'a str,
    /// A JSON array.
    pub args: &'a str,
    /// The entries of the form, if the event is a submit.
    pub form: Option<&'a Entries>,
}

impl<'a> Call<'a> {
    /// The arguments as a tuple, such as `(i64, String)`; `()` for none.
    ///
    /// # Errors
    ///
    /// [`Error::BadArguments`] if their number or a type differs.
    pub fn args<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_str(self.args).map_err(|error| self.bad(&error))
    }

    /// The only argument.
    ///
    /// # Errors
    ///
    /// [`Error::BadArguments`] if there is not exactly one, or it is no `T`.
    pub fn arg<T: DeserializeOwned>(&self) -> Result<T> {
        self.args::<(T,)>().map(|(value,)| value)
    }

    /// The arguments one by one, each to be read by [`EventArg::read`].
    ///
    /// # Errors
    ///
    /// There are more or fewer.
    pub fn raw<const N: usize>(&self) -> Result<[&'a RawValue; N]>
    where
        [&'a RawValue; N]: Deserialize<'a>,
    {
        serde_json::from_str(self.args).map_err(|error| self.bad(&error))
    }

    /// Checks that there are no arguments.
    ///
    /// # Errors
    ///
    /// [`Error::BadArguments`] if there are.
    pub fn no_args(&self) -> Result {
        self.args::<[(); 0]>().map(|_| ())
    }

    /// The answer to an event that no handler takes.
    #[must_use]
    pub fn unknown(&self) -> Error {
        Error::UnknownEvent(self.event.to_owned())
    }

    fn bad(&self, error: &serde_json::Error) -> Error {
        Error::BadArguments(format!("{}: {error}", self.event))
    }
}

/// What is known of an event without running it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventFacts {
    /// The event's name.
    pub name: Cow<'static, str>,
    /// Who may send it, beside what its state asks for.
    pub guard: Guard,
    /// The names of its arguments.
    pub args: &'static [&'static str],
    /// The files that it takes, if it is an upload.
    pub upload: Option<UploadLimits>,
}

impl EventFacts {
    /// An event without arguments and without a guard of its own.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name: Cow::Borrowed(name),
            guard: Guard::NONE,
            args: &[],
            upload: None,
        }
    }

    /// The event that sets a variable.
    #[must_use]
    pub fn setter(variable: &str) -> Self {
        Self {
            name: Cow::Owned(format!("set_{variable}")),
            args: &["value"],
            ..Self::new("")
        }
    }

    /// The same event with these names of arguments.
    #[must_use]
    pub fn with_args(mut self, args: &'static [&'static str]) -> Self {
        self.args = args;
        self
    }
}

/// One handler of a state `S`, as `#[events]` registers it.
pub struct EventDef<S> {
    /// What is known of the event.
    pub facts: EventFacts,
    /// Decodes the arguments and runs the handler.
    pub run: for<'a> fn(&'a mut S, &'a Cx, Call<'a>) -> BoxFuture<'a, Result>,
}

impl<S> fmt::Debug for EventDef<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("EventDef").field(&self.facts).finish()
    }
}

/// What an event may return.
#[diagnostic::on_unimplemented(
    message = "an event cannot return `{Self}`",
    label = "not an event's result",
    note = "return nothing, or `rdj::Result`"
)]
pub trait IntoOutcome {
    /// The result for the dispatcher.
    ///
    /// # Errors
    ///
    /// The handler failed.
    fn into_outcome(self) -> Result;
}

impl IntoOutcome for () {
    fn into_outcome(self) -> Result {
        Ok(())
    }
}

impl IntoOutcome for Result {
    fn into_outcome(self) -> Result {
        self
    }
}

/// An event's argument: read from the browser's JSON.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an event argument: it is not `Deserialize`",
    label = "event arguments come from the browser as JSON",
    note = "derive `serde::Deserialize` and `serde::Serialize` for `{Self}`"
)]
pub trait EventArg: Sized {
    /// Reads it from JSON.
    ///
    /// # Errors
    ///
    /// It is no value of this type.
    fn read(json: &RawValue) -> serde_json::Result<Self>;
}

impl<T: DeserializeOwned> EventArg for T {
    fn read(json: &RawValue) -> serde_json::Result<Self> {
        serde_json::from_str(json.get())
    }
}

/// Reads one argument of an event; a type that cannot be one is reported here, once.
///
/// # Errors
///
/// [`Error::BadArguments`] if it is no value of this type.
#[doc(hidden)]
pub fn read_arg<T: EventArg>(call: &Call<'_>, json: &RawValue) -> Result<T> {
    T::read(json).map_err(|error| call.bad(&error))
}

/// Boxes a handler's future; a future that is not `Send` is reported here.
#[doc(hidden)]
pub fn boxed<'a, T>(future: impl Future<Output = T> + Send + 'a) -> BoxFuture<'a, T> {
    Box::pin(future)
}
