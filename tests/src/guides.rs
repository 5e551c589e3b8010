//! The Rust blocks of the guides, compiled as documentation tests.

/// A page from an empty folder on.
#[doc = include_str!("../../docs/getting-started.md")]
pub struct GettingStarted;

/// The example on the front page.
#[doc = include_str!("../../README.md")]
pub struct Readme;
