//! Checking a password in the same time whatever is wrong with it.

use std::sync::Arc;

use super::{HashError, Hasher, MAX_LENGTH, is_usable};

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Checked {
    /// Whether the password is right.
    pub correct: bool,
    /// The hash to store instead: that of a right password by the first algorithm, where the stored
    /// one is of another algorithm or weaker.
    pub upgrade: Option<String>,
}

impl Checked {
    const WRONG: Self = Self {
        correct: false,
        upgrade: None,
    };
}

/// Checks; `list` is not empty.
pub(super) fn check(
    list: &[Arc<dyn Hasher>],
    password: &str,
    encoded: Option<&str>,
) -> Result<Checked, HashError> {
    let writer = &list[0];
    let found = encoded
        .filter(|encoded| is_usable(encoded) && password.len() <= MAX_LENGTH)
        .and_then(|encoded| Some((encoded, hasher_of(list, encoded)?)));
    let Some((encoded, hasher)) = found else {
        // the same work as for a user who can sign in
        let length = password.floor_char_boundary(MAX_LENGTH);
        writer.encode(&password[..length])?;
        return Ok(Checked::WRONG);
    };
    let correct = hasher.verify(password, encoded);
    let outdated = hasher.algorithm() != writer.algorithm() || writer.must_update(encoded);
    if !outdated {
        let upgrade = None;
        return Ok(Checked { correct, upgrade });
    }
    // a wrong password costs as much as a right one, also on a cheap hash
    let new = writer.encode(password)?;
    Ok(Checked {
        correct,
        upgrade: correct.then_some(new),
    })
}

fn hasher_of<'a>(list: &'a [Arc<dyn Hasher>], encoded: &str) -> Option<&'a Arc<dyn Hasher>> {
    let (algorithm, _) = encoded.split_once('$')?;
    let found = list.iter().find(|hasher| hasher.algorithm() == algorithm);
    if found.is_none() {
        tracing::warn!(algorithm, "no hasher reads this password");
    }
    found
}
