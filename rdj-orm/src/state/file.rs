//! Fields with a file: what the user did about it, and what the form holds then.

use rdj_runtime::form::{Entries, FieldError};

use super::{Facts as _, FieldDef, ModelState};

/// What the user did about a file in a form that is not saved yet.
#[derive(Clone, Debug)]
pub(crate) enum FileDraft {
    /// Chose one.
    Chosen,
    /// Asked to take away the stored one.
    Removed,
    /// Chose one that is not taken.
    Refused(FieldError),
}

/// How many bytes the file may have that a form sends for a field; none for a field without a file.
#[must_use]
pub fn longest_file<S: ModelState>(field: &str) -> Option<usize> {
    if !S::TAKES_FILES {
        return None;
    }
    let mut fields = S::FIELDS.iter();
    let field = fields.find(|own| own.meta.name == field)?;
    field.meta.file.map(|rules| rules.max_size)
}

/// Whether forms of the state send files.
#[must_use]
pub fn sends_files<S: ModelState>() -> bool {
    S::TAKES_FILES
}

impl<S: ModelState> FieldDef<S> {
    /// Whether a file is what it takes.
    pub(crate) fn is_file(&self) -> bool {
        self.meta.file.is_some()
    }

    /// Takes up what a form brought; without a file the stored one is kept.
    pub(crate) fn take_file(&self, state: &mut S, entries: &Entries) {
        let Some(rules) = self.meta.file else { return };
        let name = self.meta.name;
        state.core_mut().field_errors.remove(name);
        if let Some(FileDraft::Removed) = state.core_mut().files.remove(name) {
            self.keep_stored(state);
        }
        let draft = if let Some(file) = entries.file(name) {
            if let Some(problem) = rules.problem(file.content.as_deref()) {
                let errors = &mut state.core_mut().field_errors;
                errors.add_to(name, problem.clone());
                FileDraft::Refused(problem)
            } else {
                self.set_file(state, file.content.as_ref().map(|bytes| bytes.to_vec()));
                FileDraft::Chosen
            }
        } else if self.is_removed_by(entries) {
            self.set_file(state, None);
            FileDraft::Removed
        } else {
            return;
        };
        state.core_mut().files.insert(name, draft);
    }

    /// The check box beside a field that can be empty.
    fn is_removed_by(&self, entries: &Entries) -> bool {
        let ticked = || entries.get(&format!("{}-remove", self.meta.name)) == Some("true");
        !self.is_required() && ticked()
    }

    /// Lets the form hold the file of the row that is edited, or none.
    fn keep_stored(&self, state: &mut S) {
        match state.core().base.clone() {
            Some(row) => self.fill(state, &row),
            None => self.reset(state),
        }
    }

    /// After a save that was stopped: what hooks changed is put back to what the form held. A file that
    /// was chosen is not kept: no page can show a browser which one it was, so it is asked for again.
    pub(crate) fn put_back_file(&self, state: &mut S, held: &str) {
        let draft = state.core_mut().files.remove(self.meta.name);
        let is_changed = self.text(state) != held;
        match &draft {
            Some(FileDraft::Removed) if is_changed => self.set_file(state, None),
            Some(FileDraft::Chosen) => self.keep_stored(state),
            _ if is_changed => self.keep_stored(state),
            _ => {}
        }
        if let Some(draft) = draft {
            state.core_mut().files.insert(self.meta.name, draft);
        }
    }

    /// What is wrong with the file that was chosen.
    pub(crate) fn file_error(&self, state: &S) -> Option<FieldError> {
        match state.core().files.get(self.meta.name)? {
            FileDraft::Refused(problem) => Some(problem.clone()),
            FileDraft::Chosen | FileDraft::Removed => None,
        }
    }
}

/// Asks again for the files that were chosen for a form that was not saved.
pub(crate) fn ask_again<S: ModelState>(state: &mut S) {
    if !S::TAKES_FILES {
        return;
    }
    for field in S::FIELDS.iter().filter(|field| field.is_file()) {
        let core = state.core_mut();
        if let Some(FileDraft::Chosen) = core.files.get(field.meta.name) {
            core.files.remove(field.meta.name);
            let again = FieldError::key("rdj-file-again");
            core.field_errors.add_to(field.meta.name, again);
        }
    }
}
