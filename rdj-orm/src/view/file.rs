//! The control of a field with a file, and the address of the file.

use rdj_runtime::{
    component::FileControl, i18n::text_with, page::render::address_with_all, state::State,
};

use crate::{
    download::is_shown,
    field::{Field, FileRules, file_length},
    model::{CrudModel, key_text},
    state::{FieldDef, FileDraft, Key, ModelState, Row},
};

pub(super) fn control<S: ModelState>(
    state: &S,
    field: &FieldDef<S>,
    rules: &FileRules,
) -> FileControl {
    let core = state.core();
    let name = field.meta.name;
    // what is stored, not what was chosen and may still be refused
    let stored = core.base.as_ref().map(|row| text::<S>(row, name));
    let stored = stored.filter(|text| !text.is_empty()).unwrap_or_default();
    let key = core.editing_id.as_ref().filter(|_| !stored.is_empty());
    FileControl {
        accept: rules.accept.join(","),
        href: key.map(|key| file_url_of::<S>(key, name)),
        removable: !stored.is_empty() && !field.is_required(),
        removed: matches!(core.files.get(name), Some(FileDraft::Removed)),
        stored: shown(&stored),
    }
}

fn text<S: ModelState>(row: &Row<S>, name: &str) -> String {
    S::Entity::text(row, name).unwrap_or_default()
}

/// How many bytes a text of bytes stands for, as people read it; empty for none.
pub(super) fn shown(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    text_with("rdj-bytes", &[("count", file_length(text).into())])
}

/// The address of a file of a row: the page's own, so it passes all layers and the guards of the page.
pub(crate) fn file_url_of<S: ModelState>(key: &Key<S>, name: &str) -> String {
    let file = format!("{}.{name}", <S as State>::NAME);
    address_with_all(&[("_file", &file), ("_key", &key_text(key))])
}

/// The address of the file that a row has in the column `F`; none where there is no file, or where the
/// state shows the column neither in its form nor in its list.
pub fn file_url<S: ModelState, F: Field<Entity = S::Entity>>(row: &Row<S>, _: F) -> Option<String> {
    let name = F::META.name;
    let has = is_shown::<S>(name) && !(F::FORM.text)(F::get(row)).is_empty();
    has.then(|| file_url_of::<S>(&S::Entity::key(row), name))
}
