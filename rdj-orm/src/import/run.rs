//! Going through a file, row by row, in one transaction.

use csv::{Reader, ReaderBuilder, StringRecord};
use rdj_runtime::{
    Cx, Error, Result,
    form::{FieldErrors, Upload},
    i18n::{text, text_with},
};
use sea_orm::{ActiveModelTrait as _, ConnectionTrait as _, DbBackend, IntoActiveModel as _};

use super::{ImportError, ImportReport, mapping::Mapping, sequence::advance};
use crate::{
    db::{CxDb, Transaction},
    export::cell::{is_text, unguard},
    hooks::Action,
    model::CrudModel,
    ops::{self, Stop},
    pipeline::{find, readable},
    state::{Active, Key, ModelState, Row},
    words,
};

/// More errors than this are counted and not shown.
const MAX_ERRORS: usize = 100;

/// Why the transaction is rolled back.
enum End {
    /// It was a check, or there are errors.
    Checked,
    /// Something failed that is no mistake of the file.
    Failed(Error),
}

impl From<Error> for End {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// Goes through a file; what it changes stays only if it is confirmed and has no errors.
pub(super) async fn run<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    upload: &Upload,
    confirmed: bool,
) -> Result<ImportReport> {
    let mut report = ImportReport {
        file: upload.name.clone(),
        ..ImportReport::default()
    };
    let content = upload.content.strip_prefix(b"\xef\xbb\xbf");
    let content = content.unwrap_or(&upload.content);
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(content))
        .flexible(true)
        .from_reader(content);
    let headings = reader.headers().map_err(|_| not_text())?;
    let mapping = Mapping::<S>::new(headings)?;
    report.ignored.clone_from(&mapping.ignored);
    let transaction = Transaction::begin(cx).await?;
    let inside = transaction.cx().clone();
    let rows = rows(state, &inside, &mut reader, &mapping, &mut report);
    let mut done = inside.clone().scope(rows).await;
    if done.is_ok() && report.error_count == 0 {
        done = check_deferred(&inside).await;
    }
    let end = match done {
        Err(error) => Err(End::Failed(error)),
        Ok(()) if confirmed && report.error_count == 0 => {
            let advanced = advance::<S::Entity>(&inside.db()?).await;
            advanced.map_err(End::Failed)
        }
        Ok(()) => Err(End::Checked),
    };
    match transaction.finish(end).await {
        Ok(()) | Err(End::Checked) => Ok(report),
        Err(End::Failed(error)) => Err(readable::<S>(cx, error).await),
    }
}

/// Lets PostgreSQL check now what it would check with the commit, which a dry run never comes to.
async fn check_deferred(cx: &Cx) -> Result {
    let db = cx.db()?;
    if db.get_database_backend() == DbBackend::Postgres {
        db.execute_unprepared("SET CONSTRAINTS ALL IMMEDIATE")
            .await?;
    }
    Ok(())
}

/// What stands between the columns: what is most often in the first line.
fn delimiter(content: &[u8]) -> u8 {
    let first = content.split(|&byte| byte == b'\n').next();
    let first = first.unwrap_or_default();
    let count = |&sign: &u8| first.split(|&byte| byte == sign).count();
    // the last of equals wins: a comma
    let all = [b'\t', b';', b','];
    all.into_iter().max_by_key(count).unwrap_or(b',')
}

fn not_text() -> Error {
    Error::invalid(text("rdj-import-no-text"))
}

async fn rows<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    reader: &mut Reader<&[u8]>,
    mapping: &Mapping<S>,
    report: &mut ImportReport,
) -> Result {
    let alone = cx.db()?.get_database_backend() == DbBackend::Postgres;
    let mut record = StringRecord::new();
    loop {
        let line = reader.position().line();
        match reader.read_record(&mut record) {
            Ok(false) => return Ok(()),
            Ok(true) => {}
            Err(_) => {
                tell(report, line, String::new(), text("rdj-import-no-text"));
                continue;
            }
        }
        let line = record.position().map_or(line, csv::Position::line);
        if record.len() != mapping.width {
            let args = [
                ("expected", mapping.width.to_string().into()),
                ("found", record.len().to_string().into()),
            ];
            tell(
                report,
                line,
                String::new(),
                text_with("rdj-import-width", &args),
            );
            continue;
        }
        let stored = if alone {
            apart(state, cx, &record, mapping).await
        } else {
            row(state, cx, &record, mapping).await
        };
        match told::<S>(cx, stored).await? {
            Stored::Created => report.created += 1,
            Stored::Updated => report.updated += 1,
            Stored::Unchanged => report.unchanged += 1,
            Stored::Refused(errors) => {
                for (field, text) in errors {
                    tell(report, line, field, text);
                }
            }
        }
    }
}

fn tell(report: &mut ImportReport, line: u64, field: String, text: String) {
    report.error_count += 1;
    if report.errors.len() < MAX_ERRORS {
        report.errors.push(ImportError { line, field, text });
    }
}

/// What became of a row.
enum Stored {
    Created,
    Updated,
    Unchanged,
    /// Labels of fields, empty for the whole row, and what is wrong.
    Refused(Vec<(String, String)>),
}

/// What the user has to correct in a row that was not saved.
async fn told<S: ModelState>(cx: &Cx, stored: Result<Stored, Stop>) -> Result<Stored> {
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

/// A row inside of a savepoint: after a statement that failed, PostgreSQL takes no other in the same
/// transaction.
async fn apart<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    record: &StringRecord,
    mapping: &Mapping<S>,
) -> Result<Stored, Stop> {
    let savepoint = Transaction::begin(cx).await?;
    let inside = savepoint.cx().clone();
    let stored = row(state, &inside, record, mapping);
    let stored = inside.clone().scope(stored).await;
    savepoint.finish(stored).await
}

/// Saves a row as the form would.
async fn row<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    record: &StringRecord,
    mapping: &Mapping<S>,
) -> Result<Stored, Stop> {
    let key = match mapping.key(record) {
        Ok(key) => key,
        Err(name) => {
            let wrong = vec![(label::<S>(name), text("rdj-import-key"))];
            return Ok(Stored::Refused(wrong));
        }
    };
    ops::clear_form(state);
    let before = match &key {
        Some(key) => existing(state, cx, key).await?,
        None => None,
    };
    let Some(before) = before else {
        take(state, record, mapping);
        state.core_mut().new_key = key;
        let written = ops::store_inside(state, cx, None).await;
        state.core_mut().new_key = None;
        return written.map(|_| Stored::Created);
    };
    (S::hooks().populate_edit_state)(state, cx, &before).await?;
    state.core_mut().editing_id.clone_from(&key);
    take(state, record, mapping);
    if is_unchanged(state, before) {
        return Ok(Stored::Unchanged);
    }
    let written = ops::store_inside(state, cx, key).await;
    written.map(|_| Stored::Updated)
}

/// The row with this key, if it exists for the user, who may change it.
async fn existing<S: ModelState>(state: &S, cx: &Cx, key: &Key<S>) -> Result<Option<Row<S>>> {
    match find(state, cx, Action::Update, key).await {
        Ok(row) => Ok(Some(row)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Types the cells into the form.
fn take<S: ModelState>(state: &mut S, record: &StringRecord, mapping: &Mapping<S>) {
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
