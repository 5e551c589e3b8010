//! The notes again, followed by whoever looks at them.

use rdj::prelude::*;

use super::notes::note;

/// Lists and saves notes.
#[model_state(
    model = note::Entity,
    fields(title, content),
    ordering(-created_at),
    search_fields(title, content),
    paginate_by = 20,
)]
pub(crate) struct LinesState;

/// The page.
#[page(route = "/lines", template = "lines.html", title = "Lines")]
pub(crate) struct LinesPage {
    pub lines: LinesState,
}
