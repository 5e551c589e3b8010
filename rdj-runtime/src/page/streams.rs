//! The rows of a page's streams on their way to its browser.

#[cfg(test)]
mod tests;

use std::{collections::VecDeque, mem};

use super::mount::Mounted;
use crate::{
    cx::Cx,
    error::{Error, Result},
    runtime::secret,
    view::{Cut, Section, SectionOp, cut},
    wire::Effect,
};

/// As many bytes of rows are kept for a browser that comes back and has not got them.
const MOST_KEPT: usize = 64 * 1024;

/// Rows that were rendered. They are numbered: a browser that comes back takes none twice, and loads the
/// page again where some are missing.
#[derive(Debug, Default)]
pub(crate) struct Streamed {
    /// Not sent yet.
    waiting: Vec<Effect>,
    /// Sent, but a connection that breaks may have lost them.
    recent: VecDeque<Effect>,
    size: usize,
    number: u64,
    /// What the numbers belong to: a page that goes on in another process counts from 1 again.
    name: String,
}

fn size(effect: &Effect) -> usize {
    match effect {
        Effect::Stream { ops, .. } => ops.iter().map(|op| op.1.len() + 16).sum(),
        _ => 0,
    }
}

impl Streamed {
    fn keep(&mut self, effect: Effect) {
        self.size += size(&effect);
        self.recent.push_back(effect);
        while self.size > MOST_KEPT
            && let Some(old) = self.recent.pop_front()
        {
            self.size -= size(&old);
        }
    }
}

impl Mounted {
    /// Renders the page without the rows of its streams, which wait to be sent.
    ///
    /// # Errors
    ///
    /// The template fails, or a page with streams is none that a browser builds as it is written.
    pub(crate) fn render(&mut self, cx: &Cx, html: &mut String) -> Result {
        self.render_cut(cx, html, false)
    }

    /// Renders the page for what is known of it afterwards; the rows of its streams stay for the rendering that
    /// is sent.
    ///
    /// # Errors
    ///
    /// The template fails.
    pub(crate) fn look(&mut self, cx: &Cx) -> Result {
        self.render_asking(cx, &mut String::new(), None)?;
        self.shown.clear();
        Ok(())
    }

    /// As [`Mounted::render`], for a browser whose containers may have rows of an older page.
    ///
    /// # Errors
    ///
    /// As [`Mounted::render`].
    pub(crate) fn render_anew(&mut self, cx: &Cx, html: &mut String) -> Result {
        self.render_cut(cx, html, true)
    }

    fn render_cut(&mut self, cx: &Cx, html: &mut String, anew: bool) -> Result {
        let Some(cut) = self.render_and_cut(cx, html, anew, false)? else {
            return Ok(());
        };
        for mut section in cut.sections {
            if anew {
                section.ops.insert(0, SectionOp("0", String::new()));
            }
            self.wait(section);
        }
        Ok(())
    }

    /// Renders the page for a browser that has nothing of it: `html` is what it is compared with later;
    /// returns the page with the rows of its streams, if there are any.
    ///
    /// # Errors
    ///
    /// As [`Mounted::render`].
    pub(crate) fn render_whole(&mut self, cx: &Cx, html: &mut String) -> Result<Option<String>> {
        let cut = self.render_and_cut(cx, html, false, true)?;
        Ok(cut.and_then(|cut| cut.whole))
    }

    /// What is cut out, but for the page itself: that is `html`.
    fn render_and_cut(
        &mut self,
        cx: &Cx,
        html: &mut String,
        every: bool,
        whole: bool,
    ) -> Result<Option<Cut>> {
        self.render_asking(cx, html, None)?;
        // a stream in which something happens has said that it is shown
        if self.shown.is_empty() && !every {
            return Ok(None);
        }
        let mut cut = cut(html, every, whole).map_err(|refusal| {
            Error::internal(format!(
                "a page with a stream must be well-formed HTML: {refusal}"
            ))
        })?;
        // only what is on its way is forgotten
        for shown in mem::take(&mut self.shown) {
            shown.is_sent();
        }
        if let Some(cut) = &mut cut {
            *html = mem::take(&mut cut.html);
        }
        Ok(cut)
    }

    fn wait(&mut self, section: Section) {
        self.streamed.number += 1;
        if self.streamed.name.is_empty() {
            self.streamed.name = secret().chars().take(8).collect();
        }
        let effect = Effect::Stream {
            id: section.id,
            page: self.streamed.name.clone(),
            n: self.streamed.number,
            limit: section.limit,
            ops: section.ops,
        };
        self.streamed.waiting.push(effect);
    }

    /// Whether rows wait to be sent.
    pub(crate) fn has_streamed(&self) -> bool {
        !self.streamed.waiting.is_empty()
    }

    /// The rows to send behind the patch.
    pub(crate) fn take_streamed(&mut self) -> Vec<Effect> {
        let waiting = mem::take(&mut self.streamed.waiting);
        for effect in &waiting {
            self.streamed.keep(effect.clone());
        }
        waiting
    }

    /// What a browser that is back may lack, with a last one that says where the streams are; none for a
    /// page that has streamed nothing.
    pub(crate) fn streamed_again(&self) -> Vec<Effect> {
        if self.streamed.number == 0 {
            return Vec::new();
        }
        let last = Effect::Stream {
            id: String::new(),
            page: self.streamed.name.clone(),
            n: self.streamed.number,
            limit: 0,
            ops: Vec::new(),
        };
        self.streamed.recent.iter().cloned().chain([last]).collect()
    }

    /// What was sent has arrived.
    pub(crate) fn forget_sent(&mut self) {
        self.streamed.recent = VecDeque::new();
        self.streamed.size = 0;
        self.answers.forget_unasked();
    }
}
