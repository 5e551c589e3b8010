//! What a state takes along to another process: its form and its selection. Rows are read anew, and the
//! address says the rest.

use std::collections::BTreeMap;

use rdj_runtime::state::Keeper;
use serde::{Deserialize, Serialize};

use crate::{
    model::{key_text, parse_key},
    state::ModelState,
    view::version,
};

/// A form and a selection.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// The row that is edited: a form for another row takes up nothing.
    editing: Option<String>,
    /// The browser makes a form anew when its key changes, and loses what is typed there.
    form_key: u64,
    /// Prints of that row when the editing began, so that a save does not undo what others change
    /// meanwhile.
    version: Option<String>,
    /// The texts in the controls.
    fields: BTreeMap<String, String>,
    selected: Vec<String>,
    all_selected: bool,
    /// Whether server code narrowed the rows.
    filtered: bool,
}

/// Keeps the form and the selection; false where nothing of the state is kept. It refuses where something
/// is under way that is more than texts: child rows that were changed, files, a list that is imported.
pub fn keep<S: ModelState>(state: &mut S, keeper: &mut Keeper) -> bool {
    const NAME: &str = "__core";
    if keeper.restores() {
        let mut kept = None;
        keeper.var(NAME, &mut kept);
        if kept.is_none_or(|kept| !restore(state, kept)) {
            keeper.refuse();
            return false;
        }
    } else {
        let core = state.core();
        let is_more = core.import.is_some() || !core.files.is_empty();
        if is_more || S::INLINES.iter().any(|inline| inline.ops.is_changed(state)) {
            keeper.refuse();
            return false;
        }
        keeper.var(NAME, &mut written(state));
    }
    true
}

fn written<S: ModelState>(state: &S) -> Kept {
    let core = state.core();
    let texts = S::FIELDS.iter().filter(|field| !field.is_file());
    Kept {
        editing: core.editing_id.as_ref().map(key_text),
        form_key: core.form_reset_key,
        version: version(state),
        fields: texts
            .map(|field| (field.meta.name.to_owned(), field.shown(state)))
            .collect(),
        selected: core.selected.iter().map(key_text).collect(),
        all_selected: core.all_selected,
        filtered: core.filter.is_some(),
    }
}

/// Gives all of it back; false, with nothing changed, where that cannot be.
fn restore<S: ModelState>(state: &mut S, kept: Kept) -> bool {
    let core = state.core();
    let editing = core.editing_id.as_ref().map(key_text);
    if editing != kept.editing || core.filter.is_some() != kept.filtered {
        return false;
    }
    let selected = kept.selected.iter().map(|text| parse_key(text));
    let Some(selected) = selected.collect::<Option<Vec<_>>>() else {
        return false;
    };
    let mut changed = Vec::new();
    for field in S::FIELDS {
        let text = kept.fields.get(field.meta.name);
        if let Some(text) = text.filter(|text| **text != field.shown(state)) {
            // the label of another row than the one of before would have to be read
            if field.meta.relation.is_some() {
                return false;
            }
            changed.push((field, text));
        }
    }
    for (field, text) in changed {
        field.take(state, text);
    }
    let core = state.core_mut();
    core.selected = selected;
    core.form_reset_key = kept.form_key;
    if core.editing_id.is_some() {
        core.told.version = kept.version;
    }
    core.all_selected = kept.all_selected;
    true
}
