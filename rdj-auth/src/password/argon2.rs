//! Argon2 in Django's text format.

use argon2::{Algorithm, Argon2, Params, Version};
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use subtle::ConstantTimeEq;

use super::{HashError, Hasher};

const NAME: &str = "argon2";
/// 16 bytes of a random salt.
const SALT: usize = 16;
/// How long a written hash is.
const OUTPUT: usize = 32;
/// The most memory in KiB that a stored hash may ask for.
const MAX_MEMORY: u32 = 1024 * 1024;

/// Argon2id: `argon2$argon2id$v=19$m=19456,t=2,p=1$salt$hash`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Argon2id {
    memory: u32,
    passes: u32,
    lanes: u32,
}

impl Default for Argon2id {
    /// 19 MiB, two passes, one lane: what OWASP recommends.
    fn default() -> Self {
        Self::new(19_456, 2, 1)
    }
}

impl Argon2id {
    /// Other parameters: memory in KiB, passes over it, and lanes.
    ///
    /// Parameters that Argon2 does not have fail when a password is hashed;
    /// [`Auth::new`](crate::Auth::new) tries that.
    #[must_use]
    pub const fn new(memory: u32, passes: u32, lanes: u32) -> Self {
        Self {
            memory,
            passes,
            lanes,
        }
    }

    fn prefix(self) -> String {
        let Self {
            memory,
            passes,
            lanes,
        } = self;
        format!("{NAME}$argon2id$v=19$m={memory},t={passes},p={lanes}$")
    }
}

impl Hasher for Argon2id {
    fn algorithm(&self) -> &'static str {
        NAME
    }

    fn encode(&self, password: &str) -> Result<String, HashError> {
        let salt: [u8; SALT] = rand::random();
        let hash = hash(Algorithm::Argon2id, *self, password, &salt, OUTPUT)
            .map_err(|error| HashError::Failed(error.to_string()))?;
        let text = |bytes: &[u8]| STANDARD_NO_PAD.encode(bytes);
        Ok(format!("{}{}${}", self.prefix(), text(&salt), text(&hash)))
    }

    fn verify(&self, password: &str, encoded: &str) -> bool {
        let Some(stored) = Stored::read(encoded) else {
            return false;
        };
        let length = stored.hash.len();
        hash(
            stored.algorithm,
            stored.params,
            password,
            &stored.salt,
            length,
        )
        .is_ok_and(|hash| hash.ct_eq(&stored.hash).into())
    }

    fn is_weak(&self) -> bool {
        // the sets of parameters that OWASP holds for equal
        let enough = [
            (47_104, 1),
            (19_456, 2),
            (12_288, 3),
            (9_216, 4),
            (7_168, 5),
        ];
        !enough
            .iter()
            .any(|(memory, passes)| self.memory >= *memory && self.passes >= *passes)
    }

    fn must_update(&self, encoded: &str) -> bool {
        let stored = Stored::read(encoded);
        // more memory or passes are kept: a Django beside rdj has other parameters, and each sign-in
        // here and there would write a hash anew
        !stored.is_some_and(|stored| {
            stored.algorithm == Algorithm::Argon2id
                && stored.params.memory >= self.memory
                && stored.params.passes >= self.passes
                && stored.salt.len() >= SALT
                && stored.hash.len() >= OUTPUT
        })
    }
}

fn hash(
    algorithm: Algorithm,
    params: Argon2id,
    password: &str,
    salt: &[u8],
    length: usize,
) -> argon2::Result<Vec<u8>> {
    let Argon2id {
        memory,
        passes,
        lanes,
    } = params;
    let params = Params::new(memory, passes, lanes, Some(length))?;
    let mut hash = vec![0; length];
    Argon2::new(algorithm, Version::V0x13, params).hash_password_into(
        password.as_bytes(),
        salt,
        &mut hash,
    )?;
    Ok(hash)
}

/// What a stored hash says.
struct Stored {
    algorithm: Algorithm,
    params: Argon2id,
    salt: Vec<u8>,
    hash: Vec<u8>,
}

impl Stored {
    fn read(encoded: &str) -> Option<Self> {
        let mut parts = encoded.split('$');
        let mut part = || parts.next();
        if part()? != NAME {
            return None;
        }
        let algorithm = Algorithm::new(part()?).ok()?;
        if part()? != "v=19" {
            return None;
        }
        let params = params(part()?)?;
        let salt = STANDARD_NO_PAD.decode(part()?).ok()?;
        let hash = STANDARD_NO_PAD.decode(part()?).ok()?;
        (part().is_none() && params.memory <= MAX_MEMORY).then_some(Self {
            algorithm,
            params,
            salt,
            hash,
        })
    }
}

fn params(text: &str) -> Option<Argon2id> {
    let mut parts = text.split(',');
    let mut number = |name: &str| parts.next()?.strip_prefix(name)?.parse().ok();
    let params = Argon2id::new(number("m=")?, number("t=")?, number("p=")?);
    parts.next().is_none().then_some(params)
}
