//! What a handler shows before it ends.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{
    body::Bytes,
    extract::ws::{Message, WebSocket},
};
use tokio::sync::Notify;

use super::{
    Gone,
    outgoing::{changes, send},
};
use crate::{
    cx::Cx,
    page::{Shows, mount::Mounted},
    wire::Frame,
};

/// The patches of one event on their way to the browser: one waits or is being sent, never more. They
/// acknowledge nothing.
#[derive(Debug, Default)]
pub(super) struct Patches {
    slot: Mutex<Slot>,
    changed: Notify,
}

#[derive(Debug, Default)]
struct Slot {
    waiting: VecDeque<Bytes>,
    is_sending: bool,
    is_closed: bool,
}

impl Patches {
    fn lock(&self) -> MutexGuard<'_, Slot> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the browser has read enough to be sent more.
    fn is_free(&self) -> bool {
        let slot = self.lock();
        slot.waiting.is_empty() && !slot.is_sending && !slot.is_closed
    }

    /// Runs `work`, and sends meanwhile what it shows. A browser that does not read does not hold it up.
    pub(super) async fn send_while<T>(
        &self,
        work: impl Future<Output = T>,
        socket: &mut WebSocket,
        time: Duration,
    ) -> (T, Result<(), Gone>) {
        let work = async {
            let done = work.await;
            self.lock().is_closed = true;
            self.changed.notify_one();
            done
        };
        tokio::join!(work, self.send_all(socket, time))
    }

    async fn send_all(&self, socket: &mut WebSocket, time: Duration) -> Result<(), Gone> {
        while let Some(frame) = self.next().await {
            send(socket, time, Message::Binary(frame)).await?;
            self.lock().is_sending = false;
        }
        Ok(())
    }

    /// The next patch; none once the handler has ended.
    async fn next(&self) -> Option<Bytes> {
        loop {
            {
                let mut slot = self.lock();
                if let Some(frame) = slot.waiting.pop_front() {
                    slot.is_sending = true;
                    return Some(frame);
                }
                if slot.is_closed {
                    return None;
                }
            }
            self.changed.notified().await;
        }
    }
}

impl Shows for Patches {
    fn show(&self, page: &mut Mounted, cx: &Cx) {
        if !self.is_free() {
            return;
        }
        page.set_messages(cx.outbox().messages.clone());
        match changes(page, 0, cx) {
            Ok(frame) => {
                let rows = page.take_streamed();
                let frame = (!Frame::is_ack(&frame)).then_some(frame);
                let rows = (!rows.is_empty()).then(|| Frame::effects(0, page.version, &rows));
                self.lock().waiting.extend(frame.into_iter().chain(rows));
                self.changed.notify_one();
            }
            // the handler goes on; what is wrong is told with its end
            Err(error) => {
                tracing::warn!(%error, "a page could not be shown before its event ended");
            }
        }
    }
}
