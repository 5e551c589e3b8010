//! The state of a handler that still runs, laid out for a moment so that its page can be shown.

use std::{
    any::{Any, TypeId},
    fmt,
    future::poll_fn,
    mem,
    ptr::from_ref,
    sync::{Mutex, MutexGuard, PoisonError},
    task::Poll,
};

use super::Cx;
use crate::{dispatch::BoxFuture, state::State};

/// Where a handler lays its state, and whoever runs the handler finds it.
#[derive(Default)]
pub(crate) struct Stage(Mutex<Laid>);

#[derive(Default)]
struct Laid {
    /// Where the state is that the event is for: no other one is shown, also none of the same type.
    owner: Option<(usize, TypeId)>,
    state: Option<Box<dyn Any + Send>>,
    is_shown: bool,
}

impl Stage {
    fn lock(&self) -> MutexGuard<'_, Laid> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on this state is shown when it is laid here.
    pub(crate) fn open(&self, owner: &dyn Any) -> Opened<'_> {
        // the type too: a field can be where its state is
        self.lock().owner = Some((from_ref(owner).addr(), owner.type_id()));
        Opened(self)
    }

    /// The state that is to be shown now.
    pub(crate) fn take(&self) -> Option<Box<dyn Any + Send>> {
        let mut laid = self.lock();
        if laid.is_shown {
            return None;
        }
        laid.state.take()
    }

    /// Lays back the state that was shown.
    pub(crate) fn give_back(&self, state: Box<dyn Any + Send>) {
        let mut laid = self.lock();
        laid.state = Some(state);
        laid.is_shown = true;
    }

    fn lay<'a, S: State>(&'a self, state: &'a mut S) -> Option<Lying<'a, S>> {
        let mut laid = self.lock();
        let place = (from_ref(state).addr(), TypeId::of::<S>());
        if laid.owner != Some(place) || laid.state.is_some() {
            return None;
        }
        laid.state = Some(Box::new(mem::take(state)));
        laid.is_shown = false;
        drop(laid);
        Some(Lying { stage: self, state })
    }
}

/// Closes the stage at the end of the handler.
pub(crate) struct Opened<'a>(&'a Stage);

impl Drop for Opened<'_> {
    fn drop(&mut self) {
        self.0.lock().owner = None;
    }
}

/// A state that lies on the stage. It comes back however the waiting ends: the handler may be given up
/// in between.
struct Lying<'a, S: State> {
    stage: &'a Stage,
    state: &'a mut S,
}

impl<S: State> Drop for Lying<'_, S> {
    fn drop(&mut self) {
        let state = self.stage.lock().state.take();
        if let Some(Ok(state)) = state.map(<Box<dyn Any + Send>>::downcast) {
            *self.state = *state;
        }
    }
}

impl fmt::Debug for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Stage")
    }
}

impl Cx {
    /// Shows the page as it is now, while the handler goes on: `cx.flush(self).await`.
    ///
    /// The page is rendered with the state as the handler has left it so far and with the messages that
    /// it has added, and what is different is sent. The event is not answered by that: the button stays
    /// busy, and redirects, cookies and the focus wait for the end of the handler.
    ///
    /// Without a socket, such as in a form post without JavaScript or when the page is loaded, and for
    /// any other state than that of the event, nothing happens. A browser that reads slowly is sent
    /// fewer: as long as one patch is under way, no other is made.
    ///
    /// What a transaction that is still open has done may be shown before it is rolled back; then show
    /// what is true again. See the guide of long work.
    ///
    /// ```ignore
    /// #[events]
    /// impl ReportState {
    ///     async fn build(&mut self, cx: &Cx) -> Result {
    ///         for part in 1..=self.parts {
    ///             self.lines.push(count(part).await?);
    ///             cx.flush(self).await;
    ///         }
    ///         Ok(())
    ///     }
    /// }
    /// ```
    pub fn flush<'a, S: State>(&'a self, state: &'a mut S) -> BoxFuture<'a, ()> {
        // boxed: a compiler that refuses `state` says so once
        Box::pin(async move {
            let Some(lying) = self.stage().lay(state) else {
                return;
            };
            // whoever runs the handler shows the state before this goes on
            pause().await;
            drop(lying);
            // and sends what it has got
            pause().await;
        })
    }

    pub(crate) fn stage(&self) -> &Stage {
        &self.inner.stage
    }
}

/// Lets whoever runs the handler take a turn.
async fn pause() {
    let mut paused = false;
    poll_fn(|task| {
        if mem::replace(&mut paused, true) {
            return Poll::Ready(());
        }
        task.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
