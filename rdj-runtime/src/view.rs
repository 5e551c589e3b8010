//! What a client has, and the shortest way to what it should have.
//!
//! A page is rendered whole after each event. [`View::update`] compares the rendering with what the
//! client has and writes a patch of a few bytes. Pages must be written the way a browser builds
//! them; [`check`] says whether one is, and the others still work, but are sent whole.

mod attrs;
mod diff;
mod entity;
mod frame;
mod lint;
mod memory;
mod parse;
mod sections;
mod tags;
#[cfg(test)]
mod tests;
mod tree;
mod whole;

#[cfg(feature = "testing")]
pub(crate) use diff::format;
pub use lint::lint;
pub use memory::{Change, Scratch, View};
pub use parse::Refusal;
#[cfg(feature = "testing")]
pub(crate) use sections::place;
pub(crate) use sections::{Cut, Section, SectionOp, cut};
pub(crate) use whole::Shell;
pub use whole::write_body;

/// Can this page be sent as patches? For tests of pages.
///
/// # Errors
///
/// The place of what a browser would repair, or of what is not supported.
pub fn check(html: &str) -> Result<(), Refusal> {
    tree::Tree::default().parse(html)
}
