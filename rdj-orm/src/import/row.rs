//! One row of a file, the way of a form that is saved.

use csv::StringRecord;
use rdj_runtime::{Cx, Error, Result, form::FieldErrors, i18n::text};
use sea_orm::{ActiveModelBehavior, ActiveModelTrait as _, IntoActiveModel as _};

use super::{
    batch::Batch,
    chunk::Line,
    known::{Known, Place},
    mapping::Mapping,
};
use crate::{
    db::CxDb,
    export::cell::{is_text, unguard},
    hooks::Action,
    model::CrudModel,
    ops::{self, Stop},
    pipeline::{authorize_row, find, scope},
    state::{Active, Key, ModelState, Row},
    words,
};

/// What became of a row.
pub(super) enum Stored {
    Created,
    /// It will be created with others.
    Waits,
    Updated,
    Unchanged,
    /// Labels of fields, empty for the whole row, and what is wrong.
    Refused(Vec<(String, String)>),
}

/// What rows are stored with.
pub(super) struct Desk<'a, S: ModelState> {
    pub(super) mapping: &'a Mapping<S>,
    pub(super) batch: &'a Batch<S::Entity>,
    pub(super) known: &'a Known<S::Entity>,
    /// Whether new rows can wait for others.
    pub(super) waits: bool,
    /// Whether an update is a statement for its row and nothing else.
    pub(super) updates_plainly: bool,
}

/// Saves a row as the form would.
pub(super) async fn store<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    line: &Line<S>,
    desk: &Desk<'_, S>,
) -> Result<Stored, Stop> {
    let key = match &line.key {
        Ok(key) => key,
        Err(name) => {
            let wrong = vec![(label::<S>(name), text("rdj-import-key"))];
            return Ok(Stored::Refused(wrong));
        }
    };
    ops::clear_form(state);
    let before = match key {
        Some(key) => existing(state, cx, key, desk.known).await?,
        None => None,
    };
    if let Some(before) = before {
        return update(state, cx, line, desk, before).await;
    }
    take(state, &line.record, desk.mapping);
    state.core_mut().new_key.clone_from(key);
    let stored = create(state, cx, line, desk).await;
    state.core_mut().new_key = None;
    stored
}

async fn create<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    line: &Line<S>,
    desk: &Desk<'_, S>,
) -> Result<Stored, Stop> {
    if !desk.waits {
        return ops::create_inside(state, cx).await.map(|_| Stored::Created);
    }
    let new = ops::prepare_inside(state, cx).await?;
    let new = ActiveModelBehavior::before_save(new, &cx.db()?, true).await;
    let new = new.map_err(Error::from)?;
    desk.known.waits(&new);
    desk.batch.put(line.number, new).await;
    Ok(Stored::Waits)
}

async fn update<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    line: &Line<S>,
    desk: &Desk<'_, S>,
    before: Row<S>,
) -> Result<Stored, Stop> {
    let key = S::Entity::key(&before);
    (S::hooks().populate_edit_state)(state, cx, &before).await?;
    state.core_mut().editing_id = Some(key.clone());
    take(state, &line.record, desk.mapping);
    if is_unchanged(state, before.clone()) {
        return Ok(Stored::Unchanged);
    }
    let writes = desk.known.writes();
    let row = ops::update_inside(state, cx, before).await?;
    if desk.updates_plainly {
        let now = S::Entity::key(&row);
        desk.known.updated(writes, &key, &now);
    }
    Ok(Stored::Updated)
}

/// The row with this key, if it exists for the user, who may change it.
async fn existing<S: ModelState>(
    state: &S,
    cx: &Cx,
    key: &Key<S>,
    known: &Known<S::Entity>,
) -> Result<Option<Row<S>>> {
    let row = match known.place(key) {
        Place::Unknown => match find(state, cx, Action::Update, key).await {
            Err(Error::NotFound) => return Ok(None),
            row => return row.map(Some),
        },
        Place::Absent => {
            // its hooks are asked for each row, and may refuse
            scope(state, cx).await?;
            None
        }
        Place::There => {
            let query = scope(state, cx).await?;
            known.row(cx, key, query).await?
        }
    };
    if let Some(row) = &row {
        authorize_row(state, cx, Action::Update, row).await?;
    }
    Ok(row)
}

/// Types the cells into the form.
pub(super) fn take<S: ModelState>(state: &mut S, record: &StringRecord, mapping: &Mapping<S>) {
    let formulas = S::SPEC.export.is_some_and(|export| export.formulas);
    for (at, field) in &mapping.fields {
        let cell = record.get(*at).unwrap_or_default();
        let cell = if !formulas && is_text(&field.meta) {
            unguard(cell)
        } else {
            cell
        };
        field.take(state, cell);
    }
}

fn is_unchanged<S: ModelState>(state: &S, row: Row<S>) -> bool {
    let mut active: Active<S> = row.into_active_model();
    for field in S::FIELDS {
        if field.draft_error(state).is_some() {
            return false;
        }
        field.store(state, &mut active);
    }
    !active.is_changed()
}

/// What the user has to correct in a row that was not saved.
pub(super) async fn told<S: ModelState>(cx: &Cx, stored: Result<Stored, Stop>) -> Result<Stored> {
    let stop = match stored {
        Ok(stored) => return Ok(stored),
        Err(stop) => stop,
    };
    match ops::refusals::<S>(cx, stop).await {
        Ok(errors) => Ok(Stored::Refused(labelled::<S>(&errors))),
        Err(error) if error.is_internal() => Err(error),
        Err(error) => {
            let said = error.public_text().into_owned();
            Ok(Stored::Refused(vec![(String::new(), said)]))
        }
    }
}

fn labelled<S: ModelState>(errors: &FieldErrors) -> Vec<(String, String)> {
    let errors = errors.iter();
    errors
        .map(|(name, text)| (label::<S>(name), text.into_owned()))
        .collect()
}

/// What the user calls a field.
fn label<S: ModelState>(name: &str) -> String {
    let meta = S::Entity::FIELDS.iter().find(|meta| meta.name == name);
    meta.map_or_else(String::new, |meta| {
        words::field::<S::Entity>(meta).into_owned()
    })
}
