//! Pages for tests of the live engine: small ones over small states, so that they compile fast.
//!
//! `live-pages` serves those that need nothing beside them, for the tests in a browser. `inside-pages` and
//! `kept-pages` serve theirs in processes that tests measure, or end and start again.

#[cfg(doctest)]
mod guides;
pub mod pages;
