//! Going through a file in one transaction.

use csv::ReaderBuilder;
use rdj_runtime::{Cx, Error, Result, form::Upload, i18n::text};
use sea_orm::{ConnectionTrait as _, DbBackend};

use super::{ImportReport, chunk::rows, mapping::Mapping, sequence::advance};
use crate::{
    db::{CxDb, Transaction},
    pipeline::readable,
    state::ModelState,
};

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
    let mut done = rows.await;
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
