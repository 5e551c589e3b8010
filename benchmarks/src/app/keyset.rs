//! The notes in pages that are found by the row beside them.

use rdj::prelude::*;

use super::notes::note;

/// Pages notes.
#[model_state(
    model = note::Entity,
    actions(list),
    ordering(-created_at),
    paginate_by = 20,
    pagination = keyset,
    live = false,
)]
pub(crate) struct KeysetState;

/// The page.
#[page(route = "/keyset", template = "keyset.html", title = "Notes")]
pub(crate) struct KeysetPage {
    pub notes: KeysetState,
}
