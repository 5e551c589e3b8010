//! The pages that have a socket, so that a browser that comes back over a new one gets its page
//! although the server has not noticed yet that the old one is gone.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak},
};

use tokio::sync::Notify;

use crate::{identity::IdentityChange, page::Holder, work::PageWork};

/// What a socket can be told from outside.
#[derive(Debug, Default)]
pub(crate) struct Signals {
    /// Leave the page: the browser is back over another socket.
    pub(crate) leave: Notify,
    /// See whether the browser may still have the page.
    pub(crate) check: Notify,
    /// See whether rows that the page shows have changed, or something waits for it.
    pub(crate) changed: Notify,
    /// What waits for the page.
    pub(crate) work: OnceLock<Weak<PageWork>>,
}

struct Live {
    holder: Holder,
    signals: Arc<Signals>,
}

/// Sockets by the token of their page.
#[derive(Default)]
pub(crate) struct LivePages(Mutex<HashMap<String, Live>>);

impl LivePages {
    /// Enters a socket; it is told through the returned handle what happens to its page.
    pub(crate) fn enter(&self, token: &str, holder: Holder) -> Arc<Signals> {
        let signals = Arc::<Signals>::default();
        let live = Live {
            holder,
            signals: Arc::clone(&signals),
        };
        self.lock().insert(token.to_owned(), live);
        signals
    }

    /// Tells the sockets that a change concerns to see whether they may keep their pages.
    pub(crate) fn check(&self, change: &IdentityChange) {
        for live in self.lock().values() {
            let holder = &live.holder;
            let concerned = match change {
                IdentityChange::User(id) => holder.user == Some(*id),
                IdentityChange::Session(id) => holder.session.as_ref() == Some(id),
                IdentityChange::Everyone => true,
            };
            if concerned {
                live.signals.check.notify_one();
            }
        }
    }

    /// The session of a socket has another id now.
    pub(crate) fn update(&self, token: &str, holder: Holder) {
        if let Some(live) = self.lock().get_mut(token) {
            live.holder = holder;
        }
    }

    /// What waits for the page of a socket, if it has one and `holder` may have it.
    pub(crate) fn work(&self, token: &str, holder: &Holder) -> Option<Arc<PageWork>> {
        let pages = self.lock();
        let live = pages.get(token)?;
        let live = Some(live).filter(|live| live.holder.admits(holder))?;
        live.signals.work.get()?.upgrade()
    }

    /// Takes a socket out, unless another one has entered for its page since.
    pub(crate) fn leave(&self, token: &str, own: &Arc<Signals>) {
        let mut pages = self.lock();
        if pages
            .get(token)
            .is_some_and(|live| Arc::ptr_eq(&live.signals, own))
        {
            pages.remove(token);
        }
    }

    /// Tells the socket of a page to leave it; false if it has none, or `holder` may not have it.
    pub(crate) fn ask_to_leave(&self, token: &str, holder: &Holder) -> bool {
        let pages = self.lock();
        let found = pages.get(token).filter(|live| live.holder.admits(holder));
        if let Some(live) = found {
            live.signals.leave.notify_one();
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
