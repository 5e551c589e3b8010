//! Tasks that go on after their event.

use std::future::Future;

use tokio::task::JoinHandle;

use super::{Cx, current_cx};

/// Spawns a task that keeps the current [`Cx`], so that the free functions go on working in it.
///
/// A task of `tokio::spawn` has no current context: `current_user()` and the others fail in it. This
/// one has the context of what runs now, without a transaction that is open around the call: the task
/// may live longer. Messages, redirects and headers that it adds after the event was answered reach
/// nobody.
///
/// ```
/// # tokio_test().block_on(async {
/// use rdj_runtime::{CurrentUser, current_user, spawn_in_cx, testing::TestCx};
///
/// let test = TestCx::new().user(&CurrentUser::new(1, "ann"));
/// let task = test.run(async |_| spawn_in_cx(async { current_user() })).await;
/// assert_eq!(task.await??.map(|user| user.id()), Some(1));
/// # Ok::<(), rdj_runtime::Error>(())
/// # }).expect("it runs");
/// # fn tokio_test() -> tokio::runtime::Runtime { tokio::runtime::Runtime::new().expect("a runtime") }
/// ```
pub fn spawn_in_cx<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future<Output: Send> + Send + 'static,
{
    match current_cx() {
        Ok(cx) => tokio::spawn(cx.unscoped().scope(future)),
        Err(_) => tokio::spawn(future),
    }
}

impl Cx {
    /// This context with the application's own services in place of those of a transaction.
    pub(crate) fn unscoped(self) -> Self {
        Self {
            scoped: None,
            ..self
        }
    }
}
