//! Contracts of request access, users and pages, by their numbers in `docs/contracts.md`.

#![expect(clippy::expect_used, reason = "a test fails by a panic")]

mod auth;
mod bridge;
mod declarations;
mod declared;
mod guards;
mod listed;
mod request;
mod routing;
mod sessions;
mod snapshots;
