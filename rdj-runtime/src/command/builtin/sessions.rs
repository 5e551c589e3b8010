//! `clearsessions`

use std::{fmt, future::Future, sync::Arc};

use super::super::{Command, CommandCx};
use crate::{
    dispatch::BoxFuture,
    error::{Error, Result},
};

type Clear = Arc<dyn Fn() -> BoxFuture<'static, Result<u64>> + Send + Sync>;

/// Removes expired sessions from a store; a resource of the application that the command
/// `clearsessions` uses.
///
/// ```
/// use rdj_runtime::command::SessionCleaner;
///
/// let app = rdj_runtime::App::new().resource(SessionCleaner::new(|| async { Ok(3) }));
/// ```
#[derive(Clone)]
pub struct SessionCleaner(Clear);

impl SessionCleaner {
    /// A cleaner from a function that removes expired sessions and returns how many there were.
    pub fn new<F, R>(clear: F) -> Self
    where
        F: Fn() -> R + Send + Sync + 'static,
        R: Future<Output = Result<u64>> + Send + 'static,
    {
        Self(Arc::new(move || Box::pin(clear())))
    }

    /// Removes expired sessions and returns how many there were.
    ///
    /// # Errors
    ///
    /// The store fails.
    pub async fn clear(&self) -> Result<u64> {
        (self.0)().await
    }
}

impl fmt::Debug for SessionCleaner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionCleaner")
    }
}

pub(super) fn command() -> Command {
    Command::new("clearsessions", "Removes expired sessions", run)
}

async fn run(cx: CommandCx) -> Result {
    let Ok(cleaner) = cx.resource::<SessionCleaner>() else {
        return Err(Error::invalid(
            "the application has no session store that can remove expired sessions",
        ));
    };
    let count = cleaner.clear().await?;
    cx.stdout.line(format!("Expired sessions removed: {count}"))
}
