//! Long lists as files, and long files as rows.

use std::{path::Path, sync::Arc, time::Instant};

use axum::{
    body::{Bytes, to_bytes},
    http::Request,
};
use rdj::{
    __private::runtime::form::Upload,
    Cx, Entries, Resources, State as _,
    orm::{
        Db, ModelState as _,
        sea_orm::{ActiveValue::Set, EntityTrait as _},
    },
};

use crate::{
    Result,
    app::{
        self,
        files::FilesState,
        notes::{fill, note},
        plain::files,
    },
    fail,
    report::Row,
};

pub(super) const METHOD: &str = "\
100,000 notes in a SQLite file: all of them written as CSV and as JSON by the state's export, read to the \
end without a network; the CSV then read into an empty table, first as the dry run that the user sees, \
then confirmed. Times by the clock, in one process. By hand: all rows in memory and the csv crate; the \
import checks the title, has no dry run, and inserts 500 rows a statement in one transaction, while rdj \
puts each row through the state's checks and hooks.";

/// The rows of a long list.
const LONG: i64 = 100_000;

pub(super) async fn run(db: &Path) -> Result<Vec<Row>> {
    let path = db.with_extension("long.db");
    let db = app::connect(&path).await?;
    fill(&db).await?;
    lengthen(&db, LONG).await?;
    let mut rows = Vec::new();
    let (csv, took) = export(&db, "csv").await?;
    let first = took;
    rows.push(Row::new("export as CSV", took, "ms"));
    rows.push(Row::new("size as CSV", mebibytes(csv.len()), "MiB"));
    let (_, took) = export(&db, "json").await?;
    rows.push(Row::new("export as JSON", took, "ms"));

    let by_hand = db.pool().cloned().ok_or_else(|| fail("a transaction"))?;
    let start = Instant::now();
    let plain = files::export(&by_hand).await?;
    let hand = milliseconds(start);
    rows.push(Row::new("by hand: export as CSV", hand, "ms"));
    rows.push(Row::new("export as CSV: ratio", first / hand, "x"));

    note::Entity::delete_many().exec(&db).await?;
    let start = Instant::now();
    let count = files::import(&by_hand, &plain).await?;
    let hand = milliseconds(start);
    if i64::try_from(count)? != LONG {
        return Err(fail(format!("{count} rows by hand")));
    }
    rows.push(Row::new("by hand: import", hand, "ms"));

    note::Entity::delete_many().exec(&db).await?;
    let mut state = FilesState::default();
    let upload = Upload {
        name: "notes.csv".to_owned(),
        content: csv,
        entries: Entries::default(),
    };
    let took = import(&db, &mut state, upload).await?;
    rows.push(Row::new("dry run of an import", took, "ms"));
    let report = state.core().import_report().cloned().unwrap_or_default();
    if report.created != LONG.unsigned_abs() {
        return Err(fail(format!("{report:?}")));
    }
    let confirmed = Upload {
        entries: Entries::new(vec![("token".to_owned(), report.token)]),
        ..Upload::default()
    };
    let took = import(&db, &mut state, confirmed).await?;
    rows.push(Row::new("confirmed import", took, "ms"));
    rows.push(Row::new("confirmed import: ratio", took / hand, "x"));
    drop(db);
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", path.display()));
    }
    Ok(rows)
}

/// Adds what the table lacks of a list of so many notes.
pub(super) async fn lengthen(db: &Db, rows: i64) -> Result {
    let ids: Vec<i64> = (app::ROWS + 1..=rows).collect();
    for some in ids.chunks(500) {
        let rows = some.iter().map(|id| note::ActiveModel {
            id: Set(*id),
            title: Set(format!("Note {id} about the matter")),
            content: Set(Some(format!("What there is to say about number {id}."))),
            created_at: Set(rdj::orm::sea_orm::prelude::ChronoDateTimeUtc::UNIX_EPOCH),
        });
        note::Entity::insert_many(rows).exec(db).await?;
    }
    Ok(())
}

async fn export(db: &Db, format: &str) -> Result<(Bytes, f64)> {
    let mut state = FilesState::default();
    let start = Instant::now();
    let answer = state.export(&cx(db), format).await?;
    let file = to_bytes(answer.into_body(), usize::MAX).await?;
    Ok((file, milliseconds(start)))
}

async fn import(db: &Db, state: &mut FilesState, upload: Upload) -> Result<f64> {
    let start = Instant::now();
    state.import(&cx(db), upload).await?;
    Ok(milliseconds(start))
}

fn cx(db: &Db) -> Cx {
    let (parts, ()) = Request::new(()).into_parts();
    let mut resources = Resources::default();
    resources.insert(db.clone());
    Cx::new(parts, Vec::new(), None, Arc::new(resources))
}

fn milliseconds(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1000.0
}

#[expect(clippy::cast_precision_loss, reason = "a size for people")]
fn mebibytes(bytes: usize) -> f64 {
    bytes as f64 / (1024.0 * 1024.0)
}
