//! Where an event waits in the middle of its work.

use std::time::Duration;

use tokio::{sync::Notify, time::timeout};

/// How long a test waits for an event to come here.
const PATIENCE: Duration = Duration::from_mins(1);

/// Holds an event up until the test has done something meanwhile.
#[derive(Debug, Default)]
pub struct Gate {
    entered: Notify,
    leave: Notify,
}

impl Gate {
    /// Waits, in an event, until the test lets it go on.
    pub(super) async fn pass(&self) {
        self.entered.notify_one();
        self.leave.notified().await;
    }

    /// Does `work` while an event waits here, and then lets that go on.
    pub async fn meanwhile<T>(&self, work: impl Future<Output = T>) -> T {
        let entered = timeout(PATIENCE, self.entered.notified()).await;
        entered.expect("an event that waits");
        let done = work.await;
        self.leave.notify_one();
        done
    }
}
