//! What a page takes up between its events.

use std::{any::Any, panic::AssertUnwindSafe, panic::catch_unwind};

use super::mount::Mounted;
use crate::{
    bridge::panic_text,
    cx::Cx,
    error::{Error, Result},
    runtime::incident,
    work::{Update, tell},
};

impl Mounted {
    /// Makes the changes of its tasks.
    ///
    /// # Errors
    ///
    /// What is left to do after an event fails; the changes are made all the same.
    pub(crate) async fn take_up(&mut self, cx: &Cx, updates: Vec<Update>) -> Result {
        cx.set_page_work(&self.work);
        if updates.is_empty() {
            return Ok(());
        }
        for update in updates {
            self.change(cx, update);
        }
        cx.clone().scope(self.page.after_event(cx)).await
    }

    /// Makes one change; one that panics ends its task.
    fn change(&mut self, cx: &Cx, update: Update) {
        let Some(mut state) = self.page.lend(update.state) else {
            return;
        };
        let lent: &mut dyn Any = &mut *state;
        let apply = update.apply;
        let work = AssertUnwindSafe(|| cx.scope_sync(|| apply(lent, cx)));
        let done = catch_unwind(work);
        self.page.swap(&mut *state);
        if let Err(panic) = done {
            let error =
                Error::internal(format!("a task's change panicked: {}", panic_text(&*panic)));
            let id = incident();
            tracing::error!(%error, id, "a task failed");
            cx.scope_sync(|| tell(&update.task, cx, &error, Some(id)));
            update.task.stop();
        }
    }
}
