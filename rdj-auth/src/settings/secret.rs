//! Secrets, and where they come from.

use std::{env, fmt, sync::Arc};

use rdj_runtime::command::check::secret_key;

use crate::crypto::random_text;

/// The variable of the environment that has the secret.
const VARIABLE: &str = "RDJ_SECRET_KEY";
/// How long a random secret is.
const RANDOM: usize = 64;

/// A secret; it is never shown in logs.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Arc<str>);

impl Secret {
    /// A secret.
    pub fn new(secret: impl Into<Arc<str>>) -> Self {
        Self(secret.into())
    }

    pub(crate) fn expose(&self) -> &str {
        &self.0
    }

    /// Whether the environment has one.
    pub(crate) fn is_in_environment() -> bool {
        env::var(VARIABLE).is_ok_and(|secret| !secret.is_empty())
    }

    /// The secret of the environment, else a random one.
    pub(crate) fn of_environment() -> Self {
        let given = env::var(VARIABLE).ok().filter(|secret| !secret.is_empty());
        let secret = given.unwrap_or_else(|| {
            tracing::warn!(
                "{VARIABLE} is not set: a random secret is used, so sessions and links end with \
                 this process and are not shared with other ones"
            );
            random_text(RANDOM)
        });
        Self::new(secret)
    }

    /// Warns about a secret that can be guessed.
    pub(crate) fn warn_if_weak(&self) {
        if secret_key(&self.0, None).is_some() {
            tracing::warn!(
                "the secret key is weak: use at least 50 random characters, such as the output of \
                 `openssl rand -base64 48`"
            );
        }
    }
}

impl From<&str> for Secret {
    fn from(secret: &str) -> Self {
        Self::new(secret)
    }
}

impl From<String> for Secret {
    fn from(secret: String) -> Self {
        Self::new(secret)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}
