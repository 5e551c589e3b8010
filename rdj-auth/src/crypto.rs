//! Digests and random texts, in Django's shapes.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use rand::{Rng, distr::Alphanumeric};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// The block of SHA-256, which is how long a key of its HMAC is.
const BLOCK: usize = 64;

/// HMAC-SHA256 in hex; the key is the SHA-256 of `salt` and `secret`, as Django's `salted_hmac`.
pub(crate) fn salted_hmac(salt: &str, secret: &str, message: &str) -> String {
    let digest = Sha256::new()
        .chain_update(salt)
        .chain_update(secret)
        .finalize();
    // HMAC fills a short key with zeros
    let mut key = [0_u8; BLOCK];
    key[..digest.len()].copy_from_slice(&digest);
    let mut mac = Hmac::<Sha256>::new(&key.into());
    mac.update(message.as_bytes());
    hex(&mac.finalize().into_bytes())
}

/// SHA-256 in hex.
pub(crate) fn digest(text: &str) -> String {
    hex(&Sha256::digest(text))
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let nibbles = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    nibbles
        .map(|nibble| char::from(DIGITS[usize::from(nibble)]))
        .collect()
}

/// Compares without telling by time where texts differ.
pub(crate) fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

/// A random text of letters and digits.
pub(crate) fn random_text(length: usize) -> String {
    rand::rng()
        .sample_iter(Alphanumeric)
        .take(length)
        .map(char::from)
        .collect()
}

/// Base64 for addresses, without padding.
pub(crate) fn to_url_base64(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

/// Reads [`to_url_base64`]; padding is accepted.
pub(crate) fn from_url_base64(text: &str) -> Option<String> {
    let bytes = URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()?;
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_survive_base64() {
        assert_eq!(to_url_base64("1"), "MQ");
        assert_eq!(from_url_base64("MQ").as_deref(), Some("1"));
        assert_eq!(from_url_base64("MQ==").as_deref(), Some("1"));
        assert_eq!(from_url_base64("%%"), None);
    }

    #[test]
    fn random_texts_differ() {
        assert_eq!(random_text(40).len(), 40);
        assert_ne!(random_text(40), random_text(40));
    }
}
