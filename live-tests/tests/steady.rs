//! What keeps tests from failing by chance: waiting for a state in the place of a time, and ports of one's own.

use std::{
    net::TcpListener,
    process,
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

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

/// A port that nothing listens on. It lies beneath those that the system gives to connections, and each
/// process of tests begins elsewhere: nobody takes it before it is bound, or while its server starts again.
pub(crate) fn free_port() -> u16 {
    const FIRST: u32 = 12_000;
    const COUNT: u32 = 20_000;
    static NEXT: AtomicU32 = AtomicU32::new(0);
    loop {
        let next = NEXT.fetch_add(1, Ordering::Relaxed);
        let number = process::id().wrapping_mul(16).wrapping_add(next);
        let port = u16::try_from(FIRST + number % COUNT).unwrap_or_default();
        if port > 0 && TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}
