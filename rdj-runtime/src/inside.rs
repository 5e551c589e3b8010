//! Seeing inside: what each event costs by its parts, for traces, metrics and the panel of developers.
//!
//! Nothing is measured, and no clock is read, unless somebody listens: a subscriber that wants the span
//! `rdj.event`, [`App::metrics`](crate::App::metrics) or [`App::devtools`](crate::App::devtools).

mod devtools;
mod meter;
mod metrics;
mod watch;

pub(crate) use self::{
    devtools::{Devtools, is_on},
    meter::{Ended, Part, begin, count_bytes, ended_as},
    watch::{Inside, Kind, Watch},
};
pub use self::{
    meter::{StatementTimer, statement},
    metrics::Metrics,
};
