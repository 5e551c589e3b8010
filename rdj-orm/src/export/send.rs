//! Sending a file while it is written.

use std::{pin::pin, time::Duration};

use axum::body::{Body, Bytes};
use futures_util::{Stream, StreamExt as _, stream};
use rdj_runtime::{Error, Result, dispatch::BoxFuture};
use tokio::{
    sync::{Semaphore, SemaphorePermit, mpsc},
    time::timeout,
};

use super::file::File;
use crate::model::CrudModel;

/// A file is sent in pieces of about this size.
const PIECE: usize = 32 * 1024;
/// Pieces that wait for a browser to read them.
const WAITING: usize = 4;
/// A browser that reads nothing for so long gets no more: its file holds a connection of the database.
const PATIENCE: Duration = Duration::from_secs(30);
/// Files that are written at one time: others find connections of the database too.
static WRITING: Semaphore = Semaphore::const_new(4);

/// Waits until a file can be written.
pub(super) async fn permit() -> Result<SemaphorePermit<'static>> {
    Ok(WRITING.acquire().await?)
}

/// A body that is written as fast as it is read; memory is needed for a few pieces.
pub(super) fn body<E: CrudModel>(
    rows: impl Stream<Item = Result<E::Model>> + Send + 'static,
    file: File<E>,
    permit: SemaphorePermit<'static>,
) -> Body {
    let (pieces, waiting) = mpsc::channel(WAITING);
    let written = Box::pin(write(rows, file, pieces.clone()));
    send_written(written, pieces, waiting, permit)
}

/// Apart from the type of the rows, so that it is compiled once.
fn send_written(
    written: BoxFuture<'static, Result>,
    pieces: Pieces,
    waiting: mpsc::Receiver<Result<Bytes, std::io::Error>>,
    permit: SemaphorePermit<'static>,
) -> Body {
    tokio::spawn(async move {
        let _permit = permit;
        if let Err(error) = written.await {
            tracing::error!(%error, "an export broke off");
            let broken = std::io::Error::other("the export broke off");
            let _ = pieces.send(Err(broken)).await;
        }
    });
    let read = |mut waiting: mpsc::Receiver<_>| async move {
        waiting.recv().await.map(|piece| (piece, waiting))
    };
    Body::from_stream(stream::unfold(waiting, read))
}

type Pieces = mpsc::Sender<Result<Bytes, std::io::Error>>;

async fn write<E: CrudModel>(
    rows: impl Stream<Item = Result<E::Model>> + Send,
    mut file: File<E>,
    pieces: Pieces,
) -> Result {
    let mut rows = pin!(rows);
    let mut piece = Vec::with_capacity(PIECE + 1024);
    file.begin(&mut piece)?;
    while let Some(row) = rows.next().await {
        file.row(&mut piece, &row?)?;
        if piece.len() >= PIECE {
            let full = std::mem::replace(&mut piece, Vec::with_capacity(PIECE + 1024));
            if !send(&pieces, full).await? {
                return Ok(());
            }
        }
    }
    file.end(&mut piece);
    send(&pieces, piece).await.map(drop)
}

/// Hands a piece over; false once nobody reads any more.
async fn send(pieces: &Pieces, piece: Vec<u8>) -> Result<bool> {
    match timeout(PATIENCE, pieces.send(Ok(piece.into()))).await {
        Ok(sent) => Ok(sent.is_ok()),
        Err(_) => Err(Error::internal("nobody read the file")),
    }
}
