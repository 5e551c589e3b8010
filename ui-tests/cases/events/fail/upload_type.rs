//! An upload takes the file last, and a task works on the state that starts it.

use rdj::prelude::*;

#[rdj::app_state]
struct DocsState {
    names: Vec<String>,
}

#[rdj::events]
impl DocsState {
    #[upload]
    async fn store(&mut self, _cx: &Cx, name: String) {
        self.names.push(name);
    }

    async fn work(&mut self, cx: &Cx) -> Result {
        cx.spawn(self, async |task| {
            task.update(|state| state.missing = 1).await;
        })?;
        Ok(())
    }
}

fn main() {}
