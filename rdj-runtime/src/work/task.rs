//! A task's way back to its page.

use std::{any::Any, fmt, marker::PhantomData, sync::Arc};

use tokio::sync::oneshot;

use super::{
    page::Update,
    running::{Running, Shared},
};
use crate::{cx::Cx, state::State};

/// What a task of [`Cx::spawn`] reports through: the state `S` of the page that has started it.
///
/// It is cheap to clone. A task whose page is gone has ended: nothing of what it awaits here comes back.
pub struct Task<S> {
    shared: Arc<Shared>,
    state: PhantomData<fn(S)>,
}

impl<S: State> Task<S> {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        Self {
            shared,
            state: PhantomData,
        }
    }

    /// Changes the state between two events of the page, and lets the page be shown with it.
    ///
    /// Changes are made in their order; several in short time are shown together. It waits only where
    /// the page has not taken up hundreds of them, such as while its browser is away.
    pub async fn update(&self, change: impl FnOnce(&mut S) + Send + 'static) {
        self.update_with(|state, _| change(state)).await;
    }

    /// As [`Task::update`], with a context for messages, the focus and redirects. It is that of the look
    /// at the page: who is signed in there may have signed in after the task began.
    pub async fn update_with(&self, change: impl FnOnce(&mut S, &Cx) + Send + 'static) {
        // the page itself is not held: it would not end as long as this waits
        let places = self.shared.page.upgrade().map(|page| page.places());
        let place = match places {
            Some(places) => places.acquire_owned().await.ok(),
            None => None,
        };
        match self.shared.page.upgrade() {
            Some(page) => page.add_update(Update {
                _place: place,
                ..self.update_of(change)
            }),
            // it has ended, and the task where it waits next: here, if it waits nowhere else
            None => tokio::task::yield_now().await,
        }
    }

    /// As [`Task::update`], and waits until it is done; what `change` returns comes back.
    ///
    /// None if the page is gone.
    pub async fn ask<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut S) -> T + Send + 'static,
    ) -> Option<T> {
        let (answer, answered) = oneshot::channel();
        self.update(|state| {
            let _ = answer.send(change(state));
        })
        .await;
        answered.await.ok()
    }

    pub(super) fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    /// A change as the page takes it, without a place.
    pub(super) fn update_of(&self, change: impl FnOnce(&mut S, &Cx) + Send + 'static) -> Update {
        Update {
            task: Arc::clone(&self.shared),
            state: S::NAME,
            apply: Box::new(move |state: &mut dyn Any, cx| {
                if let Some(state) = state.downcast_mut() {
                    change(state, cx);
                }
            }),
            _place: None,
        }
    }

    /// Says that `done` of `total` are done. It costs next to nothing, so that it can be said often.
    pub fn progress(&self, done: u64, total: u64) {
        self.shared.set_progress(done, total);
        if let Some(page) = self.shared.page.upgrade() {
            page.ask_for_look();
        }
    }

    /// Whether it was cancelled: for loops that do not wait, as a task ends where it waits.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.shared.is_cancelled() || self.shared.page.strong_count() == 0
    }

    /// Ends the task where it waits next.
    pub fn cancel(&self) {
        self.shared.cancel();
    }

    /// The task as a state keeps it.
    #[must_use]
    pub fn running(&self) -> Running {
        Running::of(&self.shared)
    }
}

impl<S> Clone for Task<S> {
    fn clone(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            state: PhantomData,
        }
    }
}

impl<S> fmt::Debug for Task<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Task").field(&self.shared).finish()
    }
}
