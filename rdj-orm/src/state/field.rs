//! The editable fields of a state: what was typed, what it means, what is wrong with it.

use std::fmt;

use rdj_runtime::{
    form::{FieldError, FormValue, InputKind},
    names::is_same,
};
use sea_orm::EntityTrait;

use super::{Active, ModelState, Row, core::Draft};
use crate::field::{ChangeLinks, Editable, FieldMeta, FormField, Linked, LoadLinks, ManyOps};

/// A variable of the state `S` for the field that implements this; implemented by generated code.
pub trait ModelVar<S: ModelState>: FormField<Entity = S::Entity> {
    /// Reads the variable.
    fn var(state: &S) -> &Self::Value;

    /// Changes the variable.
    fn var_mut(state: &mut S) -> &mut Self::Value;
}

/// A [`ModelVar`] among others of its state.
pub struct FieldDef<S: ModelState> {
    /// The facts of the field.
    pub meta: FieldMeta,
    /// Whether `required_fields` asks for it, although its column can be NULL.
    required: bool,
    set: fn(&mut S, &str) -> Result<(), FieldError>,
    problem: fn(&str) -> Option<FieldError>,
    text: fn(&S) -> String,
    blank: fn(&S) -> bool,
    reset: fn(&mut S),
    fill: fn(&mut S, &Row<S>),
    store: fn(&S, &mut Active<S>),
    store_new: fn(&mut Active<S>),
    rules: fn(&S) -> Result<(), FieldError>,
    file: fn(&mut S, Option<Vec<u8>>),
    pub(crate) many: Option<Many<S>>,
}

/// What a many-to-many relation among the fields does.
pub(crate) struct Many<S: ModelState> {
    pub(crate) linked: LoadLinks<Row<S>>,
    pub(crate) change: ChangeLinks<Row<S>>,
    pub(crate) keys: fn(&S) -> Vec<Linked>,
    pub(crate) set: fn(&mut S, &[Linked]),
}

impl<S: ModelState> Many<S> {
    const fn of<F: ModelVar<S>>() -> Option<Self> {
        match &F::MANY {
            None => None,
            Some(ManyOps { linked, change, .. }) => Some(Self {
                linked: *linked,
                change: *change,
                keys: keys::<S, F>,
                set: set_keys::<S, F>,
            }),
        }
    }
}

fn keys<S: ModelState, F: ModelVar<S>>(state: &S) -> Vec<Linked> {
    F::MANY.map_or_else(Vec::new, |ops| (ops.keys)(F::var(state)))
}

fn set_keys<S: ModelState, F: ModelVar<S>>(state: &mut S, keys: &[Linked]) {
    if let Some(value) = F::MANY.and_then(|ops| (ops.value)(keys)) {
        *F::var_mut(state) = value;
    }
}

impl<S: ModelState> FieldDef<S> {
    /// The entry of a field.
    #[must_use]
    pub const fn of<F: ModelVar<S>>() -> Self {
        Self {
            meta: F::META,
            required: false,
            set: set::<S, F>,
            problem: problem::<F>,
            text: text::<S, F>,
            blank: blank::<S, F>,
            reset: reset::<S, F>,
            fill: fill::<S, F>,
            store: store::<S, F>,
            store_new: store_new::<F>,
            rules: rules::<S, F>,
            file: file::<S, F>,
            many: Many::of::<F>(),
        }
    }

    /// The same field; a form cannot be saved without it.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Whether a form cannot be saved without it.
    #[must_use]
    pub fn is_required(&self) -> bool {
        (self.required && self.meta.kind != Some(InputKind::Checkbox)) || self.meta.is_required()
    }

    /// The text in the control: what was typed, or the value.
    #[must_use]
    pub fn shown(&self, state: &S) -> String {
        let text = (self.text)(state);
        match state.core().drafts.get(self.meta.name) {
            Some(draft) if draft.over == text => draft.typed.clone(),
            _ => text,
        }
    }

    /// The text of the value.
    pub(crate) fn text(&self, state: &S) -> String {
        (self.text)(state)
    }

    /// Whether the control is empty: nothing was filled in yet.
    pub(crate) fn is_empty(&self, state: &S) -> bool {
        self.shown(state).is_empty()
    }

    /// Forgets what was typed: the variable was set.
    pub(crate) fn settle(&self, state: &mut S) {
        state.core_mut().drafts.remove(self.meta.name);
    }

    /// Takes up what was typed.
    pub(crate) fn take(&self, state: &mut S, typed: &str) {
        let over = (self.text)(state);
        state.core_mut().field_errors.remove(self.meta.name);
        // a value that is more exact than its text, such as a time, stays as it is
        if over == typed && !self.is_blank_draft(state, &over) {
            state.core_mut().drafts.remove(self.meta.name);
            return;
        }
        let empty = typed.trim().is_empty() && self.is_required();
        let result = if empty && !self.is_text() {
            Err(required())
        } else {
            (self.set)(state, typed)
        };
        match result {
            Ok(()) => {
                state.core_mut().drafts.remove(self.meta.name);
            }
            Err(error) => {
                let draft = Draft {
                    typed: typed.to_owned(),
                    over,
                };
                state.core_mut().drafts.insert(self.meta.name, draft);
                state.core_mut().field_errors.add_to(self.meta.name, error);
            }
        }
    }

    /// Sets the variable to the content of a file, or to none.
    pub(super) fn set_file(&self, state: &mut S, content: Option<Vec<u8>>) {
        (self.file)(state, content);
    }

    fn is_blank_draft(&self, state: &S, text: &str) -> bool {
        let draft = state.core().drafts.get(self.meta.name);
        draft.is_some_and(|draft| draft.typed.is_empty() && draft.over == text)
    }

    fn is_text(&self) -> bool {
        self.meta.kind == Some(InputKind::Text)
    }

    /// What is wrong with the text that was typed, if it is no value.
    pub(crate) fn draft_error(&self, state: &S) -> Option<FieldError> {
        if self.is_file() {
            return self.file_error(state);
        }
        let draft = state.core().drafts.get(self.meta.name)?;
        if draft.over != (self.text)(state) {
            return None;
        }
        if draft.typed.trim().is_empty() {
            return Some(required());
        }
        (self.problem)(&draft.typed)
    }

    /// What the model's metadata says against the value.
    pub(crate) fn check(&self, state: &S) -> Option<FieldError> {
        if self.is_required() && (self.blank)(state) {
            return Some(required());
        }
        let FieldMeta {
            max_length,
            choices,
            ..
        } = self.meta;
        if max_length.is_some() || !choices.is_empty() {
            let text = (self.text)(state);
            if let Some(most) = max_length.filter(|_| self.is_text()) {
                let length = text.chars().count();
                if length > most as usize {
                    return Some(too_long(length, most));
                }
            }
            let known = choices.iter().any(|(value, _)| *value == text);
            let free = choices.is_empty() || (self.meta.nullable && text.is_empty());
            if !known && !free {
                return Some(FieldError::key("rdj-choose-one"));
            }
        }
        (self.rules)(state).err()
    }

    /// Empties the variable: its default, or nothing, which is blank for numbers and dates too.
    pub(crate) fn reset(&self, state: &mut S) {
        (self.reset)(state);
        let over = (self.text)(state);
        let blank = self.is_required() && self.meta.default.is_none() && !over.is_empty();
        let core = state.core_mut();
        core.drafts.remove(self.meta.name);
        core.files.remove(self.meta.name);
        if blank {
            core.drafts.insert(
                self.meta.name,
                Draft {
                    typed: String::new(),
                    over,
                },
            );
        }
    }

    /// Takes the value of a row.
    pub(crate) fn fill(&self, state: &mut S, row: &Row<S>) {
        (self.fill)(state, row);
        let core = state.core_mut();
        core.drafts.remove(self.meta.name);
        core.files.remove(self.meta.name);
    }

    /// Sets the column, unless it has this value already.
    pub(crate) fn store(&self, state: &S, active: &mut Active<S>) {
        (self.store)(state, active);
    }

    /// Sets the column as an empty form would.
    pub(crate) fn store_new(&self, active: &mut Active<S>) {
        (self.store_new)(active);
    }
}

// functions, where closures would be compiled twice: as themselves and as what a table of functions holds

fn set<S: ModelState, F: ModelVar<S>>(state: &mut S, text: &str) -> Result<(), FieldError> {
    *F::var_mut(state) = (F::FORM.parse)(text)?;
    Ok(())
}

fn problem<F: FormField>(text: &str) -> Option<FieldError> {
    (F::FORM.parse)(text).err()
}

fn text<S: ModelState, F: ModelVar<S>>(state: &S) -> String {
    (F::FORM.text)(F::var(state))
}

fn blank<S: ModelState, F: ModelVar<S>>(state: &S) -> bool {
    (F::FORM.blank)(F::var(state))
}

fn fill<S: ModelState, F: ModelVar<S>>(state: &mut S, row: &Row<S>) {
    if let Some(value) = F::get(row) {
        F::var_mut(state).clone_from(value);
    }
}

fn store<S: ModelState, F: ModelVar<S>>(state: &S, active: &mut Active<S>) {
    F::set(active, F::var(state).clone());
}

fn store_new<F: FormField>(active: &mut <F::Entity as EntityTrait>::ActiveModel) {
    if let Some(value) = new_value::<F>() {
        F::set(active, value);
    }
}

fn rules<S: ModelState, F: ModelVar<S>>(state: &S) -> Result<(), FieldError> {
    F::check(F::var(state))
}

fn file<S: ModelState, F: ModelVar<S>>(state: &mut S, content: Option<Vec<u8>>) {
    if let Some(value) = F::FORM.file {
        *F::var_mut(state) = value(content);
    }
}

fn reset<S: ModelState, F: ModelVar<S>>(state: &mut S) {
    if let Some(value) = new_value::<F>() {
        *F::var_mut(state) = value;
    }
}

/// The value of a field in a new form; none for a type without a text form.
fn new_value<F: FormField>() -> Option<F::Value> {
    let default = F::META.default.and_then(|text| (F::FORM.parse)(text).ok());
    default.or_else(F::FORM.empty)
}

/// The value of a field in a new form. A field that cannot be edited is reported here.
#[must_use]
pub fn initial<F: FormField<Text: FormValue> + Editable>() -> F::Value {
    F::initial()
}

/// Makes the form of a new state empty.
pub fn start<S: ModelState>(mut state: S) -> S {
    for field in S::FIELDS {
        field.reset(&mut state);
    }
    for inline in S::INLINES {
        inline.ops.reset(&mut state);
    }
    state
}

/// Whether the form of a state has a field of this name; asked while it is compiled.
pub(crate) const fn has_field<S: ModelState>(name: &str) -> bool {
    let mut at = 0;
    while at < S::FIELDS.len() {
        if is_same(S::FIELDS[at].meta.name, name) {
            return true;
        }
        at += 1;
    }
    false
}

fn required() -> FieldError {
    FieldError::key("rdj-required")
}

pub(crate) fn too_long(length: usize, most: u32) -> FieldError {
    FieldError::key("rdj-too-long")
        .arg("most", most)
        .arg("length", length.to_string())
}

impl<S: ModelState> fmt::Debug for FieldDef<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("FieldDef").field(&self.meta.name).finish()
    }
}
