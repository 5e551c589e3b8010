//! What the macros share: reporting, options, guards, names, paths.

pub(crate) mod diagnostic;
pub(crate) mod guard;
pub(crate) mod ident;
pub(crate) mod item;
pub(crate) mod keyed;
pub(crate) mod order;
pub(crate) mod paths;
