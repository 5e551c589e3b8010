//! Files that not everybody may upload.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use rdj::{UploadedFile, prelude::*};

/// How many files have come to a handler, whatever their senders were told.
#[derive(Clone, Debug, Default)]
pub struct Stored(Arc<AtomicUsize>);

impl Stored {
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

#[app_state]
pub struct VaultState {
    pub files: Vec<String>,
}

#[events]
impl VaultState {
    #[event(permission = "vault.store_file")]
    #[upload(max_size = "1MB", max_count = 2)]
    async fn store(&mut self, cx: &Cx, file: UploadedFile) -> Result {
        self.keep(cx, &file)
    }

    #[event(permission = "vault.store_file", on_denied = "/plans")]
    #[upload(max_size = "1MB", max_count = 2)]
    async fn offer(&mut self, cx: &Cx, file: UploadedFile) -> Result {
        self.keep(cx, &file)
    }

    #[upload(max_size = "1MB", max_count = 2)]
    async fn leave(&mut self, cx: &Cx, file: UploadedFile) -> Result {
        self.keep(cx, &file)
    }
}

impl VaultState {
    fn keep(&mut self, cx: &Cx, file: &UploadedFile) -> Result {
        cx.resource::<Stored>()?.0.fetch_add(1, Ordering::SeqCst);
        self.files.push(file.name().to_owned());
        Ok(())
    }
}

/// Its visitors have a right.
#[page(
    route = "/work/vault",
    template = "work/vault.html",
    title = "Vault",
    permission = "vault.open_vault",
    discover = false
)]
pub struct VaultPage {
    vault: VaultState,
}

/// Everybody can open it: the guard of the upload stands alone.
#[page(
    route = "/work/hatch",
    template = "work/vault.html",
    title = "Hatch",
    discover = false
)]
pub struct HatchPage {
    vault: VaultState,
}
