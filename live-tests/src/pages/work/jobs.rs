//! Tasks that count.

#![expect(clippy::panic, reason = "a task panics to see what its page tells")]

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use rdj::prelude::*;
use tokio::{sync::Semaphore, time::sleep};

/// Tasks that have not ended.
pub static ALIVE: AtomicUsize = AtomicUsize::new(0);
/// The steps that those may go which ask.
pub static MAY_STEP: Semaphore = Semaphore::const_new(0);

struct Alive;

impl Alive {
    fn new() -> Self {
        ALIVE.fetch_add(1, Ordering::SeqCst);
        Self
    }
}

impl Drop for Alive {
    fn drop(&mut self) {
        ALIVE.fetch_sub(1, Ordering::SeqCst);
    }
}

#[app_state]
pub struct JobsState {
    pub work: Running,
    pub step: u64,
    pub result: String,
    pub touched: u32,
}

#[events]
impl JobsState {
    async fn count(&mut self, cx: &Cx, pause: u64, steps: u64) -> Result {
        self.start(cx, Some(Duration::from_millis(pause)), steps)
    }

    /// Counts, each step when a test says so.
    async fn walk(&mut self, cx: &Cx, steps: u64) -> Result {
        self.start(cx, None, steps)
    }

    async fn fail(&mut self, cx: &Cx, how: String) -> Result {
        self.work = cx.spawn(self, async move |task| {
            let _alive = Alive::new();
            match how.as_str() {
                "refused" => Err(Error::invalid("Not today.")),
                "internal" => Err(Error::internal("the secret cause")),
                "change" => {
                    task.update(|_| panic!("the secret panic")).await;
                    std::future::pending().await
                }
                _ => panic!("the secret panic"),
            }
        })?;
        Ok(())
    }

    async fn ask(&mut self, cx: &Cx) -> Result {
        self.work = cx.spawn(self, async |task| {
            for _ in 0..2000 {
                task.update(|state| state.step += 1).await;
            }
            let step = task.ask(|state| state.step).await;
            task.update(move |state| state.result = format!("{step:?}"))
                .await;
        })?;
        Ok(())
    }

    /// Changes the page as fast as it takes changes, without an end.
    async fn flood(&mut self, cx: &Cx) -> Result {
        self.work = cx.spawn(self, async |task| {
            let _alive = Alive::new();
            for _ in 0..u64::MAX {
                task.update(|state| state.step += 1).await;
            }
        })?;
        Ok(())
    }

    async fn cancel(&mut self, _cx: &Cx) {
        self.work.cancel();
    }

    async fn touch(&mut self, _cx: &Cx) {
        self.touched += 1;
    }
}

impl JobsState {
    fn start(&mut self, cx: &Cx, pause: Option<Duration>, steps: u64) -> Result {
        let work = async move |task: rdj::Task<Self>| {
            let _alive = Alive::new();
            for step in 1..=steps {
                match pause {
                    Some(pause) => sleep(pause).await,
                    None => may_step().await,
                }
                task.progress(step * 100 / steps, 100);
                task.update(move |state| state.step = step).await;
            }
            Ok(format!("counted to {steps}"))
        };
        self.work = cx.spawn_then(self, work, |state: &mut Self, cx, text| {
            state.result = text;
            cx.messages().success("Counted.");
        })?;
        Ok(())
    }
}

async fn may_step() {
    if let Ok(step) = MAY_STEP.acquire().await {
        step.forget();
    }
}

#[page(route = "/work/jobs", template = "work/jobs.html", title = "Jobs")]
pub struct JobsPage {
    jobs: JobsState,
}
