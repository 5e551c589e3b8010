//! A log whose lines the server does not keep.

use rdj::prelude::*;

#[derive(Debug)]
pub struct Line {
    pub id: i64,
    pub text: String,
}

#[app_state]
pub struct LogState {
    pub lines: Stream<Line>,
    pub total: i64,
}

impl LogState {
    fn line(&mut self) -> Line {
        self.total += 1;
        let id = self.total;
        Line {
            id,
            text: format!("line <{id}>"),
        }
    }
}

#[events]
impl LogState {
    #[on_load]
    async fn begin(&mut self, _cx: &Cx) {
        for _ in 0..3 {
            let line = self.line();
            self.lines.append(line);
        }
    }

    async fn add(&mut self, _cx: &Cx, count: u32) {
        for _ in 0..count {
            let line = self.line();
            self.lines.append(line);
        }
    }

    /// Lines of so many letters.
    async fn fill(&mut self, _cx: &Cx, count: u32, length: usize) {
        for _ in 0..count {
            let line = self.line();
            let text = format!("{:.>length$}", line.id);
            self.lines.append(Line { text, ..line });
        }
    }

    async fn first(&mut self, _cx: &Cx) {
        let line = self.line();
        self.lines.prepend(line);
    }

    async fn remove(&mut self, _cx: &Cx, id: i64) {
        self.lines.remove(id);
    }

    async fn change(&mut self, _cx: &Cx, id: i64) {
        let text = "changed".to_owned();
        self.lines.replace(Line { id, text });
    }

    async fn reset(&mut self, _cx: &Cx) {
        self.lines.reset();
    }

    async fn limit(&mut self, _cx: &Cx, limit: usize) {
        self.lines.set_limit(limit);
    }

    /// Shows one line before the other.
    async fn slowly(&mut self, cx: &Cx) {
        let line = self.line();
        self.lines.append(line);
        cx.flush(self).await;
        let line = self.line();
        self.lines.append(line);
    }

    async fn follow(&mut self, cx: &Cx, count: i64) -> Result {
        cx.spawn(self, async move |task| {
            for _ in 0..count {
                task.update(|state| {
                    let line = state.line();
                    state.lines.append(line);
                })
                .await;
            }
        })?;
        Ok(())
    }

    async fn fail(&mut self, _cx: &Cx) -> Result {
        let line = self.line();
        self.lines.append(line);
        Err(Error::invalid("No."))
    }
}

#[page(route = "/work/log", template = "work/log.html", title = "Log")]
pub struct LogPage {
    log: LogState,
}
