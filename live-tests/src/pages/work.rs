//! Pages: handlers that take long.

#![expect(missing_docs, missing_debug_implementations, reason = "pages of tests")]

mod docs;
mod jobs;
mod log;
mod tracks;
mod vault;

pub use self::{
    docs::{DocsPage, DocsState, ShelfPage},
    jobs::{ALIVE, JobsPage, JobsState, MAY_STEP},
    log::{LogPage, LogState},
    tracks::{TracksPage, TracksState},
    vault::{HatchPage, Stored, VaultPage, VaultState},
};
