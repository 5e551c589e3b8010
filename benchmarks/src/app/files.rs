//! A list that is written into files and read from them.

use rdj::prelude::*;

use super::notes::note;

/// All notes.
#[model_state(
    model = note::Entity,
    fields(title, content),
    ordering(id),
    export,
    import,
)]
pub(crate) struct FilesState;
