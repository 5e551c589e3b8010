//! From an event's name to the handler: typed arguments on the way in, typed handles on the way out.

mod arg;
mod binding;
mod event;
mod user;

pub(crate) use self::binding::{SUBMIT, escape};
pub use self::{
    arg::{Arg, SetterArg, json},
    binding::{Bind, Binding, On, attribute},
    event::{BoxFuture, Call, EventArg, EventDef, EventFacts, IntoOutcome, boxed, read_arg},
    user::{
        EventTable, Handles, HasEvents, NoEvents, OnChange, OnLoad, Probe, UserEvents, handle_arg,
    },
};
