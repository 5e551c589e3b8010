//! Contracts of request access, users and pages, by their numbers in `docs/contracts.md`.

mod bridge;
mod guards;
mod listed;
mod request;
mod routing;
mod sessions;
mod snapshots;
