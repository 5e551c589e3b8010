//! What keeps tests from failing by chance: waiting for a state in the place of a time.

use std::time::{Duration, Instant};

use tokio::time::sleep;

/// How long something may take on a machine that is slow and busy.
pub(crate) const PATIENCE: Duration = Duration::from_mins(2);

/// Waits until something is so.
pub(crate) async fn until(what: &str, is_so: impl AsyncFn() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !is_so().await {
        assert!(Instant::now() < end, "never: {what}");
        sleep(Duration::from_millis(20)).await;
    }
}
