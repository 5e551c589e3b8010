//! Everybody's list again after a save.

use std::sync::Arc;

use askama::Template as _;
use axum::{
    extract::{
        State, WebSocketUpgrade,
        ws::{Message, WebSocket},
    },
    response::Response,
};

use super::{Shared, Store, page};
use crate::Result;

pub(super) async fn watch(State(shared): Store, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(async move |socket| {
        // the browser has gone
        let _ = follow(shared, socket).await;
    })
}

async fn follow(shared: Arc<Shared>, mut socket: WebSocket) -> Result {
    let mut saved = shared.saved.subscribe();
    while saved.recv().await.is_ok() {
        let list = page(&shared.db, 1).await?.render()?;
        socket.send(Message::text(list)).await?;
    }
    Ok(())
}
