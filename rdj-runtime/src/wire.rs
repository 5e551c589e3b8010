//! What travels between the browser and the server; `docs/wire.md` has the formats.

mod effect;
mod event;
mod frame;

pub(crate) use self::{
    effect::{Effect, Inside},
    event::{Event, Go, Incoming, Join},
    frame::{Frame, Kind},
};

/// The protocol's version, in the join and its answer.
pub(crate) const VERSION: u32 = 1;
