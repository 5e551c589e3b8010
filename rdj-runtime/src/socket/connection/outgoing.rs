//! What a connection sends: patches, whole pages, acknowledgements, effects.

use std::{cell::RefCell, time::Duration};

use axum::{
    body::Bytes,
    extract::ws::{Message, WebSocket, close_code},
};
use futures_util::SinkExt as _;

use super::{Close, Connection, Gone, Step};
use crate::{
    cx::Cx,
    error::Error,
    inside::{Ended, Part, begin, count_bytes, ended_as},
    message::Messages,
    page::mount::{Mounted, SharedMounted},
    runtime::incident,
    view::{Change, Scratch, View, write_body},
    wire::{Effect, Frame, Kind},
};

/// Buffers that all connections of a thread share.
#[derive(Default)]
struct Buffers {
    html: String,
    scratch: Scratch,
}

thread_local! {
    static BUFFERS: RefCell<Buffers> = RefCell::default();
}

impl Connection {
    /// Renders the page, sends the difference with the acknowledgement, then the effects.
    pub(super) async fn send_changes(
        &mut self,
        page: &SharedMounted,
        seq: u64,
        cx: &Cx,
        messages: Messages,
        mut effects: Vec<Effect>,
    ) -> Step {
        let (frame, rows, version) = {
            let mut mounted = page.lock().await;
            // the messages of the last event stay while the page changes by itself
            if seq > 0 || !messages.is_empty() {
                mounted.set_messages(messages);
            }
            // the last frame about an event acknowledges it
            let frame = changes(&mut mounted, if effects.is_empty() { seq } else { 0 }, cx);
            let frame = frame.inspect_err(|error| {
                let id = incident();
                tracing::error!(%error, id, "a page could not be rendered");
                ended_as(Ended::Failed);
                let text = self.caller.text("rdj-failed");
                effects.push(Effect::Error { id, text });
            });
            mounted.answer(seq, &effects);
            (frame, mounted.take_streamed(), mounted.version)
        };
        // rows of streams come right behind their page
        effects.splice(..0, rows);
        let asked = (!effects.is_empty()).then(|| Frame::effects(seq, version, &effects));
        match frame {
            // an answer to no event that changes nothing needs no frame
            Ok(frame) if seq == 0 && Frame::is_ack(&frame) => ended_as(Ended::Unchanged),
            Ok(frame) if Frame::is_ack(&frame) && asked.is_none() => {
                ended_as(Ended::Unchanged);
                self.send(Message::Binary(frame)).await?;
            }
            // the effects acknowledge it
            Ok(frame) if Frame::is_ack(&frame) => {}
            Ok(frame) if asked.is_none() => self.send(Message::Binary(frame)).await?,
            // with its effects: a user acts on what is shown at once
            Ok(frame) => self.write(Message::Binary(frame)).await?,
            Err(_) => {}
        }
        match asked {
            Some(asked) => Ok(self.send(Message::Binary(asked)).await?),
            None => Ok(()),
        }
    }

    /// The whole page as the browser should have it. One that is not kept, as it cannot be patched, is
    /// rendered again.
    pub(super) async fn send_body(&mut self, page: &SharedMounted) -> Step {
        let frame = {
            let mut mounted = page.lock().await;
            let mut frame = Frame::new(mounted.last_seq, mounted.version);
            if !mounted.view.body(frame.payload()) {
                mounted.view = View::new("");
                self.signals.check.notify_one();
                return Ok(());
            }
            frame.finish(Kind::Body)
        };
        Ok(self.send(Message::Binary(frame)).await?)
    }

    /// Answers an event that ran already, with what it asked of the browser.
    pub(super) async fn send_again(&mut self, page: &SharedMounted, seq: u64) -> Result<(), Gone> {
        let frame = page.lock().await.answer_again(seq);
        self.send(Message::Binary(frame)).await
    }

    pub(super) async fn send_effects(&mut self, seq: u64, effects: &[Effect]) -> Result<(), Gone> {
        let version = match &self.page {
            Some(page) => page.lock().await.version,
            None => 0,
        };
        self.send(Message::Binary(Frame::effects(seq, version, effects)))
            .await
    }

    /// Sends a message; a browser that does not read for too long is given up, and waited for once.
    pub(super) async fn send(&mut self, message: Message) -> Result<(), Gone> {
        if let Some(gone) = self.gone {
            return Err(gone);
        }
        let sent = send(&mut self.socket, self.runtime.config.send_timeout, message).await;
        sent.inspect_err(|gone| self.give_up(*gone))
    }

    /// Writes a message that leaves with the next one.
    async fn write(&mut self, message: Message) -> Result<(), Gone> {
        if let Some(gone) = self.gone {
            return Err(gone);
        }
        let _begun = begin(Part::Send);
        count(&message);
        let written = self.socket.feed(message);
        let written = within(self.runtime.config.send_timeout, written).await;
        written.inspect_err(|gone| self.give_up(*gone))
    }

    /// Nothing more is sent to this browser.
    pub(super) fn give_up(&mut self, gone: Gone) {
        self.gone = Some(gone);
        self.count_gone(gone);
    }
}

/// Sends a message; a browser that does not read it in `time` is given up.
pub(super) async fn send(
    socket: &mut WebSocket,
    time: Duration,
    message: Message,
) -> Result<(), Gone> {
    let _begun = begin(Part::Send);
    count(&message);
    within(time, socket.send(message)).await
}

fn count(message: &Message) {
    if let Message::Binary(frame) = message {
        count_bytes(frame.len());
    }
}

async fn within(
    time: Duration,
    sent: impl Future<Output = Result<(), axum::Error>>,
) -> Result<(), Gone> {
    match tokio::time::timeout(time, sent).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) => Err(Gone::Left),
        Err(_) => Err(Gone::Slow),
    }
}

/// Renders the page and writes the frame that brings the browser up to date.
pub(super) fn changes(mounted: &mut Mounted, seq: u64, cx: &Cx) -> Result<Bytes, Error> {
    BUFFERS.with_borrow_mut(|buffers| {
        let Buffers { html, scratch } = buffers;
        html.clear();
        let begun = begin(Part::Render);
        mounted.render(cx, html)?;
        drop(begun);
        let _begun = begin(Part::Diff);
        let seq = if mounted.has_streamed() { 0 } else { seq };
        let mut frame = Frame::new(seq, mounted.version + 1);
        let kind = match mounted.view.update(html, scratch, frame.payload()) {
            Change::None => return Ok(Frame::new(seq, mounted.version).finish(Kind::Ack)),
            Change::Patch => Kind::Patch,
            Change::TitledPatch => Kind::TitledPatch,
            Change::Body => Kind::Body,
        };
        mounted.version += 1;
        Ok(frame.finish(kind))
    })
}

/// The whole page as it was opened anew for a socket, and the rows of its streams.
pub(super) async fn first_body(
    page: &SharedMounted,
    cx: &Cx,
) -> Result<(Bytes, Vec<Effect>), Option<Close>> {
    let mut mounted = page.lock().await;
    mounted.set_messages(std::mem::take(&mut cx.outbox().messages));
    let body = first(&mut mounted, cx).map_err(|error| {
        let id = incident();
        tracing::error!(%error, id, "a page could not be rendered");
        Close::new(close_code::AGAIN, "the page could not be rendered")
    })?;
    Ok((body, mounted.take_streamed()))
}

/// Renders a page that the browser has nothing of yet.
pub(super) fn first(mounted: &mut Mounted, cx: &Cx) -> Result<Bytes, Error> {
    let mut html = String::new();
    let begun = begin(Part::Render);
    mounted.render_anew(cx, &mut html)?;
    drop(begun);
    let _begun = begin(Part::Diff);
    mounted.view = View::new(&html);
    mounted.version += 1;
    let mut frame = Frame::new(0, mounted.version);
    write_body(&html, frame.payload());
    Ok(frame.finish(Kind::Body))
}
