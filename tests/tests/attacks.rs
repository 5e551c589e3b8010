//! Attacks on a running application by a raw client; `docs/security.md` says what each of them is about.

#![expect(clippy::expect_used, reason = "a test fails by a panic")]
#![expect(clippy::print_stderr, reason = "the figures of the timing tests")]

mod addresses;
mod features;
mod forged;
mod frames;
mod guessing;
mod headers;
mod idor;
mod lengths;
mod names;
mod raw;
mod reset;
mod rows;
mod sessions;
mod site;
mod timing;
mod tokens;
