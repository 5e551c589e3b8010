//! A store whose content only the browser's own secret opens.

use std::{fmt::Write as _, sync::Arc, time::Duration};

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use sha2::{Digest as _, Sha256};

use super::PageStore;
use crate::error::{Error, Result};

/// A store, and what stands for secrets in it.
#[derive(Clone, Debug)]
pub(crate) struct Sealed(Arc<dyn PageStore>);

impl Sealed {
    pub(crate) fn new(store: Arc<dyn PageStore>) -> Self {
        Self(store)
    }

    /// Puts `plain` where `secret` finds it; `kind` keeps what is of different use apart.
    pub(crate) async fn put(
        &self,
        kind: &str,
        secret: &str,
        plain: Vec<u8>,
        time: Duration,
    ) -> Result {
        let bytes = seal(kind, secret, plain)?;
        self.0.put(&name(kind, secret), bytes, time).await
    }

    /// Takes out what was put there; what cannot be opened is as good as nothing.
    pub(crate) async fn take(&self, kind: &str, secret: &str) -> Result<Option<Vec<u8>>> {
        let found = self.0.take(&name(kind, secret)).await?;
        Ok(found.and_then(|bytes| open(kind, secret, bytes)))
    }

    pub(crate) async fn sweep(&self) {
        match self.0.sweep().await {
            Ok(0) => {}
            Ok(count) => tracing::debug!(count, "pages that nobody came for were removed"),
            Err(error) => tracing::error!(%error, "the page store could not be swept"),
        }
    }
}

/// The name in the store: nobody finds the secret from it.
fn name(kind: &str, secret: &str) -> String {
    let digest = Sha256::digest(format!("rdj name {kind} {secret}"));
    let mut name = String::with_capacity(2 * digest.len());
    for byte in digest {
        // writing into a String does not fail
        let _ = write!(name, "{byte:02x}");
    }
    name
}

fn key(kind: &str, secret: &str) -> Option<LessSafeKey> {
    let digest = Sha256::digest(format!("rdj key {kind} {secret}"));
    let key = UnboundKey::new(&CHACHA20_POLY1305, &digest).ok()?;
    Some(LessSafeKey::new(key))
}

fn seal(kind: &str, secret: &str, mut bytes: Vec<u8>) -> Result<Vec<u8>> {
    let failed = || Error::internal("a page could not be encrypted");
    let key = key(kind, secret).ok_or_else(failed)?;
    // a page is put away a few times at most under its secret: random numbers do not meet
    let nonce = rand::random::<[u8; NONCE_LEN]>();
    let sealed = key.seal_in_place_append_tag(
        Nonce::assume_unique_for_key(nonce),
        Aad::empty(),
        &mut bytes,
    );
    sealed.map_err(|_| failed())?;
    bytes.extend_from_slice(&nonce);
    Ok(bytes)
}

fn open(kind: &str, secret: &str, mut bytes: Vec<u8>) -> Option<Vec<u8>> {
    let nonce = bytes.split_off(bytes.len().checked_sub(NONCE_LEN)?);
    let nonce = Nonce::try_assume_unique_for_key(&nonce).ok()?;
    let key = key(kind, secret)?;
    let length = key
        .open_in_place(nonce, Aad::empty(), &mut bytes)
        .ok()?
        .len();
    bytes.truncate(length);
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page_store::MemoryPages;

    #[test]
    fn opens_with_its_own_secret_alone() -> Result {
        let sealed = seal("page", "secret", b"what a page shows".to_vec())?;
        assert!(!sealed.windows(4).any(|bytes| bytes == b"page"));
        assert_eq!(
            open("page", "secret", sealed.clone()).as_deref(),
            Some(&b"what a page shows"[..])
        );
        assert_eq!(open("page", "other", sealed.clone()), None);
        assert_eq!(open("ticket", "secret", sealed.clone()), None);
        let mut changed = sealed;
        changed[0] ^= 1;
        assert_eq!(open("page", "secret", changed), None);
        assert_eq!(open("page", "secret", vec![1, 2]), None);
        Ok(())
    }

    #[tokio::test]
    async fn gives_out_once_and_not_too_late() -> Result {
        let store = Sealed::new(Arc::new(MemoryPages::default()));
        let minute = Duration::from_mins(1);
        store.put("page", "a", b"one".to_vec(), minute).await?;
        assert_eq!(store.take("ticket", "a").await?, None);
        assert_eq!(store.take("page", "a").await?.as_deref(), Some(&b"one"[..]));
        assert_eq!(store.take("page", "a").await?, None);
        store
            .put("page", "a", b"two".to_vec(), Duration::ZERO)
            .await?;
        assert_eq!(store.take("page", "a").await?, None);
        Ok(())
    }
}
