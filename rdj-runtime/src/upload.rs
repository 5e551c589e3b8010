//! Files that are uploaded to an open page: `#[upload(max_size = "10MB", accept("image/*"))]`.
//!
//! They come by HTTP, through the same layers and behind the same guards as all requests of the page,
//! are written to temporary files while they come, and are refused as soon as one is too large or of a
//! wrong kind. The handler gets each as an [`UploadedFile`].

mod file;
mod kind;
mod orphans;
mod receive;

use std::fmt;

use tokio::sync::oneshot;

pub use self::{file::UploadedFile, kind::is_kind};
pub(crate) use self::{
    orphans::{YOUNG, clean},
    receive::{Refusal, receive},
};
use crate::{
    cx::Cx,
    error::{Error, Result},
};

/// What an upload takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UploadLimits {
    /// The most bytes of one file.
    pub max_size: u64,
    /// The most files at one time.
    pub max_count: usize,
    /// The kinds of files, as types such as `image/*` or endings such as `.pdf`; empty for all.
    pub accept: &'static [&'static str],
}

impl UploadLimits {
    /// One file of any kind with at most 10 MB.
    pub const DEFAULT: Self = Self {
        max_size: 10_000_000,
        max_count: 1,
        accept: &[],
    };
}

/// A file on its way to the event of an open page.
pub(crate) struct Sent {
    /// State and event, such as `docs.store`.
    pub(crate) event: String,
    /// Its arguments as JSON.
    pub(crate) args: String,
    pub(crate) file: UploadedFile,
    /// For the sentence in which the handler refused, if it did.
    pub(crate) done: oneshot::Sender<Result<(), String>>,
}

impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sent({})", self.event)
    }
}

/// What the handler of an upload takes last.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "an upload takes the file last, and `{Self}` is none",
    label = "write `UploadedFile`"
)]
pub trait FromUpload: From<UploadedFile> {}

impl FromUpload for UploadedFile {}

/// The file of the upload that runs now.
///
/// # Errors
///
/// The event came without a file: no page of ours sends it so.
#[doc(hidden)]
pub fn uploaded<F: FromUpload>(cx: &Cx) -> Result<F> {
    let file = cx.file().cloned().map(F::from);
    file.ok_or_else(|| Error::BadArguments("an upload without a file".to_owned()))
}

/// `2.5 MB`.
pub(crate) fn size(bytes: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
    let Some((unit, name)) = UNITS.into_iter().find(|(unit, _)| bytes >= *unit) else {
        return format!("{bytes} B");
    };
    let tenths = bytes / (unit / 10);
    match tenths % 10 {
        0 => format!("{} {name}", tenths / 10),
        rest => format!("{}.{rest} {name}", tenths / 10),
    }
}
