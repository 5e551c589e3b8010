//! Sessions in Redis.

use redis::{AsyncCommands as _, Cmd, RedisError, aio::ConnectionManager};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store::{Error, Result},
};

use super::{ClearExpired, gone, meta::Data};
use crate::{error::Result as RdjResult, redis_connection::connect};

/// What stands before each name.
const PREFIX: &str = "rdj:session:";
/// How often a new id is tried when a random one is taken; it never is.
const TRIES: usize = 4;

/// A session store in a Redis server, with the cargo feature `redis`.
///
/// Redis removes expired sessions by itself. The connection is made again when it breaks.
///
/// ```no_run
/// # async fn run() -> rdj_runtime::Result {
/// use rdj_runtime::session::{self, RedisSessions};
///
/// let store = RedisSessions::connect("redis://127.0.0.1:6379/0").await?;
/// rdj_runtime::App::new().sessions(session::layer(store)).run().await
/// # }
/// ```
#[derive(Clone)]
pub struct RedisSessions {
    connection: ConnectionManager,
    prefix: String,
}

/// What is kept under a name.
#[derive(Serialize, Deserialize)]
struct Stored {
    data: Data,
    /// When it ends, in seconds since 1970.
    expires_at: i64,
}

impl RedisSessions {
    /// Connects to the server at `url`, such as `redis://127.0.0.1:6379/0`.
    ///
    /// # Errors
    ///
    /// The address is wrong or the server does not answer.
    pub async fn connect(url: &str) -> RdjResult<Self> {
        Ok(Self {
            connection: connect(url).await?,
            prefix: PREFIX.to_owned(),
        })
    }

    /// Sets what stands before each name; `rdj:session:` if not set. Applications that share a server
    /// need prefixes that differ.
    #[must_use]
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    fn name(&self, id: &Id) -> String {
        format!("{}{id}", self.prefix)
    }

    /// Sets a record under the `condition` `NX` (it is new) or `XX` (it exists); false if that fails.
    async fn set(&self, record: &Record, condition: &str) -> Result<bool> {
        let stored = Stored {
            data: record.data.clone(),
            expires_at: record.expiry_date.unix_timestamp(),
        };
        let json = serde_json::to_string(&stored).map_err(|e| Error::Encode(e.to_string()))?;
        let mut command = Cmd::new();
        command.arg("SET").arg(self.name(&record.id)).arg(json);
        // a time in the past removes it at once
        command
            .arg("EXAT")
            .arg(stored.expires_at.max(1))
            .arg(condition);
        let set: Option<String> = command
            .query_async(&mut self.connection.clone())
            .await
            .map_err(|error| backend(&error))?;
        Ok(set.is_some())
    }
}

impl std::fmt::Debug for RedisSessions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RedisSessions({})", self.prefix)
    }
}

fn backend(error: &RedisError) -> Error {
    Error::Backend(error.to_string())
}

#[async_trait::async_trait]
impl SessionStore for RedisSessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        for _ in 0..TRIES {
            if self.set(record, "NX").await? {
                return Ok(());
            }
            record.id = Id::default();
        }
        Err(Error::Backend("no free session id".to_owned()))
    }

    async fn save(&self, record: &Record) -> Result<()> {
        if self.set(record, "XX").await? {
            Ok(())
        } else {
            Err(gone())
        }
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let text: Option<String> = self
            .connection
            .clone()
            .get(self.name(id))
            .await
            .map_err(|error| backend(&error))?;
        let Some(text) = text else { return Ok(None) };
        let stored = serde_json::from_str::<Stored>(&text);
        let stored = stored.map_err(|error| Error::Decode(error.to_string()))?;
        let expiry_date = OffsetDateTime::from_unix_timestamp(stored.expires_at)
            .map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record {
            id: *id,
            data: stored.data,
            expiry_date,
        }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let mut connection = self.connection.clone();
        let deleted: std::result::Result<(), _> = connection.del(self.name(id)).await;
        deleted.map_err(|error| backend(&error))
    }
}

#[async_trait::async_trait]
impl ClearExpired for RedisSessions {
    /// Does nothing: Redis has removed them.
    async fn clear_expired(&self) -> Result<u64> {
        Ok(0)
    }
}
