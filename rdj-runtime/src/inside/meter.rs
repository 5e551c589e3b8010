//! The parts of what runs now, measured where somebody listens.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

tokio::task_local! {
    /// The meter of the event that this task works on; none where nobody listens.
    pub(super) static METER: Option<Arc<Meter>>;
}

/// The most statements that are kept for developers.
const MAX_STATEMENTS: usize = 200;

/// A part of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// From the layers' first line to their last, with the handler.
    Stack,
    /// The handler, or what else the innermost service does.
    Handler,
    /// Rendering the page.
    Render,
    /// Comparing it with what the browser has, and writing the frame.
    Diff,
    /// Until the network has taken the frames.
    Send,
}

/// How an event ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Ended {
    /// The handler ran.
    #[default]
    Ran,
    /// It ran, and the browser was told nothing but that.
    Unchanged,
    /// A layer, a guard, a limit or the handler refused it.
    Refused,
    /// It failed by a fault of the server.
    Failed,
    /// It had run before: sent again after a reconnect.
    Repeated,
}

impl Ended {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ran => "ran",
            Self::Unchanged => "unchanged",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Repeated => "repeated",
        }
    }
}

/// What an event has cost so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Figures {
    pub(super) stack: Duration,
    pub(super) handler: Duration,
    pub(super) render: Duration,
    pub(super) diff: Duration,
    pub(super) send: Duration,
    pub(super) sql: u32,
    pub(super) sql_time: Duration,
    pub(super) bytes: usize,
    pub(super) ended: Ended,
    /// Texts and times of the statements, for developers only.
    pub(super) statements: Vec<(String, Duration)>,
}

/// Where the parts of an event are added up.
#[derive(Debug)]
pub(crate) struct Meter {
    figures: Mutex<Figures>,
    keeps_statements: bool,
}

impl Meter {
    pub(super) fn new(keeps_statements: bool) -> Arc<Self> {
        Arc::new(Self {
            figures: Mutex::default(),
            keeps_statements,
        })
    }

    pub(super) fn take(&self) -> Figures {
        std::mem::take(&mut *self.lock())
    }

    fn lock(&self) -> MutexGuard<'_, Figures> {
        self.figures.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Calls `f` where somebody listens.
fn listening(f: impl FnOnce(&Arc<Meter>)) {
    let _ = METER.try_with(|meter| meter.as_ref().map(f));
}

/// A part that has begun; its time is added when this is dropped.
#[derive(Debug)]
pub(crate) struct Begun(Option<(Arc<Meter>, Part, Instant)>);

/// Begins a part of the present event.
pub(crate) fn begin(part: Part) -> Begun {
    let mut begun = Begun(None);
    listening(|meter| begun.0 = Some((Arc::clone(meter), part, Instant::now())));
    begun
}

impl Drop for Begun {
    fn drop(&mut self) {
        let Some((meter, part, since)) = self.0.take() else {
            return;
        };
        let took = since.elapsed();
        let mut figures = meter.lock();
        *match part {
            Part::Stack => &mut figures.stack,
            Part::Handler => &mut figures.handler,
            Part::Render => &mut figures.render,
            Part::Diff => &mut figures.diff,
            Part::Send => &mut figures.send,
        } += took;
    }
}

/// Notes that so much was sent for the present event.
pub(crate) fn count_bytes(count: usize) {
    listening(|meter| meter.lock().bytes += count);
}

/// Notes how the present event ends. What did not run has not changed nothing.
pub(crate) fn ended_as(ended: Ended) {
    listening(|meter| {
        let mut figures = meter.lock();
        if ended != Ended::Unchanged || figures.ended == Ended::Ran {
            figures.ended = ended;
        }
    });
}

/// A statement that runs; its time is added to the present event when this is dropped.
#[must_use = "it measures until it is dropped"]
#[derive(Debug)]
pub struct StatementTimer(Option<(Arc<Meter>, Option<String>, Instant)>);

/// Counts a statement that the present event sends to a database, for drivers beside `rdj`'s own.
///
/// ```
/// let timer = rdj_runtime::inside::statement("SELECT 1");
/// // .. until the database has answered
/// drop(timer);
/// ```
pub fn statement(sql: &str) -> StatementTimer {
    let mut timer = StatementTimer(None);
    listening(|meter| {
        let text = meter.keeps_statements.then(|| sql.to_owned());
        timer.0 = Some((Arc::clone(meter), text, Instant::now()));
    });
    timer
}

impl Drop for StatementTimer {
    fn drop(&mut self) {
        let Some((meter, text, since)) = self.0.take() else {
            return;
        };
        let took = since.elapsed();
        let mut figures = meter.lock();
        figures.sql += 1;
        figures.sql_time += took;
        if let Some(text) = text.filter(|_| figures.statements.len() < MAX_STATEMENTS) {
            figures.statements.push((text, took));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_measured_where_nobody_listens() {
        assert!(begin(Part::Handler).0.is_none());
        assert!(statement("SELECT 1").0.is_none());
    }

    #[tokio::test]
    async fn parts_are_added_up() {
        let meter = Meter::new(true);
        let work = async {
            let handler = begin(Part::Handler);
            tokio::time::sleep(Duration::from_millis(1)).await;
            drop(handler);
            drop(statement("SELECT 1"));
            drop(statement("SELECT 2"));
            count_bytes(5);
            count_bytes(7);
            ended_as(Ended::Refused);
        };
        METER.scope(Some(Arc::clone(&meter)), work).await;
        let figures = meter.take();
        assert!(figures.handler > Duration::ZERO);
        assert_eq!((figures.sql, figures.bytes), (2, 12));
        assert_eq!(figures.ended, Ended::Refused);
        let texts: Vec<_> = figures.statements.iter().map(|(text, _)| text).collect();
        assert_eq!(texts, ["SELECT 1", "SELECT 2"]);
    }
}
