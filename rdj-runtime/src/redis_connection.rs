//! The connection to a Redis server.

use std::time::Duration;

use redis::aio::{ConnectionManager, ConnectionManagerConfig};

use crate::error::Result;

/// How long an answer may take. What the server did although nobody waits for it any more is lost: a record that
/// was taken once is gone. The half second of the client is less than a server takes that writes a snapshot.
const PATIENCE: Duration = Duration::from_secs(10);

/// Connects to the server at `url`; the connection is made again when it breaks.
pub(crate) async fn connect(url: &str) -> Result<ConnectionManager> {
    let client = redis::Client::open(url)?;
    let config = ConnectionManagerConfig::new().set_response_timeout(Some(PATIENCE));
    Ok(ConnectionManager::new_with_config(client, config).await?)
}
