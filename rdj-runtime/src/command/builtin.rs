//! The commands that every application has.

mod check;
mod mail;
mod messages;
mod routes;
mod serve;
mod sessions;

pub use self::sessions::SessionCleaner;
pub(super) use self::{check::check, serve::serve};
use super::Command;

/// All of them.
pub(super) fn all() -> Vec<Command> {
    vec![
        serve::command(),
        check::command(),
        routes::routes().unstarted(),
        routes::show_urls().unstarted(),
        sessions::command(),
        mail::command().unstarted(),
        messages::command().unstarted(),
    ]
}
