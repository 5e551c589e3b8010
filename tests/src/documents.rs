//! A page with files in rows, and with rows that are made where others refer to them.

use rdj::prelude::*;

use crate::scenario::{in_place::MadeAlbumsState, uploads::DocumentsState};

/// The documents of the signed-in user, and albums.
#[page(
    route = "/documents",
    template = "documents.html",
    title = "Documents",
    login,
    discover = false
)]
#[expect(missing_debug_implementations, reason = "nobody prints a page")]
pub struct DocumentsPage {
    /// The documents.
    pub documents: DocumentsState,
    /// The albums.
    pub albums: MadeAlbumsState,
}
