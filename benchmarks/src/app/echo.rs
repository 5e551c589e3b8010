//! What axum itself needs for a message and an answer.

use axum::{
    Router,
    extract::ws::{WebSocket, WebSocketUpgrade},
    response::Response,
    routing::any,
};
use tokio::net::TcpListener;

use crate::Result;

pub(super) async fn serve(listener: TcpListener) -> Result {
    let router = Router::new().route("/echo", any(upgrade));
    Ok(axum::serve(listener, router).await?)
}

async fn upgrade(upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(echo)
}

async fn echo(mut socket: WebSocket) {
    while let Some(Ok(message)) = socket.recv().await {
        if socket.send(message).await.is_err() {
            return;
        }
    }
}
