//! What the macros share: reporting, options, names, paths.

pub(crate) mod diagnostic;
pub(crate) mod ident;
pub(crate) mod item;
pub(crate) mod keyed;
pub(crate) mod paths;
