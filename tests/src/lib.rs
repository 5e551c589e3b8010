//! What the integration tests share: a server on a free port, an HTTP client with cookies, and a
//! socket that speaks the wire as a browser does.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    reason = "all of this runs in tests, where a panic is a failure"
)]

#[cfg(feature = "sites")]
pub mod django;
#[cfg(feature = "sites")]
pub mod documents;
mod frame;
#[cfg(feature = "sites")]
pub mod guarded;
#[cfg(doctest)]
mod guides;
#[cfg(feature = "sites")]
pub mod live;
#[cfg(feature = "sites")]
pub mod members;
#[cfg(feature = "sites")]
pub mod models;
#[cfg(feature = "sites")]
pub mod notes;
#[cfg(feature = "sites")]
pub mod orm;
#[cfg(feature = "sites")]
pub mod pages;
#[cfg(feature = "sites")]
pub mod probe;
#[cfg(feature = "sites")]
pub mod scenario;
mod server;
#[cfg(feature = "sites")]
pub mod shelves;
#[cfg(feature = "sites")]
pub mod sign_in;
mod socket;
#[cfg(feature = "sites")]
pub mod store;

pub use self::{
    frame::{Frame, Kind},
    server::{Browser, Server, free_port},
    socket::{End, Reply, Socket},
};
