//! What a form says of its row, and of what somebody else changed.

use rdj_runtime::{
    component::{ConflictRow, ConflictView, Control},
    dispatch::Bind,
    form::InputKind,
    i18n,
};

use super::field::control;
use crate::{
    pipeline::Prints,
    state::{ConflictField, ModelState},
    words,
};

/// The hidden control with prints of the row when the editing began.
pub(crate) const VERSION: &str = "_version";
/// The hidden control with prints of the row that a conflict is shown with.
pub(crate) const THEIRS: &str = "_theirs";

/// What the form knows of the row that is edited. What it was told stays: the row may have been read
/// again since.
pub(crate) fn version<S: ModelState>(state: &S) -> Option<String> {
    let core = state.core();
    let asks = S::SPEC.rules.optimistic_concurrency && core.is_editing();
    let base = core.base.as_ref().filter(|_| asks)?;
    let told = core.told_version().map(ToOwned::to_owned);
    Some(told.unwrap_or_else(|| Prints::of::<S>(base).text()))
}

/// The conflict that a save was stopped by.
pub(super) fn conflict<S: ModelState>(state: &S) -> Option<ConflictView> {
    let conflict = state.core().conflict.as_ref()?;
    Some(ConflictView {
        state: <S as Bind>::NAME,
        theirs: Prints::of::<S>(&conflict.theirs).text(),
        fields: conflict
            .fields
            .iter()
            .filter_map(|field| row(state, field))
            .collect(),
    })
}

fn row<S: ModelState>(state: &S, changed: &ConflictField) -> Option<ConflictRow> {
    let field = S::FIELDS
        .iter()
        .find(|field| field.meta.name == changed.name)?;
    let control = control(state, field);
    let read = |text: &str| read(&control, text);
    Some(ConflictRow {
        label: words::field::<S::Entity>(&field.meta).into_owned(),
        original: changed.original.as_deref().map(read),
        theirs: read(&changed.theirs),
        yours: read(&changed.yours),
    })
}

/// A value as people read it: the label of a choice, yes or no.
fn read(control: &Control, text: &str) -> String {
    match control {
        Control::Select(choices) => {
            let choice = choices.iter().find(|choice| choice.value == text);
            choice.map_or_else(|| text.to_owned(), |choice| choice.label.clone())
        }
        Control::Input(InputKind::Checkbox) => i18n::text(match text {
            "true" => "rdj-yes",
            _ => "rdj-no",
        }),
        Control::File(_) => super::file::shown(text),
        _ => text.to_owned(),
    }
}
