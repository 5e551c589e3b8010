//! Pages: ways to a handler beside the events of a socket.

#![expect(missing_docs, missing_debug_implementations, reason = "pages of tests")]
#![expect(clippy::panic, reason = "a task panics to see what its page tells")]

use std::sync::atomic::{AtomicUsize, Ordering};

use rdj::{UploadedFile, prelude::*};
use tokio::sync::Notify;

/// How many files came to the closed album.
pub static CAME: AtomicUsize = AtomicUsize::new(0);
/// A handler has begun.
pub static BEGUN: Notify = Notify::const_new();
/// It may end.
pub static MAY_END: Notify = Notify::const_new();

/// The album of somebody else.
#[app_state]
pub struct ClosedState {
    pub files: Vec<String>,
}

#[events]
impl ClosedState {
    #[on_load]
    async fn close(&mut self, cx: &Cx) {
        cx.redirect("/ways/album");
    }

    #[upload(max_count = 3)]
    async fn store(&mut self, _cx: &Cx, file: UploadedFile) {
        CAME.fetch_add(1, Ordering::SeqCst);
        self.files.push(file.name().to_owned());
    }
}

#[page(
    route = "/ways/closed",
    template = "ways/closed.html",
    title = "Closed"
)]
pub struct ClosedPage {
    closed: ClosedState,
}

#[app_state]
pub struct AlbumState {
    pub files: Vec<String>,
    pub work: Running,
}

#[events]
impl AlbumState {
    #[upload]
    async fn ponder(&mut self, _cx: &Cx, file: UploadedFile) {
        BEGUN.notify_one();
        MAY_END.notified().await;
        self.files.push(file.name().to_owned());
    }

    /// Starts a task that fails with its very last change.
    async fn end_badly(&mut self, cx: &Cx) -> Result {
        let end = |_: &mut Self, _: &Cx, ()| panic!("the secret panic");
        self.work = cx.spawn_then(self, async |_| Ok(()), end)?;
        Ok(())
    }

    /// Starts a task that has a file for its user.
    async fn save_later(&mut self, cx: &Cx) -> Result {
        self.work = cx.spawn(self, async |task| {
            let change = |state: &mut Self, cx: &Cx| {
                state.files.push("later.txt".to_owned());
                cx.download("later.txt", "later");
            };
            task.update_with(change).await;
        })?;
        Ok(())
    }

    async fn save(&mut self, cx: &Cx) {
        cx.download("names.txt", "one\ntwo");
    }
}

#[page(route = "/ways/album", template = "ways/album.html", title = "Album")]
pub struct AlbumPage {
    album: AlbumState,
}
