//! Secrets, and tokens that hide them.

use std::fmt::Write as _;

use rand::Rng as _;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// What secrets and tokens are made of.
const LETTERS: &[u8; 62] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
/// The length of a secret.
const SECRET: usize = 32;
/// The length of a token: a mask, and the secret behind it.
const TOKEN: usize = 2 * SECRET;

/// A new secret.
pub(super) fn secret() -> String {
    let mut random = rand::rng();
    let letters = std::iter::repeat_with(|| LETTERS[random.random_range(0..LETTERS.len())]);
    letters.take(SECRET).map(char::from).collect()
}

/// A token for `secret`: another one with each call, so that a compressed page does not give the secret
/// away.
#[must_use]
pub fn mask(secret: &str) -> String {
    let mask = self::secret();
    let behind = combine(secret, &mask, |letter, mask| letter + mask);
    mask + &behind
}

/// Whether `token`, from a form, a header or a socket's first frame, was made for `secret`.
///
/// ```
/// use rdj_runtime::csrf::{check_token, mask};
///
/// let secret = "abcdefghijklmnopqrstuvwxyz012345";
/// assert!(check_token(secret, &mask(secret)));
/// assert!(!check_token(secret, &mask("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345")));
/// ```
#[must_use]
pub fn check_token(secret: &str, token: &str) -> bool {
    match (unmask(secret), unmask(token)) {
        (Some(secret), Some(shown)) => secret.as_bytes().ct_eq(shown.as_bytes()).into(),
        _ => false,
    }
}

/// The secret of a token, or of a secret itself; none if it is neither.
pub(super) fn unmask(token: &str) -> Option<String> {
    if !token.bytes().all(|letter| letter.is_ascii_alphanumeric()) {
        return None;
    }
    match token.len() {
        SECRET => Some(token.to_owned()),
        TOKEN => {
            let (mask, behind) = token.split_at(SECRET);
            let count = LETTERS.len();
            Some(combine(behind, mask, |letter, mask| letter + count - mask))
        }
        _ => None,
    }
}

/// How many bytes of a digest tell one secret from another.
const SHORT: usize = 8;

/// Whose the drafts are that a browser keeps of a page with this token: `SECRET.USER`.
///
/// Before the dot stands what tells the browser's secret from others without giving it away: a secret is
/// another one after a login and a logout, and the same one when a session has merely expired.
pub(crate) fn drafts_of(token: &str, user: Option<i64>) -> String {
    let mut owner = String::new();
    let digest = unmask(token).map(|secret| Sha256::digest(format!("drafts {secret}")));
    for byte in digest.iter().flatten().take(SHORT) {
        // writing into a String does not fail
        let _ = write!(owner, "{byte:02x}");
    }
    owner.push('.');
    if let Some(user) = user {
        let _ = write!(owner, "{user}");
    }
    owner
}

/// Puts two texts together, letter by letter.
fn combine(text: &str, mask: &str, place: impl Fn(usize, usize) -> usize) -> String {
    let pairs = text.bytes().zip(mask.bytes());
    let letters = pairs.map(|(letter, mask)| {
        let at = place(position(letter), position(mask)) % LETTERS.len();
        char::from(LETTERS[at])
    });
    letters.collect()
}

fn position(letter: u8) -> usize {
    let base = match letter {
        b'a'..=b'z' => letter - b'a',
        b'A'..=b'Z' => letter - b'A' + 26,
        _ => letter.wrapping_sub(b'0').wrapping_add(52),
    };
    usize::from(base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c1_secrets_are_random_letters() {
        let (one, two) = (secret(), secret());
        assert_eq!(one.len(), 32);
        assert_ne!(one, two);
        assert_eq!(unmask(&one), Some(one.clone()));
    }

    #[test]
    fn c2_c7_each_mask_is_another_and_all_are_good() {
        let secret = secret();
        let (one, two) = (mask(&secret), mask(&secret));
        assert_eq!(one.len(), 64);
        assert_ne!(one, two);
        for token in [&one, &two, &secret] {
            assert!(check_token(&secret, token));
        }
        assert!(check_token(&one, &two), "a cookie may be masked, too");
    }

    #[test]
    fn drafts_are_those_of_a_secret_and_a_user() {
        let (one, other) = (secret(), secret());
        let owner = drafts_of(&mask(&one), Some(5));
        assert_eq!(owner, drafts_of(&mask(&one), Some(5)));
        assert!(
            owner.ends_with(".5") && owner.len() == 2 * SHORT + 2,
            "{owner}"
        );
        assert_ne!(owner, drafts_of(&mask(&other), Some(5)));
        assert!(!one.contains(&owner[..SHORT]));
        assert_eq!(drafts_of("", None), ".");
    }

    #[test]
    fn c4_c5_wrong_and_malformed() {
        let own = secret();
        for bad in [
            "",
            "x",
            &mask(&secret()),
            &secret(),
            &own[1..],
            &mask(&own)[1..],
        ] {
            assert!(!check_token(&own, bad), "{bad}");
        }
        let odd = format!("{}!", &own[1..]);
        assert!(!check_token(&odd, &odd), "no letters");
        assert!(!check_token("", ""));
    }

    #[test]
    fn reads_what_django_masks() {
        // a mask of `b` moves each letter by one
        let token = format!("{}{}", "b".repeat(32), "bcdefghijklmnopqrstuvwxyzABCDEFG");
        let secret = "abcdefghijklmnopqrstuvwxyzABCDEF";
        assert_eq!(unmask(&token).as_deref(), Some(secret));
        let wraps = format!("{}{}", "b".repeat(32), "a".repeat(32));
        assert_eq!(unmask(&wraps), Some("9".repeat(32)));
    }
}
