//! From an event's name to the handler: typed arguments on the way in, typed handles on the way out.

mod arg;
mod binding;
mod event;
mod upload;
mod user;

pub use self::{
    arg::{Arg, ControlValue, LastArg, SetterArg, VALUE, json},
    binding::{Bind, Binding, On, WindowEvent, attribute},
    event::{BoxFuture, Call, EventArg, EventDef, EventFacts, IntoOutcome, boxed, read_arg},
    upload::UploadBinding,
    user::{
        EventTable, Handles, HasEvents, NoEvents, OnChange, OnLoad, Probe, UserEvents, handle_arg,
        handle_last,
    },
};
pub(crate) use self::{
    binding::{SUBMIT, Trigger, UnknownKey, escape},
    upload::UPLOAD,
};
