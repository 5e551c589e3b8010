//! What a store sees of a session's key.

use sha2::{Digest as _, Sha256};
use tower_sessions::session::Id;

/// The name under which a store keeps the session with this key: the first 128 bits of its SHA-256.
///
/// It cannot be turned back into the key, so a copy of the store opens no session.
#[must_use]
pub fn stored_id(key: &Id) -> Id {
    let digest = Sha256::digest(key.0.to_le_bytes());
    let mut half = [0; 16];
    half.copy_from_slice(&digest[..16]);
    Id(i128::from_le_bytes(half))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differs_from_the_key_and_stays_the_same() {
        let key = Id::default();
        assert_ne!(stored_id(&key), key);
        assert_eq!(stored_id(&key), stored_id(&key));
        assert_ne!(stored_id(&key), stored_id(&Id::default()));
    }
}
