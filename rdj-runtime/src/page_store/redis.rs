//! Pages in Redis.

use std::{fmt, time::Duration};

use redis::{AsyncCommands as _, Cmd, aio::ConnectionManager};

use super::PageStore;
use crate::{error::Result, redis_connection::connect};

/// What stands before each name.
const PREFIX: &str = "rdj:page:";

/// A page store in a Redis server (6.2 or later), with the cargo feature `redis`.
///
/// Redis removes what is too old by itself. The connection is made again when it breaks.
///
/// ```no_run
/// # async fn run() -> rdj_runtime::Result {
/// use rdj_runtime::page_store::RedisPages;
///
/// let pages = RedisPages::connect("redis://127.0.0.1:6379/0").await?;
/// rdj_runtime::App::new().page_store(pages).run().await
/// # }
/// ```
#[derive(Clone)]
pub struct RedisPages {
    connection: ConnectionManager,
    prefix: String,
}

impl RedisPages {
    /// Connects to the server at `url`, such as `redis://127.0.0.1:6379/0`.
    ///
    /// # Errors
    ///
    /// The address is wrong or the server does not answer.
    pub async fn connect(url: &str) -> Result<Self> {
        Ok(Self {
            connection: connect(url).await?,
            prefix: PREFIX.to_owned(),
        })
    }

    /// Sets what stands before each name; `rdj:page:` if not set. Applications that share a server need
    /// prefixes that differ.
    #[must_use]
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }
}

impl fmt::Debug for RedisPages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RedisPages({})", self.prefix)
    }
}

#[async_trait::async_trait]
impl PageStore for RedisPages {
    async fn put(&self, name: &str, bytes: Vec<u8>, time: Duration) -> Result {
        // zero is no time for Redis
        let time = u64::try_from(time.as_millis()).unwrap_or(u64::MAX).max(1);
        let name = format!("{}{name}", self.prefix);
        let mut connection = self.connection.clone();
        connection.pset_ex::<_, _, ()>(name, bytes, time).await?;
        Ok(())
    }

    async fn take(&self, name: &str) -> Result<Option<Vec<u8>>> {
        let mut command = Cmd::new();
        command.arg("GETDEL").arg(format!("{}{name}", self.prefix));
        Ok(command.query_async(&mut self.connection.clone()).await?)
    }

    /// Does nothing: Redis has removed it.
    async fn sweep(&self) -> Result<u64> {
        Ok(0)
    }
}
