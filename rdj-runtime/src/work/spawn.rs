//! Starting a task of a page.

use std::{panic::AssertUnwindSafe, sync::Arc};

use futures_util::FutureExt as _;

use super::{Running, Task, running::Shared};
use crate::{
    bridge::panic_text,
    cx::Cx,
    dispatch::IntoOutcome,
    error::{Error, Result},
    i18n,
    runtime::incident,
    state::State,
    wire::Effect,
};

impl Cx {
    /// Starts a task that belongs to the page of this event: `cx.spawn(self, async move |task| { .. })`.
    ///
    /// The event ends, the task goes on, and changes the state with [`Task::update`]. It ends with the
    /// page: when its user leaves it, or does not come back within
    /// [`Config::hold_time`](crate::Config::hold_time) after a lost connection, or loses the right to
    /// it. What must happen in any case is no work of a page.
    ///
    /// An error is told to the user, a panic or an internal error by an id under which its cause is in
    /// the log. Free functions such as [`current_user`](crate::current_user) say in the task what they
    /// say in the event that started it.
    ///
    /// # Errors
    ///
    /// The page has [`Config::max_tasks_per_page`](crate::Config::max_tasks_per_page) already, or there
    /// is no page, as in a command.
    ///
    /// ```ignore
    /// #[events]
    /// impl ReportState {
    ///     async fn build(&mut self, cx: &Cx) -> Result {
    ///         self.work = cx.spawn(self, async move |task| {
    ///             for month in 1..=12 {
    ///                 let sum = sum_up(month).await?;
    ///                 task.update(move |state| state.sums.push(sum)).await;
    ///                 task.progress(month, 12);
    ///             }
    ///             Ok(())
    ///         })?;
    ///         Ok(())
    ///     }
    ///
    ///     async fn stop(&mut self, _cx: &Cx) {
    ///         self.work.cancel();
    ///     }
    /// }
    /// ```
    pub fn spawn<S, W, F>(&self, state: &S, work: W) -> Result<Running>
    where
        S: State,
        W: FnOnce(Task<S>) -> F,
        F: Future<Output: IntoOutcome> + Send + 'static,
    {
        let work = |task| {
            let work = work(task);
            async move { work.await.into_outcome() }
        };
        self.spawn_then(state, work, |_, _, ()| ())
    }

    /// As [`Cx::spawn`], and gives what the task returns to `end`, as its last change of the state.
    ///
    /// # Errors
    ///
    /// As [`Cx::spawn`].
    pub fn spawn_then<S, W, F, T, E>(&self, _state: &S, work: W, end: E) -> Result<Running>
    where
        S: State,
        W: FnOnce(Task<S>) -> F,
        F: Future<Output = Result<T>> + Send + 'static,
        T: Send + 'static,
        E: FnOnce(&mut S, &Cx, T) + Send + 'static,
    {
        let page = self.page_work().ok_or(Error::Missing("a page"))?;
        let shared = Shared::new(Arc::downgrade(&page));
        if !page.enter(&shared) {
            return Err(Error::invalid(i18n::text("rdj-too-many-tasks")));
        }
        let task = Task::<S>::new(Arc::clone(&shared));
        let ending = Ending(Arc::clone(&shared));
        let work = AssertUnwindSafe(work(task.clone())).catch_unwind();
        let whole = async move {
            let done = work.await.unwrap_or_else(|panic| {
                let text = panic_text(&*panic).to_owned();
                Err(Error::internal(format!("a task panicked: {text}")))
            });
            finish(&task, done, end);
            drop(ending);
        };
        let handle = tokio::spawn(self.clone().unscoped().scope(whole));
        shared.started(handle.abort_handle());
        Ok(Running::of(&shared))
    }
}

/// The last change of a task: its result, or what the user is told.
fn finish<S, T, E>(task: &Task<S>, done: Result<T>, end: E)
where
    S: State,
    T: Send + 'static,
    E: FnOnce(&mut S, &Cx, T) + Send + 'static,
{
    let shared = Arc::clone(task.shared());
    let Some(page) = shared.page.upgrade() else {
        return;
    };
    page.add_update(match done {
        Ok(value) => task.update_of(move |state, cx| {
            if shared.finish() {
                end(state, cx, value);
            }
        }),
        Err(error) => {
            let id = error.is_internal().then(incident);
            if let Some(id) = &id {
                tracing::error!(%error, id, "a task failed");
            }
            task.update_of(move |_, cx| tell(&shared, cx, &error, id))
        }
    });
}

/// Ends a task as failed and tells the user.
pub(crate) fn tell(task: &Shared, cx: &Cx, error: &Error, id: Option<String>) {
    let text = error.public_text().into_owned();
    let shown = match &id {
        Some(id) => i18n::text_with(
            "rdj-failed-id",
            &[("text", text.clone().into()), ("id", id.clone().into())],
        ),
        None => text.clone(),
    };
    if !task.fail(shown) {
        return;
    }
    let mut outbox = cx.outbox();
    match id {
        Some(id) => outbox.effects.push(Effect::Error { id, text }),
        None if outbox.messages.explain(error) => {}
        None => {
            drop(outbox);
            cx.messages().error(text);
        }
    }
}

/// Takes a task out of its page, however it ends.
struct Ending(Arc<Shared>);

impl Drop for Ending {
    fn drop(&mut self) {
        if let Some(page) = self.0.page.upgrade() {
            page.leave(&self.0);
        }
    }
}
