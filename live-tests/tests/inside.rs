//! Tests: what is measured, and what stands under pressure.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by a panic")]

mod figures;
mod flood;
mod kinds;
pub(crate) mod large;
pub(crate) mod process;
mod quiet;
mod slow;
