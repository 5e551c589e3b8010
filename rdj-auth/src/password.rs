//! Password hashes: Django's text formats, Argon2id by default.

mod argon2;
mod check;
mod pbkdf2;
mod queue;

use std::{fmt, sync::Arc};

use rdj_runtime::i18n::Text;

pub use self::{argon2::Argon2id, check::Checked, pbkdf2::Pbkdf2};
use self::{check::check, queue::Queue};
use crate::crypto::random_text;

/// What the text of an unusable password begins with.
const UNUSABLE: char = '!';
/// How long the random rest of an unusable password is.
const UNUSABLE_LENGTH: usize = 40;
/// How long a random password is.
const RANDOM_LENGTH: usize = 20;
/// The longest password in bytes that is hashed: a longer one is never right.
pub const MAX_LENGTH: usize = 4096;

/// An algorithm with its parameters.
pub trait Hasher: fmt::Debug + Send + Sync + 'static {
    /// What its hashes begin with, such as `argon2`.
    fn algorithm(&self) -> &'static str;

    /// Hashes a password with a new random salt; takes long on purpose.
    ///
    /// # Errors
    ///
    /// [`HashError::Failed`] if the parameters cannot be used, or there is no memory.
    fn encode(&self, password: &str) -> Result<String, HashError>;

    /// Whether the password is that of a hash of this algorithm; takes long on purpose.
    fn verify(&self, password: &str, encoded: &str) -> bool;

    /// Whether a hash of this algorithm is weaker than those that this one writes.
    fn must_update(&self, encoded: &str) -> bool;

    /// Whether its parameters make less work than is recommended today, for `check --deploy`.
    fn is_weak(&self) -> bool {
        false
    }
}

/// Why a password could not be hashed or checked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HashError {
    /// Too many passwords wait to be hashed.
    Busy,
    /// The algorithm failed.
    Failed(String),
}

impl fmt::Display for HashError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Busy => f.write_str("too many passwords wait to be hashed"),
            Self::Failed(why) => write!(f, "a password could not be hashed: {why}"),
        }
    }
}

impl From<HashError> for rdj_runtime::Error {
    fn from(error: HashError) -> Self {
        match error {
            HashError::Busy => Self::invalid(Text::key("auth-busy")),
            HashError::Failed(_) => Self::internal(error.to_string()),
        }
    }
}

/// The algorithms that an application reads, and the first, which it writes.
///
/// At most one password per processor is hashed at a time, on threads of their own; when too many
/// wait, the rest is refused with [`HashError::Busy`].
///
/// ```
/// use rdj_auth::password::{Argon2id, Hashers, Pbkdf2};
///
/// // writes what a Django application next to it reads without further packages
/// let hashers = Hashers::new(Pbkdf2::default()).reads(Argon2id::default());
/// ```
#[derive(Clone, Debug)]
pub struct Hashers {
    list: Arc<Vec<Arc<dyn Hasher>>>,
    queue: Queue,
}

impl Default for Hashers {
    /// Writes Argon2id, reads PBKDF2 too.
    fn default() -> Self {
        Self::new(Argon2id::default()).reads(Pbkdf2::default())
    }
}

impl Hashers {
    /// Writes and reads the hashes of one algorithm.
    pub fn new(hasher: impl Hasher) -> Self {
        Self {
            list: Arc::new(vec![Arc::new(hasher)]),
            queue: Queue::default(),
        }
    }

    /// Reads the hashes of a further algorithm; such a hash is replaced when its user signs in.
    #[must_use]
    pub fn reads(mut self, hasher: impl Hasher) -> Self {
        Arc::make_mut(&mut self.list).push(Arc::new(hasher));
        self
    }

    /// At most this many passwords are hashed at a time, and this many more wait.
    #[must_use]
    pub fn with_limits(mut self, parallel: usize, waiting: usize) -> Self {
        self.queue = Queue::new(parallel, waiting);
        self
    }

    /// Whether new hashes take less work than is recommended.
    #[must_use]
    pub fn is_weak(&self) -> bool {
        self.list[0].is_weak()
    }

    /// Finds out at the start whether the first algorithm has parameters that work.
    pub(crate) fn try_out(&self) -> rdj_runtime::Result {
        self.list[0]
            .encode("")
            .map(drop)
            .map_err(|error| rdj_runtime::Error::Setup(format!("auth settings: {error}")))
    }

    /// Hashes a password.
    ///
    /// # Errors
    ///
    /// See [`HashError`]; a password of more than [`MAX_LENGTH`] bytes fails.
    pub async fn encode(&self, password: &str) -> Result<String, HashError> {
        if password.len() > MAX_LENGTH {
            return Err(HashError::Failed("the password is too long".to_owned()));
        }
        let list = Arc::clone(&self.list);
        let password = password.to_owned();
        self.queue
            .run(move || list[0].encode(&password))
            .await
            .flatten()
    }

    /// Checks a password; `encoded` is none for a user that does not exist.
    ///
    /// It takes as long for an unknown user, an unusable password and a wrong password on a cheaper
    /// hash as for a wrong password on a hash of the first algorithm.
    ///
    /// # Errors
    ///
    /// See [`HashError`].
    pub async fn check(&self, password: &str, encoded: Option<&str>) -> Result<Checked, HashError> {
        let list = Arc::clone(&self.list);
        let password = password.to_owned();
        let encoded = encoded.map(ToOwned::to_owned);
        self.queue
            .run(move || check(&list, &password, encoded.as_deref()))
            .await
            .flatten()
    }
}

/// A password that nobody can guess, for accounts that are made for others: letters and digits.
///
/// ```
/// assert_eq!(rdj_auth::password::random().len(), 20);
/// ```
#[must_use]
pub fn random() -> String {
    random_text(RANDOM_LENGTH)
}

/// The text of a password that nobody can have, for users who sign in in another way.
#[must_use]
pub fn unusable() -> String {
    format!("{UNUSABLE}{}", random_text(UNUSABLE_LENGTH))
}

/// Whether somebody can have the password of this hash.
///
/// ```
/// use rdj_auth::password::{is_usable, unusable};
///
/// assert!(!is_usable(&unusable()));
/// ```
#[must_use]
pub fn is_usable(encoded: &str) -> bool {
    !encoded.is_empty() && !encoded.starts_with(UNUSABLE)
}
