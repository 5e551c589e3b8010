//! Telling caches and open sockets that somebody's rights have changed.

use std::{
    fmt,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

/// What has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IdentityChange {
    /// The rights, the password or the state of the user with this key.
    User(i64),
    /// The session with this id has ended, or belongs to somebody else now.
    Session(String),
    /// Something that concerns everybody, such as the permissions of a group.
    Everyone,
}

type Listener = Arc<dyn Fn(&IdentityChange) + Send + Sync>;

/// Where changes of users and sessions are told; every application has one as a resource.
///
/// Whoever changes what somebody may do tells it here: caches drop what they know, and every open
/// socket that it concerns goes through the application's layers and its page's guard again at once.
///
/// ```
/// use rdj_runtime::Identities;
///
/// let identities = Identities::default();
/// identities.subscribe(|change| println!("{change:?}"));
/// identities.user_changed(1);
/// ```
#[derive(Clone, Default)]
pub struct Identities(Arc<Inner>);

#[derive(Default)]
struct Inner {
    listeners: RwLock<Vec<Listener>>,
    /// How many changes were told.
    told: AtomicU64,
}

impl Identities {
    /// The user with this key has other rights, another password, or is not active any more.
    pub fn user_changed(&self, id: i64) {
        self.tell(&IdentityChange::User(id));
    }

    /// The session with this id has ended.
    pub fn session_ended(&self, id: impl Into<String>) {
        self.tell(&IdentityChange::Session(id.into()));
    }

    /// Everybody may have other rights.
    pub fn all_changed(&self) {
        self.tell(&IdentityChange::Everyone);
    }

    /// Calls `listener` with every change, on the thread that tells it: it must be quick.
    pub fn subscribe(&self, listener: impl Fn(&IdentityChange) + Send + Sync + 'static) {
        self.0
            .listeners
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .push(Arc::new(listener));
    }

    /// Tells a change, such as one that came from another node.
    pub fn tell(&self, change: &IdentityChange) {
        self.0.told.fetch_add(1, Ordering::AcqRel);
        let listeners = self
            .0
            .listeners
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        for listener in listeners {
            listener(change);
        }
    }

    /// How many changes were told so far: a page that waits without a socket hears none of them.
    pub(crate) fn told(&self) -> u64 {
        self.0.told.load(Ordering::Acquire)
    }
}

impl fmt::Debug for Identities {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identities")
    }
}
