//! PBKDF2 with SHA-256, Django's default.

use std::num::NonZeroU32;

use base64::{Engine, engine::general_purpose::STANDARD};
use ring::pbkdf2::{PBKDF2_HMAC_SHA256, derive};
use subtle::ConstantTimeEq;

use super::{HashError, Hasher};
use crate::crypto::random_text;

const NAME: &str = "pbkdf2_sha256";
/// 22 letters and digits: 131 bits, as Django's salts.
const SALT: usize = 22;
const OUTPUT: usize = 32;
/// The most iterations that a stored hash may ask for.
const MAX_ITERATIONS: u32 = 20_000_000;

/// PBKDF2: `pbkdf2_sha256$iterations$salt$hash`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pbkdf2 {
    iterations: u32,
}

impl Default for Pbkdf2 {
    /// As many iterations as Django 6.1.
    fn default() -> Self {
        Self::new(1_500_000)
    }
}

impl Pbkdf2 {
    /// Another number of iterations.
    #[must_use]
    pub const fn new(iterations: u32) -> Self {
        Self { iterations }
    }
}

impl Hasher for Pbkdf2 {
    fn algorithm(&self) -> &'static str {
        NAME
    }

    fn encode(&self, password: &str) -> Result<String, HashError> {
        let Some(iterations) = usable(self.iterations) else {
            let why = format!("PBKDF2 with {} iterations", self.iterations);
            return Err(HashError::Failed(why));
        };
        let salt = random_text(SALT);
        let hash = STANDARD.encode(hash(password, &salt, iterations));
        Ok(format!("{NAME}${}${salt}${hash}", self.iterations))
    }

    fn verify(&self, password: &str, encoded: &str) -> bool {
        stored(encoded).is_some_and(|(iterations, salt, expected)| {
            hash(password, salt, iterations).ct_eq(&expected[..]).into()
        })
    }

    fn is_weak(&self) -> bool {
        self.iterations < 600_000
    }

    fn must_update(&self, encoded: &str) -> bool {
        !stored(encoded).is_some_and(|(iterations, salt, _)| {
            iterations.get() >= self.iterations && salt.len() >= SALT
        })
    }
}

fn hash(password: &str, salt: &str, iterations: NonZeroU32) -> [u8; OUTPUT] {
    let mut hash = [0; OUTPUT];
    let (salt, password) = (salt.as_bytes(), password.as_bytes());
    derive(PBKDF2_HMAC_SHA256, iterations, salt, password, &mut hash);
    hash
}

/// Iterations that are neither none nor more than the server would have time for.
fn usable(iterations: u32) -> Option<NonZeroU32> {
    NonZeroU32::new(iterations).filter(|iterations| iterations.get() <= MAX_ITERATIONS)
}

fn stored(encoded: &str) -> Option<(NonZeroU32, &str, Vec<u8>)> {
    let mut parts = encoded.strip_prefix(NAME)?.strip_prefix('$')?.split('$');
    let iterations = usable(parts.next()?.parse().ok()?)?;
    let salt = parts.next()?;
    let hash = STANDARD.decode(parts.next()?).ok()?;
    parts.next().is_none().then_some((iterations, salt, hash))
}
