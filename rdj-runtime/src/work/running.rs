//! How far a task is.

use std::sync::{
    Arc, OnceLock, Weak,
    atomic::{AtomicU8, AtomicU64, Ordering},
};

use tokio::task::AbortHandle;

use super::PageWork;

const RUNNING: u8 = 0;
const DONE: u8 = 1;
const FAILED: u8 = 2;
const CANCELLED: u8 = 3;

/// What a task and its page know of each other.
#[derive(Debug)]
pub(crate) struct Shared {
    status: AtomicU8,
    done: AtomicU64,
    total: AtomicU64,
    /// What the user is told of a failure.
    error: OnceLock<String>,
    abort: OnceLock<AbortHandle>,
    pub(super) page: Weak<PageWork>,
}

impl Shared {
    pub(super) fn new(page: Weak<PageWork>) -> Arc<Self> {
        Arc::new(Self {
            status: AtomicU8::new(RUNNING),
            done: AtomicU64::new(0),
            total: AtomicU64::new(0),
            error: OnceLock::new(),
            abort: OnceLock::new(),
            page,
        })
    }

    fn is(&self, status: u8) -> bool {
        self.status.load(Ordering::Acquire) == status
    }

    pub(super) fn is_running(&self) -> bool {
        self.is(RUNNING)
    }

    pub(super) fn is_cancelled(&self) -> bool {
        self.is(CANCELLED)
    }

    /// Ends it; false if it has ended already.
    fn end(&self, status: u8) -> bool {
        let swap =
            self.status
                .compare_exchange(RUNNING, status, Ordering::AcqRel, Ordering::Acquire);
        swap.is_ok()
    }

    pub(super) fn finish(&self) -> bool {
        self.end(DONE)
    }

    /// Ends it as failed, with what the user is told; false if that is known, or it was cancelled.
    pub(super) fn fail(&self, text: String) -> bool {
        // before the status: who sees the one finds the other
        let _ = self.error.set(text);
        // its last change is made when it is done, and may fail too
        let fails = |status| (status == RUNNING || status == DONE).then_some(FAILED);
        let swap = self
            .status
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, fails);
        swap.is_ok()
    }

    /// Ends it; its future is dropped where it waits now.
    pub(super) fn cancel(&self) {
        self.end(CANCELLED);
        self.stop();
    }

    /// Drops what is left of it; it has ended.
    pub(crate) fn stop(&self) {
        if let Some(abort) = self.abort.get() {
            abort.abort();
        }
    }

    pub(super) fn started(&self, abort: AbortHandle) {
        let _ = self.abort.set(abort);
        // it may have been cancelled before there was something to abort
        if self.is_cancelled() {
            self.stop();
        }
    }

    pub(super) fn set_progress(&self, done: u64, total: u64) {
        self.total.store(total, Ordering::Relaxed);
        self.done.store(done, Ordering::Relaxed);
    }
}

/// A task of a page, as its state keeps it: how far it is, and how to end it.
///
/// The initial value is that of a task that was never started. It is a variable like others:
///
/// ```ignore
/// #[app_state]
/// pub struct ReportState {
///     pub work: Running,
/// }
/// ```
///
/// ```html
/// {% if report.work.is_running() %}
/// <progress value="{{ report.work.done() }}" max="{{ report.work.total() }}"></progress>
/// {% endif %}
/// ```
#[derive(Clone, Debug, Default)]
pub struct Running {
    task: Option<Arc<Shared>>,
}

impl Running {
    pub(super) fn of(task: &Arc<Shared>) -> Self {
        Self {
            task: Some(Arc::clone(task)),
        }
    }

    fn is(&self, status: u8) -> bool {
        self.task.as_ref().is_some_and(|task| task.is(status))
    }

    /// Whether it runs now.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.is(RUNNING)
    }

    /// Whether it has come to its end.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.is(DONE)
    }

    /// Whether it ended with an error or a panic.
    #[must_use]
    pub fn is_failed(&self) -> bool {
        self.is(FAILED)
    }

    /// Whether it was cancelled.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.is(CANCELLED)
    }

    /// What the user is told where it failed.
    #[must_use]
    pub fn error(&self) -> Option<&str> {
        let task = self.task.as_ref().filter(|task| task.is(FAILED))?;
        task.error.get().map(String::as_str)
    }

    /// How many of [`Running::total`] are done.
    #[must_use]
    pub fn done(&self) -> u64 {
        let task = self.task.as_ref();
        task.map_or(0, |task| task.done.load(Ordering::Relaxed))
    }

    /// How many there are to do; 0 as long as the task has not said.
    #[must_use]
    pub fn total(&self) -> u64 {
        let task = self.task.as_ref();
        task.map_or(0, |task| task.total.load(Ordering::Relaxed))
    }

    /// How much of it is done, from 0 to 100.
    #[must_use]
    pub fn percent(&self) -> u64 {
        match self.total() {
            0 => 0,
            total => self.done().min(total).saturating_mul(100) / total,
        }
    }

    /// Ends the task where it waits next: what it holds is dropped there. What it has changed so far
    /// stays. Nothing happens where it does not run.
    pub fn cancel(&self) {
        if let Some(task) = &self.task {
            task.cancel();
        }
    }
}
