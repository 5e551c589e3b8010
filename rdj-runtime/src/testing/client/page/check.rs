//! What is amiss with a page: after each step its document is compared with the server's, and looked
//! through for what goes wrong later.

use std::{collections::HashMap, fmt};

use serde_json::json;

use super::{TestFrame, TestPage};
use crate::testing::client::{
    dom::{Dom, Id, shortened},
    error::{Result, TestError},
    frame::{Frame, FrameKind},
};

/// Patches longer than this are reported.
const LARGE: usize = 100 * 1024;

/// What is amiss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WarningKind {
    /// An id that is there twice: labels, links and patches may mean the wrong element.
    DuplicateId,
    /// The children of a list have neither `data-key` nor id: when rows come, go and move, what the user
    /// has typed in one, and the focus, may go to another. A list that never changes needs none.
    ListWithoutKeys,
    /// A control without `name`: its form does not send it.
    ControlWithoutName,
    /// A control without a label: people who do not see the page do not know what it is for.
    ControlWithoutLabel,
    /// A patch of more than 100 KiB.
    LargePatch,
}

/// Something amiss with a page.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Warning {
    /// What it is.
    pub kind: WarningKind,
    /// Where, for people.
    pub text: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl TestFrame {
    /// Whether it changed the page.
    #[must_use]
    pub fn changes_page(&self) -> bool {
        !matches!(self.kind, FrameKind::Ack | FrameKind::Effects)
    }
}

impl TestPage {
    /// Ends a step: the statements are counted, the document is compared with the server's, and what is
    /// amiss with it is reported.
    pub(super) async fn finish(&mut self) -> Result {
        self.statements = self.browser.site.statements();
        self.ask().await?;
        self.report()
    }

    /// Takes all that was sent so far, and the page as the server has rendered it.
    pub(super) async fn ask(&mut self) -> Result {
        if self.stream.is_some() {
            self.asked += 1;
            let miss = json!(["miss", self.version, "a test compares"]);
            self.transmit(&miss).await?;
            while self.asked > 0 {
                let frame = self.frame().await?;
                self.take(frame).await?;
            }
        }
        Ok(())
    }

    /// Compares the document with what the server has rendered.
    pub(super) fn compare(&mut self, frame: &Frame) -> Result {
        let (title, html) = frame.body()?;
        let theirs = Dom::parse(&format!("<!DOCTYPE html><body>{html}"));
        let found = self.dom.difference(self.dom.body(), &theirs, theirs.body());
        let step = &self.step;
        if let Some(found) = found {
            let text = format!("{step}: a patch made another page than was rendered: {found}");
            return Err(TestError::new(text));
        }
        if !title.is_empty() && self.dom.title() != title {
            let ours = self.dom.title();
            let text = format!("{step}: the title is `{ours}`, but `{title}` was rendered");
            return Err(TestError::new(text));
        }
        Ok(())
    }

    fn report(&mut self) -> Result {
        let mut found = self.duplicates();
        found.extend(self.lists());
        found.extend(self.bad_controls());
        let large = self
            .frames
            .iter()
            .filter(|frame| frame.changes_page() && frame.bytes > LARGE);
        found.extend(large.map(|frame| Warning {
            kind: WarningKind::LargePatch,
            text: format!("{}: a patch of {} bytes", self.step, frame.bytes),
        }));
        let new = found.into_iter().filter(|one| !self.warnings.contains(one));
        let new: Vec<_> = new.collect();
        let site = &self.browser.site;
        let fatal = new
            .iter()
            .find(|one| site.is_fatal(one.kind == WarningKind::DuplicateId));
        let fatal = fatal.map(|one| TestError::new(format!("{}: {one}", self.address)));
        for one in &new {
            tracing::warn!(address = self.address, "{one}");
        }
        self.warnings.extend(new);
        fatal.map_or(Ok(()), Err)
    }

    fn duplicates(&self) -> Vec<Warning> {
        let mut all: HashMap<&str, Vec<Id>> = HashMap::new();
        for id in self.dom.all(Dom::ROOT, |_| true) {
            if let Some(value) = self.dom.attr(id, "id").filter(|value| !value.is_empty()) {
                all.entry(value).or_default().push(id);
            }
        }
        let twice = all.into_iter().filter(|(_, ids)| ids.len() > 1);
        let mut found: Vec<_> = twice
            .map(|(value, ids)| {
                let elements: Vec<_> = ids.iter().map(|id| self.dom.brief(*id)).collect();
                Warning {
                    kind: WarningKind::DuplicateId,
                    text: format!(
                        "the id `{value}` is there {} times: {}",
                        ids.len(),
                        elements.join(", ")
                    ),
                }
            })
            .collect();
        found.sort_by(|one, two| one.text.cmp(&two.text));
        found
    }

    fn lists(&self) -> Vec<Warning> {
        let dom = &self.dom;
        let is_list = |id: Id| {
            let in_nav = dom.closest(id, |id| dom.name(id) == "nav").is_some();
            dom.is(id, &["ul", "ol", "tbody"]) && !in_nav
        };
        let bare = |list: &Id| {
            let children = dom.units(*list);
            let mut elements = children.iter().filter(|id| dom.element(**id).is_some());
            let same = children
                .iter()
                .all(|id| dom.name(*id) == dom.name(children[0]));
            children.len() > 1
                && same
                && elements.all(|id| !dom.has(*id, "data-key") && !dom.has(*id, "id"))
        };
        let lists = dom.all(dom.body(), is_list).into_iter().filter(bare);
        let warning = |id: Id| Warning {
            kind: WarningKind::ListWithoutKeys,
            text: format!(
                "the rows of {} have neither data-key nor id: {}",
                dom.brief(id),
                shortened(&dom.shown_text(id), 80)
            ),
        };
        // the text of a list changes: it is told once, by its place
        let mut seen = Vec::new();
        lists
            .filter(|id| {
                let tag = format!("the rows of {} have", dom.brief(*id));
                let told = self.warnings.iter().any(|one| one.text.starts_with(&tag))
                    || seen.contains(&tag);
                seen.push(tag);
                !told
            })
            .map(warning)
            .collect()
    }

    fn bad_controls(&self) -> Vec<Warning> {
        let dom = &self.dom;
        let used = |id: Id| {
            let kind = dom.type_of(id);
            let is_button = dom.name(id) == "input"
                && matches!(
                    kind.as_str(),
                    "hidden" | "submit" | "button" | "reset" | "image"
                );
            dom.is_control(id) && !is_button && !dom.is_hidden(id)
        };
        let mut found = Vec::new();
        for id in dom.all(dom.body(), used) {
            let own_events = ["data-rdj-input", "data-rdj-change", "data-rdj-blur"];
            let tells = own_events.iter().any(|event| dom.has(id, event));
            if dom.attr(id, "name").unwrap_or_default().is_empty() && !tells {
                found.push(Warning {
                    kind: WarningKind::ControlWithoutName,
                    text: format!("a control without a name: {}", dom.brief(id)),
                });
            }
            let names = ["aria-label", "aria-labelledby", "title"];
            let is_named = names.iter().any(|name| dom.has(id, name));
            // a placeholder is gone as soon as something is typed
            if !is_named && dom.label(id).is_none() {
                found.push(Warning {
                    kind: WarningKind::ControlWithoutLabel,
                    text: format!("a control without a label: {}", dom.brief(id)),
                });
            }
        }
        found
    }
}
