//! What the integration tests share: a server on a free port, an HTTP client with cookies, and a
//! socket that speaks the wire as a browser does.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    reason = "all of this runs in tests, where a panic is a failure"
)]

pub mod django;
pub mod documents;
mod frame;
pub mod guarded;
#[cfg(doctest)]
mod guides;
pub mod live;
pub mod members;
pub mod models;
pub mod notes;
pub mod orm;
pub mod pages;
pub mod probe;
pub mod scenario;
mod server;
pub mod shelves;
pub mod sign_in;
mod socket;
pub mod store;

pub use self::{
    frame::{Frame, Kind},
    server::{Browser, Server},
    socket::{End, Reply, Socket},
};
