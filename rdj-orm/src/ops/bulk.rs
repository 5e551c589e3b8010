//! Work with many rows in one transaction, each row undone by itself.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use rdj_runtime::{Cx, Error, Result, dispatch::BoxFuture};
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Condition};

use super::{clear_form, delete::delete_row, list::found};
use crate::{
    backend::enter,
    db::{CxDb, Transaction},
    hooks::{Action, Query},
    model::{CrudModel, has_key},
    pipeline::{
        authorize, authorize_row, behind, by_key, is_used, key_columns, locked, readable, scope,
    },
    state::{Key, ModelState, Progress, Row},
    words,
};

/// How many rows are loaded at once.
const BATCH: usize = 200;
/// How many refused rows are named to the user.
const NAMED: usize = 5;
/// How often the user is shown how far it is: what takes less time shows its end alone.
const INTERVAL: Duration = Duration::from_millis(200);

/// What is done with one row.
pub(super) trait Work<S: ModelState>:
    for<'a> FnMut(&'a mut S, &'a Cx, Row<S>) -> BoxFuture<'a, Result> + Send
{
}

impl<S: ModelState, W> Work<S> for W where
    W: for<'a> FnMut(&'a mut S, &'a Cx, Row<S>) -> BoxFuture<'a, Result> + Send
{
}

/// What became of the selected rows.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct BulkReport {
    /// With how many rows the work was done.
    pub done: u64,
    /// How many rows it left out.
    pub refused: u64,
    /// What the user calls the first of those, and why.
    pub reasons: Vec<(String, String)>,
    /// Whether the row that is edited was one of the done.
    edited: bool,
}

impl BulkReport {
    fn refuse(&mut self, label: String, reason: String) {
        self.refused += 1;
        if self.reasons.len() < NAMED {
            self.reasons.push((label, reason));
        }
    }

    /// Tells the user: `key` is the message for what was done.
    pub(crate) fn tell<S: ModelState>(&self, cx: &Cx, key: &str) {
        let messages = cx.messages();
        if self.done > 0 {
            messages.success(words::counted::<S::Entity>(key, self.done));
        }
        if self.refused > 0 {
            let mut text = words::counted::<S::Entity>("rdj-bulk-refused", self.refused);
            for (label, reason) in &self.reasons {
                text.push('\n');
                text.push_str(label);
                text.push_str(": ");
                text.push_str(reason);
            }
            messages.warning(text);
        }
        if self.done == 0 && self.refused == 0 {
            messages.info(words::about::<S::Entity>("rdj-bulk-none"));
        }
    }
}

/// Deletes the selected rows.
pub(crate) async fn delete_selected<S: ModelState>(state: &mut S, cx: &Cx) -> Result<BulkReport> {
    let report = for_selected(state, cx, Action::Delete, |state, cx, row| {
        Box::pin(async move {
            // what went along with a row before it was recorded with that one
            if S::Entity::HISTORY && !is_there::<S>(cx, &row).await? {
                return Ok(());
            }
            delete_row(state, cx, &row).await
        })
    });
    let report = report.await?;
    if report.edited {
        clear_form(state);
    }
    Ok(report)
}

async fn is_there<S: ModelState>(cx: &Cx, row: &Row<S>) -> Result<bool> {
    let key = has_key::<S::Entity>(&S::Entity::key(row));
    let found = S::Entity::find().filter(key).one(&cx.db()?).await?;
    Ok(found.is_some())
}

/// Does `work` with each selected row.
pub(crate) async fn for_selected<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    action: Action,
    work: impl for<'a> FnMut(&'a mut S, &'a Cx, Row<S>) -> BoxFuture<'a, Result> + Send,
) -> Result<BulkReport> {
    let cx = &*enter::<S>(cx)?;
    let transaction = Transaction::begin(cx).await?;
    let inside = transaction.cx().clone();
    let done = inside
        .clone()
        .scope_boxed(Box::pin(run(state, &inside, action, work)))
        .await;
    let report = match transaction.finish(done).await {
        Ok(report) => report,
        Err(error) if action == Action::Delete && is_used(&error) => {
            return Err(Error::Conflict(words::about::<S::Entity>("rdj-in-use")));
        }
        Err(error) => return Err(readable::<S>(cx, error).await),
    };
    state.core_mut().clear_selection();
    Ok(report)
}

async fn run<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    action: Action,
    mut work: impl Work<S>,
) -> Result<BulkReport> {
    authorize(state, cx, action).await?;
    let mut report = BulkReport::default();
    let mut telling = Telling::begin(state);
    let mut left = state.core().selected.clone();
    let mut last: Option<Row<S>> = None;
    loop {
        let rows = if state.core().all_selected {
            let query = found(state, cx).await?;
            let rows = next::<S>(cx, query.clone(), last.as_ref()).await?;
            let Some(end) = rows.last() else {
                return Ok(report);
            };
            last = Some(end.clone());
            let keys: Vec<_> = rows.iter().map(S::Entity::key).collect();
            these::<S>(cx, query, &keys).await?
        } else {
            let keys: Vec<_> = left.drain(..left.len().min(BATCH)).collect();
            if keys.is_empty() {
                return Ok(report);
            }
            named(state, cx, &keys, &mut report).await?
        };
        for row in rows {
            let (key, label) = (S::Entity::key(&row), S::Entity::label(&row));
            let done = match authorize_row(state, cx, action, &row).await {
                Ok(()) => one(state, cx, row, &mut work).await,
                Err(error) => Err(error),
            };
            match done {
                Ok(()) => {
                    report.done += 1;
                    report.edited |= state.core().editing_id.as_ref() == Some(&key);
                }
                Err(error) => report.refuse(label, reason::<S>(error)?),
            }
            telling.tell(state, cx, &report).await;
        }
    }
}

/// Shows how far the work is while it runs.
struct Telling {
    progress: Arc<Progress>,
    next: Instant,
}

impl Telling {
    fn begin<S: ModelState>(state: &mut S) -> Self {
        let core = state.core_mut();
        let total = if core.all_selected {
            S::SPEC.lists.count.then_some(core.total_count)
        } else {
            Some(core.selected.len() as u64)
        };
        let progress = Arc::new(Progress::new(total));
        core.listing.progress = Arc::downgrade(&progress);
        Self {
            progress,
            next: Instant::now() + INTERVAL,
        }
    }

    async fn tell<S: ModelState>(&mut self, state: &mut S, cx: &Cx, report: &BulkReport) {
        if Instant::now() < self.next {
            return;
        }
        self.progress.set_done(report.done + report.refused);
        cx.flush(state).await;
        self.next = Instant::now() + INTERVAL;
    }
}

/// The rows behind the last one, in the order of their keys: rows that the work takes away do not matter.
async fn next<S: ModelState>(
    cx: &Cx,
    query: Query<S>,
    last: Option<&Row<S>>,
) -> Result<Vec<Row<S>>> {
    let db = cx.db()?;
    let columns = key_columns::<S::Entity>();
    let query = match last {
        Some(row) => query.filter(behind::<S::Entity>(
            db.get_database_backend(),
            &columns,
            row,
        )),
        None => query,
    };
    let query = by_key(columns, query).limit(BATCH as u64);
    Ok(query.all(&db).await?)
}

/// The rows with these keys that exist for the user.
async fn named<S: ModelState>(
    state: &S,
    cx: &Cx,
    keys: &[Key<S>],
    report: &mut BulkReport,
) -> Result<Vec<Row<S>>> {
    let rows = these::<S>(cx, scope(state, cx).await?, keys).await?;
    for _ in rows.len()..keys.len() {
        let text = Error::NotFound.public_text().into_owned();
        report.refuse(words::one::<S::Entity>(), text);
    }
    Ok(rows)
}

/// The rows of a query with these keys, as they stay until the commit.
async fn these<S: ModelState>(cx: &Cx, query: Query<S>, keys: &[Key<S>]) -> Result<Vec<Row<S>>> {
    let any = keys.iter().map(has_key::<S::Entity>);
    let any = any.fold(Condition::any(), Condition::add);
    let db = cx.db()?;
    let query = locked(&db, query, any).await?;
    let query = by_key(key_columns::<S::Entity>(), query);
    Ok(query.all(&db).await?)
}

async fn one<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    row: Row<S>,
    work: &mut impl Work<S>,
) -> Result {
    let savepoint = Transaction::begin(cx).await?;
    let inside = savepoint.cx().clone();
    let done = inside.clone().scope(work(state, &inside, row)).await;
    savepoint.finish(done).await
}

/// Why a row was left out, for the user; an internal error ends everything.
fn reason<S: ModelState>(error: Error) -> Result<String> {
    if is_used(&error) {
        return Ok(words::about::<S::Entity>("rdj-in-use"));
    }
    if error.is_internal() {
        return Err(error);
    }
    Ok(error.public_text().into_owned())
}
