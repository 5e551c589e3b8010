//! A file among the entries of a form.

use axum::body::Bytes;

/// A file that a form brought, for a field that takes files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostedFile {
    /// The file's name in the user's system. It can be anything: never a path to write to.
    pub name: String,
    /// The file; none where it is longer than its field takes.
    pub content: Option<Bytes>,
}
