//! Pages for tests of the live engine: small ones over small states, so that they compile fast.
//!
//! `live-pages` serves all of them for the tests in a browser.

#[cfg(doctest)]
mod guides;
pub mod pages;
