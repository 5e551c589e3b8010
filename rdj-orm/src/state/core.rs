//! The variables of a model state that do not depend on its fields.

use std::{collections::BTreeMap, fmt, sync::Arc};

use rdj_runtime::{
    Error,
    component::{Choice, ImportReport},
    form::FieldErrors,
    i18n::Text,
    state::vars::VarForm,
};
use sea_orm::{Value, sea_query::Condition};

use super::{Actions, Conflict, FileDraft, ShownHistory, Spec, listing::Listing};
use crate::{field::Ask, import::Known, model::CrudModel};

/// The variables that every model state has.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of a state"
)]
pub struct Core<E: CrudModel> {
    /// The rows of the page that is shown.
    pub data: Vec<E::Model>,
    /// Why the last action was not done; empty for no error.
    pub error: Text,
    /// The errors of the form by field.
    pub field_errors: FieldErrors,
    /// The key of the row that is edited; none while the form is for a new row.
    pub editing_id: Option<E::Key>,
    /// Changes when the form was emptied or filled anew.
    pub form_reset_key: u64,
    /// The text that is searched for.
    pub search: String,
    /// The page that is shown, from 1.
    pub page: u64,
    /// Rows a page; 0 where all rows are shown.
    pub page_size: u64,
    /// How many rows there are on all pages.
    pub total_count: u64,
    /// How many pages there are, at least 1.
    pub page_count: u64,
    /// The field that the user ordered by, with `-` for the largest first; empty for the declared
    /// order.
    pub ordering: String,
    /// Whether there is a page after this one.
    pub has_next: bool,
    /// Whether there is a page before this one.
    pub has_previous: bool,
    /// The rows of the page with what `select_related` and `prefetch_related` load; empty without both.
    ///
    /// ```html
    /// {% for track in tracks.related %}
    ///   {{ track.name }}{% if let Some(album) = track.album.as_ref() %}, {{ album.title }}{% endif %}
    /// {% endfor %}
    /// ```
    pub related: Vec<E::ModelEx>,
    /// The keys of the rows that the user selected.
    pub selected: Vec<E::Key>,
    /// Whether the user selected all rows that pass the search and the filters, on all pages.
    pub all_selected: bool,
    /// What somebody else changed where the user changed it too, after a save that was stopped.
    pub conflict: Option<Conflict<E>>,
    /// The row as it was when the editing began.
    pub(crate) base: Option<E::Model>,
    /// Whether that row was read when the page was opened: the form may be older.
    pub(crate) reopened: bool,
    /// What the form that was submitted knows of its row.
    pub(crate) told: Told,
    /// The key of the row that is being written; none for a new one.
    pub(crate) writing: Option<E::Key>,
    /// The publication of changed rows up to which the rows were read; none before the first time.
    pub(crate) read_at: Option<u64>,
    /// Whether the list is read because of a change, which it must show.
    pub(crate) follows_change: bool,
    pub(crate) drafts: BTreeMap<&'static str, Draft>,
    pub(crate) files: BTreeMap<&'static str, FileDraft>,
    pub(crate) choices: BTreeMap<&'static str, Offer>,
    /// What was typed into the search of a field and sent with the form.
    pub(crate) searches: BTreeMap<&'static str, String>,
    /// What a form without JavaScript asks to make rows of.
    pub(crate) creates: BTreeMap<&'static str, String>,
    pub(crate) labels: BTreeMap<&'static str, BTreeMap<String, String>>,
    /// The row that the address asks to edit.
    pub(crate) asked: Option<Asked<E::Key>>,
    /// Whether the page is just being opened with that row.
    pub(crate) opening: bool,
    /// Why that row is not edited: the answer to the next save.
    pub(crate) unopened: Option<Error>,
    /// Which choices the hook is asked for.
    pub(crate) ask: Ask,
    /// The key that a row of an import brings.
    pub(crate) new_key: Option<E::Key>,
    /// What was found out beforehand about the rows of an import that goes on.
    pub(crate) known: Option<Arc<Known<E>>>,
    /// Whether the row of a save is kept.
    pub(crate) keeps_saved: bool,
    /// The row of the last save, if it is kept.
    pub(crate) saved: Option<E::Model>,
    /// For a child row: the column that refers to the parent, and the parent.
    pub(crate) tied: Option<(E::Column, Value)>,
    /// What was found in a file.
    pub(crate) import: Option<Box<ImportReport>>,
    /// The row whose history is shown.
    pub(crate) history: Option<ShownHistory<E>>,
    /// The row whose history the address asks for.
    pub(crate) asked_history: Option<E::Key>,
    /// The entry of the history that the write undoes.
    pub(crate) undoes: Option<i64>,
    pub(crate) listing: Listing<E>,
    /// What server code narrowed the rows to.
    pub(crate) filter: Option<Condition>,
    pub(crate) vars: VarForm,
    /// Whether actions ask for permissions of the model.
    pub(super) model_permissions: bool,
    /// What can be done with the rows.
    pub(super) actions: Actions,
    /// Whether the form is made anew when it is emptied or filled.
    resets_form: bool,
}

/// What an address asks to edit.
pub(crate) enum Asked<K> {
    /// The row with this key.
    Key(K),
    /// Something that is no key.
    NoKey,
}

/// The choices of a field that refers to something.
#[derive(Clone, Debug, Default)]
pub(crate) struct Offer {
    pub(crate) choices: Arc<[Choice]>,
    /// What is searched for; none for a field whose choices all stand in a select.
    pub(crate) search: Option<String>,
    /// Whether there are more than those.
    pub(crate) more: bool,
    /// The text of which a new row can be made.
    pub(crate) creates: Option<String>,
}

/// What a form says in hidden controls, for a browser without JavaScript.
#[derive(Clone, Debug, Default)]
pub(crate) struct Told {
    /// Prints of the row when the editing began.
    pub(crate) version: Option<String>,
    /// Prints of the row that a conflict was shown with.
    pub(crate) theirs: Option<String>,
}

/// What was typed and is no value of its field.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) typed: String,
    /// The field's text at that time: a handler that sets the field replaces the draft.
    pub(crate) over: String,
}

impl<E: CrudModel> Core<E> {
    /// The variables before the first load.
    #[must_use]
    pub fn new(spec: &Spec<E>) -> Self {
        Self {
            data: Vec::new(),
            error: Text::default(),
            field_errors: FieldErrors::default(),
            editing_id: None,
            form_reset_key: 0,
            search: String::new(),
            page: 1,
            page_size: spec.paginate_by.unwrap_or(0),
            total_count: 0,
            page_count: 1,
            ordering: String::new(),
            has_next: false,
            has_previous: false,
            related: Vec::new(),
            selected: Vec::new(),
            all_selected: false,
            conflict: None,
            base: None,
            reopened: false,
            told: Told::default(),
            writing: None,
            read_at: None,
            follows_change: false,
            drafts: BTreeMap::new(),
            files: BTreeMap::new(),
            choices: BTreeMap::new(),
            searches: BTreeMap::new(),
            creates: BTreeMap::new(),
            labels: BTreeMap::new(),
            asked: None,
            opening: false,
            unopened: None,
            ask: Ask::All,
            new_key: None,
            known: None,
            keeps_saved: false,
            saved: None,
            tied: None,
            import: None,
            history: None,
            asked_history: None,
            undoes: None,
            listing: Listing::default(),
            filter: None,
            vars: VarForm::default(),
            model_permissions: spec.model_permissions,
            actions: spec.actions,
            resets_form: spec.names.form_reset.is_some(),
        }
    }

    /// Which choices of a field are asked for, for a `get_choices` that makes a query of its own.
    #[must_use]
    pub fn asked_choices(&self) -> &Ask {
        &self.ask
    }

    /// Takes a row as the one that the form is about, from now on; none for a new one.
    pub(crate) fn remember(&mut self, row: Option<E::Model>) {
        self.base = row;
        self.reopened = self.opening;
        self.conflict = None;
        self.told = Told::default();
    }

    /// What the form that was submitted knows of its row, where it may know an older one than this
    /// state: in a page that was opened for it.
    pub(crate) fn told_version(&self) -> Option<&str> {
        let counts = self.reopened || self.base.is_none();
        self.told.version.as_deref().filter(|_| counts)
    }

    /// Whether a row is edited.
    #[must_use]
    pub fn is_editing(&self) -> bool {
        self.editing_id.is_some()
    }

    /// What changes in templates when the form is to be made anew.
    #[doc(hidden)]
    #[must_use]
    pub fn form_key(&self) -> u64 {
        if self.resets_form {
            self.form_reset_key
        } else {
            0
        }
    }

    /// What was found in a file that was checked and not imported.
    #[must_use]
    pub fn import_report(&self) -> Option<&ImportReport> {
        self.import.as_deref()
    }

    /// What was typed into the controls of the state's own variables.
    #[doc(hidden)]
    #[must_use]
    pub fn vars(&self) -> &VarForm {
        &self.vars
    }

    /// What was typed into the controls of the state's own variables.
    #[doc(hidden)]
    pub fn vars_mut(&mut self) -> &mut VarForm {
        &mut self.vars
    }
}

impl<E: CrudModel> fmt::Debug for Core<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core")
            .field("model", &E::NAME)
            .field("rows", &self.data.len())
            .field("editing_id", &self.editing_id)
            .field("page", &self.page)
            .finish_non_exhaustive()
    }
}
