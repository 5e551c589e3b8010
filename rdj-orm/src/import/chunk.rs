//! Going through a file in chunks: what the rows of one ask and write is asked and written together.

use std::sync::{Arc, atomic::AtomicU64};

use csv::{Position, Reader, StringRecord};
use rdj_runtime::{
    Cx, Result,
    i18n::{text, text_with},
};

use super::{
    ImportError, ImportReport,
    batch::Batch,
    known::Known,
    mapping::Mapping,
    prepare::prepare,
    row::{Desk, Stored, store, told},
};
use crate::{
    db::{CxDb, Db},
    ops::Stop,
    pipeline::is_plain,
    state::{Key, ModelState},
};

/// The rows of a chunk; memory holds no more of a file's rows.
const ROWS: usize = 500;
/// More errors than this are counted and not shown.
const MAX_ERRORS: usize = 100;

/// A line of a file with as many columns as it should have.
pub(super) struct Line<S: ModelState> {
    pub(super) number: u64,
    pub(super) record: StringRecord,
    /// The key of the row, or the column that has none.
    pub(super) key: Result<Option<Key<S>>, &'static str>,
}

/// A file that is gone through.
struct Walk<'a, S: ModelState> {
    /// The transaction, in which nothing waits.
    cx: &'a Cx,
    /// The same as hooks see it: before a statement of theirs the rows that wait are written.
    seen: Cx,
    db: Db,
    batch: Arc<Batch<S::Entity>>,
    mapping: &'a Mapping<S>,
    report: &'a mut ImportReport,
    /// What is wrong in the chunk, in no order.
    wrong: Vec<ImportError>,
    /// How many lines could not be read.
    unread: usize,
}

/// Saves all rows of a file in the transaction of `cx`; what is wrong is in the report.
pub(super) async fn rows<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    reader: &mut Reader<&[u8]>,
    mapping: &Mapping<S>,
    report: &mut ImportReport,
) -> Result {
    let writes = Arc::new(AtomicU64::new(0));
    let overridden = (S::hooks().overridden)();
    let known = Known::new(cx, Arc::clone(&writes), !overridden.choices)?;
    let batch = Arc::new(Batch::new(cx, writes)?);
    let db = cx.db()?.behind(batch.clone());
    let mut walk = Walk {
        cx,
        seen: cx.with_resource(Arc::new(db.clone())),
        db,
        batch,
        mapping,
        report,
        wrong: Vec::new(),
        unread: 0,
    };
    let known = Arc::new(known);
    state.core_mut().known = Some(Arc::clone(&known));
    let inside = walk.seen.clone();
    let done = inside.scope(chunks(state, &mut walk, reader, &known)).await;
    state.core_mut().known = None;
    done
}

async fn chunks<S: ModelState>(
    state: &mut S,
    walk: &mut Walk<'_, S>,
    reader: &mut Reader<&[u8]>,
    known: &Known<S::Entity>,
) -> Result {
    let overridden = (S::hooks().overridden)();
    let has_many = S::FIELDS.iter().any(|field| field.many.is_some());
    let batch = Arc::clone(&walk.batch);
    let desk = Desk {
        mapping: walk.mapping,
        batch: &batch,
        known,
        waits: is_plain::<S>() && !overridden.create && !has_many,
        updates_plainly: !overridden.update && !has_many,
    };
    loop {
        let lines = read(walk, reader);
        prepare(state, walk.cx, known, &lines, walk.mapping).await?;
        for line in &lines {
            one(state, walk, line, &desk).await?;
        }
        batch.flush(&walk.db).await;
        batch.end(&walk.db, true).await?;
        walk.settle().await?;
        if lines.len() < ROWS {
            return Ok(());
        }
    }
}

async fn one<S: ModelState>(
    state: &mut S,
    walk: &mut Walk<'_, S>,
    line: &Line<S>,
    desk: &Desk<'_, S>,
) -> Result {
    let stored = store(state, &walk.seen, line, desk).await;
    walk.batch.end(&walk.db, stored.is_ok()).await?;
    match told::<S>(walk.cx, stored).await? {
        Stored::Created => walk.report.created += 1,
        Stored::Updated => walk.report.updated += 1,
        Stored::Unchanged => walk.report.unchanged += 1,
        Stored::Waits => {}
        Stored::Refused(errors) => walk.refuse(line.number, errors),
    }
    Ok(())
}

/// Reads the next chunk; a shorter one is the last.
fn read<S: ModelState>(walk: &mut Walk<'_, S>, reader: &mut Reader<&[u8]>) -> Vec<Line<S>> {
    let mut lines = Vec::with_capacity(ROWS);
    let mut record = StringRecord::new();
    while lines.len() < ROWS {
        let line = reader.position().line();
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(_) => {
                walk.refuse_unread(line, text("rdj-import-no-text"));
                continue;
            }
        }
        let line = record.position().map_or(line, Position::line);
        if record.len() != walk.mapping.width {
            let args = [
                ("expected", walk.mapping.width.to_string().into()),
                ("found", record.len().to_string().into()),
            ];
            let said = text_with("rdj-import-width", &args);
            walk.refuse_unread(line, said);
            continue;
        }
        let key = walk.mapping.key(&record);
        lines.push(Line {
            number: line,
            record: std::mem::take(&mut record),
            key,
        });
    }
    lines
}

impl<S: ModelState> Walk<'_, S> {
    /// A line that cannot be read. Such lines come in the order of the file, and a file can be one of them
    /// alone: so many are kept as can be shown.
    fn refuse_unread(&mut self, line: u64, said: String) {
        self.unread += 1;
        if self.unread > MAX_ERRORS {
            self.report.error_count += 1;
        } else {
            self.refuse(line, vec![(String::new(), said)]);
        }
    }

    fn refuse(&mut self, line: u64, errors: Vec<(String, String)>) {
        self.report.error_count += errors.len() as u64;
        // those of a chunk come in no order
        if self.report.errors.len() >= MAX_ERRORS {
            return;
        }
        let errors = errors.into_iter();
        self.wrong
            .extend(errors.map(|(field, text)| ImportError { line, field, text }));
    }

    /// Takes up what became of the rows that waited, and tells what is wrong in the order of the file.
    async fn settle(&mut self) -> Result {
        let outcome = self.batch.take_outcome();
        self.report.created += outcome.created;
        for (line, error) in outcome.refused {
            if let Stored::Refused(errors) = told::<S>(self.cx, Err(Stop::Failed(error))).await? {
                self.refuse(line, errors);
            }
        }
        self.wrong.sort_by_key(|error| error.line);
        let left = MAX_ERRORS.saturating_sub(self.report.errors.len());
        self.report.errors.extend(self.wrong.drain(..).take(left));
        Ok(())
    }
}
