//! Writing the files of a form to temporary ones while they come.

use std::{
    io::{self, Write as _},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    body::{Body, Bytes},
    extract::{
        DefaultBodyLimit, FromRequest as _, Multipart, Request,
        multipart::{Field, MultipartError},
    },
};
use futures_util::StreamExt as _;
use http::{HeaderValue, StatusCode, header::CONTENT_TYPE};
use tempfile::NamedTempFile;
use tokio::time::{Instant, timeout_at};

use super::{
    UploadLimits, UploadedFile,
    kind::{HEAD, is_kind, kind_of},
    orphans::PREFIX,
    size,
};
use crate::{
    config::Config,
    error::{Error, Result},
    i18n::{text, text_with},
};

/// Bytes that are written at one time.
const BLOCK: usize = 256 * 1024;
/// The slowest upload, in bytes a second.
const SLOWEST: u64 = 4 * 1024;
/// What a form may have beside its files.
const MOST_TEXT: usize = 64 * 1024;
/// How many bytes may be read that belong to no part yet: the reader of parts keeps them all until it has seen
/// the end of a part's head.
const MOST_AHEAD: usize = 4 * 1024 * 1024;
/// How long the rest of a refused form is read: a browser that is cut off while it sends does not read
/// the answer.
const DRAIN: Duration = Duration::from_secs(1);

/// Why files are not taken.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// For the user.
    Told(StatusCode, String),
    /// The browser is gone, or what it sends is no form.
    Broken(String),
    /// A temporary file cannot be written.
    Failed(Error),
}

impl From<MultipartError> for Refusal {
    fn from(error: MultipartError) -> Self {
        Self::Broken(error.to_string())
    }
}

impl<E: Into<Error>> From<Failure<E>> for Refusal {
    fn from(Failure(error): Failure<E>) -> Self {
        Self::Failed(error.into())
    }
}

/// An error of this machine.
struct Failure<E>(E);

/// The files of a form. All are removed unless every one is taken.
pub(crate) async fn receive(
    content_type: &HeaderValue,
    body: Body,
    limits: UploadLimits,
    config: &Config,
) -> Result<Vec<UploadedFile>, Refusal> {
    let ahead = Arc::new(AtomicUsize::new(0));
    let mut request = Request::new(bounded(body, &ahead));
    request
        .headers_mut()
        .insert(CONTENT_TYPE, content_type.clone());
    // each part has its own limit
    DefaultBodyLimit::disable().apply(&mut request);
    let parts = Multipart::from_request(request, &()).await;
    let mut parts = parts.map_err(|error| Refusal::Broken(error.to_string()))?;
    let done = read(&mut parts, limits, config, &ahead).await;
    if let Err(Refusal::Told(..)) = done {
        drain(parts, &ahead).await;
    }
    done
}

/// Ends with an error where too much comes of what is no part's content.
fn bounded(body: Body, ahead: &Arc<AtomicUsize>) -> Body {
    let ahead = Arc::clone(ahead);
    let pieces = body.into_data_stream().map(move |piece| {
        let piece = piece.map_err(io::Error::other)?;
        let before = ahead.fetch_add(piece.len(), Ordering::Relaxed);
        if before + piece.len() > MOST_AHEAD {
            return Err(io::Error::other("the head of a part is too long"));
        }
        Ok(piece)
    });
    Body::from_stream(pieces)
}

async fn read(
    parts: &mut Multipart,
    limits: UploadLimits,
    config: &Config,
    ahead: &AtomicUsize,
) -> Result<Vec<UploadedFile>, Refusal> {
    let mut files = Vec::new();
    let mut text = 0;
    let mut pace = Pace {
        config,
        began: Instant::now(),
        received: 0,
        ahead,
    };
    while let Some(mut part) = pace.next(parts.next_field()).await? {
        let Some(name) = part.file_name().map(str::to_owned) else {
            while let Some(chunk) = pace.chunk(&mut part).await? {
                text += chunk.len();
                if text > MOST_TEXT {
                    return Err(Refusal::Broken("too much beside the files".to_owned()));
                }
            }
            continue;
        };
        // a control without a file sends a part without a name
        if name.is_empty() {
            continue;
        }
        if files.len() >= limits.max_count {
            return Err(too_many(limits));
        }
        files.push(file(&mut part, &name, limits, &mut pace).await?);
    }
    if files.is_empty() {
        let text = self::text("rdj-upload-none");
        return Err(Refusal::Told(StatusCode::UNPROCESSABLE_ENTITY, text));
    }
    Ok(files)
}

/// How fast a form comes.
struct Pace<'a> {
    config: &'a Config,
    began: Instant,
    received: u64,
    /// What was read and is no part's yet.
    ahead: &'a AtomicUsize,
}

impl Pace<'_> {
    /// The next piece. A browser that sends nothing for too long is given up, and so is one that sends
    /// next to nothing all the time.
    async fn next<T>(
        &self,
        next: impl Future<Output = Result<T, MultipartError>>,
    ) -> Result<T, Refusal> {
        let patience = self.config.upload_patience;
        let slowest = Duration::from_secs(self.received / SLOWEST);
        let until = (Instant::now() + patience).min(self.began + patience + slowest);
        match timeout_at(until, next).await {
            Ok(next) => Ok(next?),
            Err(_) => Err(Refusal::Told(
                StatusCode::REQUEST_TIMEOUT,
                text("rdj-upload-stalled"),
            )),
        }
    }

    async fn chunk(&mut self, part: &mut Field<'_>) -> Result<Option<Bytes>, Refusal> {
        let chunk = self.next(part.chunk()).await?;
        let length = chunk.as_ref().map_or(0, Bytes::len);
        self.received += length as u64;
        self.ahead.fetch_sub(length, Ordering::Relaxed);
        Ok(chunk)
    }
}

async fn file(
    part: &mut Field<'_>,
    name: &str,
    limits: UploadLimits,
    pace: &mut Pace<'_>,
) -> Result<UploadedFile, Refusal> {
    let folder = pace.config.upload_folder.clone();
    let make = move || {
        let file = tempfile::Builder::new()
            .prefix(PREFIX)
            .tempfile_in(folder)?;
        // no other process takes it for an orphan; where locks do not work, none is swept
        let _ = file.as_file().try_lock();
        Ok::<_, io::Error>(file)
    };
    let mut file = blocking(make).await?;
    let (mut length, mut kind) = (0_u64, None);
    let mut block = Vec::with_capacity(HEAD);
    while let Some(chunk) = pace.chunk(part).await? {
        length += chunk.len() as u64;
        if length > limits.max_size {
            return Err(too_large(limits));
        }
        block.extend_from_slice(&chunk);
        if kind.is_none() && block.len() >= HEAD {
            kind = Some(check(name, &block, limits)?);
        }
        if block.len() >= BLOCK {
            (file, block) = write(file, block).await?;
        }
    }
    if length == 0 {
        let text = text("rdj-file-empty");
        return Err(Refusal::Told(StatusCode::UNPROCESSABLE_ENTITY, text));
    }
    let kind = match kind {
        Some(kind) => kind,
        None => check(name, &block, limits)?,
    };
    (file, _) = write(file, block).await?;
    Ok(UploadedFile::new(name, length, kind, file))
}

/// What a file is that begins so.
fn check(name: &str, block: &[u8], limits: UploadLimits) -> Result<&'static str, Refusal> {
    let head = &block[..block.len().min(HEAD)];
    if is_kind(limits.accept, name, head) {
        return Ok(kind_of(head));
    }
    let text = text_with(
        "rdj-file-type",
        &[("types", limits.accept.join(", ").into())],
    );
    Err(Refusal::Told(StatusCode::UNSUPPORTED_MEDIA_TYPE, text))
}

async fn write(
    mut file: NamedTempFile,
    block: Vec<u8>,
) -> Result<(NamedTempFile, Vec<u8>), Refusal> {
    let work = move || {
        file.write_all(&block)?;
        let mut block = block;
        block.clear();
        Ok::<_, io::Error>((file, block))
    };
    blocking(work).await
}

/// Runs what waits for a disk. A file that is given up meanwhile is removed at its end.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, Refusal> {
    let done = tokio::task::spawn_blocking(work).await;
    let done = done.map_err(Failure)?;
    Ok(done.map_err(Failure)?)
}

fn too_large(limits: UploadLimits) -> Refusal {
    let text = text_with(
        "rdj-file-too-large",
        &[("most", size(limits.max_size).into())],
    );
    Refusal::Told(StatusCode::PAYLOAD_TOO_LARGE, text)
}

fn too_many(limits: UploadLimits) -> Refusal {
    let most = limits.max_count.to_string();
    let text = text_with("rdj-upload-too-many", &[("most", most.into())]);
    Refusal::Told(StatusCode::UNPROCESSABLE_ENTITY, text)
}

/// Reads what comes within a short time, so that the answer is read.
async fn drain(mut parts: Multipart, ahead: &AtomicUsize) {
    let until = Instant::now() + DRAIN;
    let rest = async {
        while let Ok(Some(mut part)) = parts.next_field().await {
            while let Ok(Some(chunk)) = part.chunk().await {
                ahead.fetch_sub(chunk.len(), Ordering::Relaxed);
            }
        }
    };
    let _ = timeout_at(until, rest).await;
}
