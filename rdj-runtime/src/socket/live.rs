//! The pages that have a socket, so that a browser that comes back over a new one gets its page
//! although the server has not noticed yet that the old one is gone.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak},
    time::Instant,
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
    /// When the join began that has brought it here.
    joined: Instant,
}

/// What a join is told that looks for the page of its token.
#[derive(Debug)]
pub(crate) enum Turn {
    /// It may take the page, and nobody else may meanwhile.
    Own(Reserved),
    /// Another socket has the page, or looks for it, and was told to leave it.
    Wait,
    /// A socket that has joined later has the page.
    Late,
}

/// The place of a page that a join looks for and restores: until its socket has entered, or this is
/// dropped, other joins wait for it as for a socket.
#[derive(Debug)]
pub(crate) struct Reserved {
    live: Arc<LivePages>,
    token: String,
    signals: Arc<Signals>,
}

impl Drop for Reserved {
    fn drop(&mut self) {
        self.live.leave(&self.token, &self.signals);
    }
}

/// Sockets by the token of their page.
#[derive(Default)]
pub(crate) struct LivePages(Mutex<HashMap<String, Live>>);

impl LivePages {
    /// Enters a socket; it is told through the returned handle what happens to its page.
    pub(crate) fn enter(&self, token: &str, holder: Holder) -> Arc<Signals> {
        let signals = Arc::<Signals>::default();
        let mut pages = self.lock();
        let reserved = pages.get(token);
        let live = Live {
            holder,
            signals: Arc::clone(&signals),
            joined: reserved.map_or_else(Instant::now, |reserved| reserved.joined),
        };
        pages.insert(token.to_owned(), live);
        signals
    }

    /// Reserves a page for a join that began at this time, or tells the socket that has the page to
    /// leave it. A join never takes the page from a later one: its own browser may be gone.
    pub(crate) fn reserve(self: &Arc<Self>, token: &str, holder: &Holder, joined: Instant) -> Turn {
        let signals = Arc::<Signals>::default();
        let mut pages = self.lock();
        match pages.get(token) {
            // somebody else's: nothing is taken from there, and nothing will be found
            Some(live) if !live.holder.admits(holder) => {}
            Some(live) if live.joined > joined => return Turn::Late,
            Some(live) => {
                live.signals.leave.notify_one();
                return Turn::Wait;
            }
            None => {
                let live = Live {
                    holder: holder.clone(),
                    signals: Arc::clone(&signals),
                    joined,
                };
                pages.insert(token.to_owned(), live);
            }
        }
        drop(pages);
        Turn::Own(Reserved {
            live: Arc::clone(self),
            token: token.to_owned(),
            signals,
        })
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

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Live>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for LivePages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LivePages({})", self.lock().len())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// What a join of somebody is told.
    fn turn(live: &Arc<LivePages>, user: i64, joined: Instant) -> Turn {
        let holder = Holder {
            session: None,
            user: Some(user),
        };
        live.reserve("page", &holder, joined)
    }

    #[test]
    fn a_page_is_reserved_until_its_socket_has_entered_or_gives_up() {
        let live = Arc::<LivePages>::default();
        let now = Instant::now();
        let later = now + Duration::from_secs(1);
        let Turn::Own(reserved) = turn(&live, 1, now) else {
            panic!("it is free");
        };
        assert!(matches!(turn(&live, 1, later), Turn::Wait));
        drop(reserved);
        let Turn::Own(reserved) = turn(&live, 1, later) else {
            panic!("it is free again");
        };
        let holder = Holder {
            session: None,
            user: Some(1),
        };
        let signals = live.enter("page", holder);
        drop(reserved);
        let last = later + Duration::from_secs(1);
        assert!(matches!(turn(&live, 1, last), Turn::Wait));
        assert!(matches!(turn(&live, 1, now), Turn::Late));
        // somebody else neither waits for it nor stands in its way
        assert!(matches!(turn(&live, 2, last), Turn::Own(_)));
        assert!(matches!(turn(&live, 1, last), Turn::Wait));
        live.leave("page", &signals);
        assert!(matches!(turn(&live, 1, last), Turn::Own(_)));
    }
}
