//! The one handle of users and sign-in.

mod cache;

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use rdj_orm::Db;
use rdj_runtime::{Error, Identities, IdentityChange, Result};

use self::cache::Cache;
pub(crate) use self::cache::Signed;
use crate::{
    backend::{AuthBackend, Credentials, ModelBackend, Verdict},
    crypto::salted_hmac,
    settings::{AuthSettings, Secret},
    token::Tokens,
    user::Users,
};

/// What the signatures of sessions are salted with.
const SESSION: &str = "rdj.auth.session";

/// Users and sign-in of an application: settings, backends and what is known of signed-in users.
///
/// Cheap to clone. [`AppAuth::auth`](crate::AppAuth::auth) puts it into an application;
/// [`CxAuth`](crate::CxAuth) signs in and out.
///
/// ```no_run
/// # async fn run() -> rdj_auth::Result {
/// use rdj_auth::{AppAuth, Auth, settings::AuthSettings};
/// use rdj_runtime::{App, session};
///
/// let db = rdj_orm::connect("sqlite://app.db?mode=rwc").await?;
/// let auth = Auth::new(db, AuthSettings::default())?;
/// App::new()
///     .sessions(session::memory())
///     .auth(auth)
///     .run()
///     .await
/// # }
/// ```
#[derive(Clone)]
pub struct Auth(Arc<Inner>);

struct Inner {
    db: Db,
    settings: AuthSettings,
    /// The first signs; all are accepted.
    secrets: Vec<Secret>,
    backends: Vec<Arc<dyn AuthBackend>>,
    cache: Cache,
    /// Of the applications that this is part of.
    identities: Mutex<Vec<Identities>>,
}

impl Auth {
    /// Users of the application's database.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] if a setting cannot work, and says which.
    pub fn new(db: Db, settings: AuthSettings) -> Result<Self> {
        let settings = settings.checked()?;
        let given = settings.secret_key.clone();
        let secret = given.unwrap_or_else(Secret::of_environment);
        let secrets: Vec<Secret> = [secret]
            .into_iter()
            .chain(settings.secret_key_fallbacks.iter().cloned())
            .collect();
        secrets.iter().for_each(Secret::warn_if_weak);
        settings.hashers.try_out()?;
        let mut backends = settings.backends.clone();
        if backends.is_empty() {
            backends.push(Arc::new(ModelBackend));
        }
        for (index, backend) in backends.iter().enumerate() {
            if backends[..index].iter().any(|b| b.name() == backend.name()) {
                return Err(Error::Setup(format!(
                    "auth settings: two backends are called `{}`",
                    backend.name()
                )));
            }
        }
        Ok(Self(Arc::new(Inner {
            db,
            settings,
            secrets,
            backends,
            cache: Cache::default(),
            identities: Mutex::default(),
        })))
    }

    /// What signs, and what did earlier.
    pub(crate) fn secrets(&self) -> &[Secret] {
        &self.0.secrets
    }

    /// Whether nobody chose what signs.
    pub(crate) fn has_random_secret(&self) -> bool {
        self.0.settings.secret_key.is_none() && !Secret::is_in_environment()
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> &AuthSettings {
        &self.0.settings
    }

    /// The application's database.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// Users and groups, to be read and changed over `db`: [`Auth::db`] or an open transaction.
    #[must_use]
    pub fn users(&self, db: &Db) -> Users {
        Users::new(self.clone(), db.clone())
    }

    /// The tokens of password resets.
    #[must_use]
    pub fn reset_tokens(&self) -> Tokens {
        let lifetime = self.0.settings.password_reset_timeout;
        Tokens::reset(self.0.secrets.clone(), lifetime)
    }

    /// Tokens for something else, such as the e-mail address of a new account; `salt` names what.
    #[must_use]
    pub fn tokens(&self, salt: &str) -> Tokens {
        let lifetime = self.0.settings.password_reset_timeout;
        Tokens::new(salt, self.0.secrets.clone(), lifetime)
    }

    /// Tells that the rights, the password or the state of a user changed in another way than by
    /// [`Users`]: its sockets and what is known of it follow at once.
    pub fn user_changed(&self, id: i64) {
        self.tell(&IdentityChange::User(id));
    }

    /// [`Auth::user_changed`] for everybody, such as after a change of a group.
    pub fn all_changed(&self) {
        self.tell(&IdentityChange::Everyone);
    }

    pub(crate) fn session_ended(&self, id: String) {
        self.tell(&IdentityChange::Session(id));
    }

    fn tell(&self, change: &IdentityChange) {
        self.0.cache.follow(change);
        let identities = self.identities().clone();
        for identities in identities {
            identities.tell(change);
        }
    }

    /// Drops what is known of a user, without telling sockets.
    pub(crate) fn forget(&self, id: i64) {
        self.0.cache.follow(&IdentityChange::User(id));
    }

    /// Makes this part of an application: changes are told there and heard from there.
    pub(crate) fn join(&self, identities: &Identities) {
        self.identities().push(identities.clone());
        let inner = Arc::downgrade(&self.0);
        identities.subscribe(move |change| {
            if let Some(inner) = inner.upgrade() {
                inner.cache.follow(change);
            }
        });
    }

    fn identities(&self) -> std::sync::MutexGuard<'_, Vec<Identities>> {
        let identities = self.0.identities.lock();
        identities.unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks the backends in their order.
    pub(crate) async fn authenticate(
        &self,
        db: &Db,
        credentials: Credentials<'_>,
    ) -> Result<Option<(usize, i64)>> {
        for (index, backend) in self.0.backends.iter().enumerate() {
            match backend.authenticate(self, db, credentials).await? {
                Verdict::User(id) => return Ok(Some((index, id))),
                Verdict::Unknown => {}
                Verdict::Denied => return Ok(None),
            }
        }
        Ok(None)
    }

    pub(crate) fn backend(&self, index: usize) -> &Arc<dyn AuthBackend> {
        &self.0.backends[index]
    }

    pub(crate) fn backends(&self) -> usize {
        self.0.backends.len()
    }

    /// The place of the backend that a session names.
    pub(crate) fn backend_named(&self, name: &str) -> Option<usize> {
        let mut backends = self.0.backends.iter();
        backends.position(|backend| backend.name() == name)
    }

    /// The user with the signature of its sessions, at most a second old.
    pub(crate) async fn known(&self, backend: usize, id: i64) -> Result<Option<Arc<Signed>>> {
        let load = || self.load(&self.0.db, backend, id);
        self.0.cache.get((backend, id), load).await
    }

    /// The user of this moment.
    pub(crate) async fn load(&self, db: &Db, backend: usize, id: i64) -> Result<Option<Signed>> {
        let account = self.backend(backend).get_user(self, db, id).await?;
        Ok(account.map(|account| Signed {
            hash: self.hash(&account.stamp, 0),
            account,
        }))
    }

    /// The signature over a stamp by one of the secrets.
    fn hash(&self, stamp: &str, secret: usize) -> String {
        salted_hmac(SESSION, self.0.secrets[secret].expose(), stamp)
    }

    /// The signatures of the secrets of before.
    pub(crate) fn old_hashes(&self, stamp: &str) -> impl Iterator<Item = String> {
        (1..self.0.secrets.len()).map(move |secret| self.hash(stamp, secret))
    }
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Auth")
            .field("backends", &self.0.backends)
            .finish_non_exhaustive()
    }
}
