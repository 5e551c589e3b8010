//! The pages that have a socket, so that a browser that comes back over a new one gets its page
//! although the server has not noticed yet that the old one is gone.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::Notify;

use crate::page::Holder;

struct Live {
    holder: Holder,
    leave: Arc<Notify>,
}

/// Sockets by the token of their page.
#[derive(Default)]
pub(crate) struct LivePages(Mutex<HashMap<String, Live>>);

impl LivePages {
    /// Enters a socket; it is told through the returned handle to leave its page.
    pub(crate) fn enter(&self, token: &str, holder: Holder) -> Arc<Notify> {
        let leave = Arc::new(Notify::new());
        let live = Live {
            holder,
            leave: Arc::clone(&leave),
        };
        self.lock().insert(token.to_owned(), live);
        leave
    }

    /// The session of a socket has another id now.
    pub(crate) fn update(&self, token: &str, holder: Holder) {
        if let Some(live) = self.lock().get_mut(token) {
            live.holder = holder;
        }
    }

    /// Takes a socket out, unless another one has entered for its page since.
    pub(crate) fn leave(&self, token: &str, own: &Arc<Notify>) {
        let mut pages = self.lock();
        if pages
            .get(token)
            .is_some_and(|live| Arc::ptr_eq(&live.leave, own))
        {
            pages.remove(token);
        }
    }

    /// Tells the socket of a page to leave it; false if it has none, or `holder` may not have it.
    pub(crate) fn ask_to_leave(&self, token: &str, holder: &Holder) -> bool {
        let pages = self.lock();
        let found = pages.get(token).filter(|live| live.holder.admits(holder));
        if let Some(live) = found {
            live.leave.notify_one();
        }
        found.is_some()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Live>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for LivePages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LivePages({})", self.lock().len())
    }
}
