//! Events for what users do besides clicks and forms: keys, the focus, scrolling.
//!
//! An element has several gestures, so that options stand before the event of each:
//! `confirm:Sure%3F debounce:300 notes.save`.

use super::TestPage;
use crate::testing::client::{
    dom::{Dom, Id},
    error::{Result, TestError},
    find::Selector,
};

const OPTIONS: [&str; 4] = ["confirm:", "debounce:", "margin:", "throttle:"];

impl TestPage {
    /// Scrolls to the only element that a selector means, such as `#more`: what is to run when it comes
    /// into view runs, once.
    ///
    /// # Errors
    ///
    /// There is none, or there are several; nothing is to run.
    pub async fn scroll_to(&mut self, what: &str) -> Result {
        self.begin(format!("scroll to {what}"));
        let selector = Selector::parse(what);
        let all = self
            .dom
            .all(self.dom.body(), |id| selector.fits(&self.dom, id));
        let [id] = all.as_slice() else {
            let text = format!("there are {} of {what} on {}", all.len(), self.address);
            return Err(TestError::new(text));
        };
        if !self.gesture(*id, "visible").await? {
            let text = format!("nothing is to run when {what} comes into view");
            return Err(TestError::new(text));
        }
        self.finish().await
    }

    /// Runs the event of a gesture, if the element has it.
    pub(super) async fn gesture(&mut self, id: Id, name: &str) -> Result<bool> {
        let value = self.dom.attr(id, &format!("data-rdj-{name}"));
        let Some(mut raw) = value.filter(|_| self.is_live && !self.dom.is_disabled(id)) else {
            return Ok(false);
        };
        let mut question = None;
        while let Some((option, rest)) = raw.split_once(' ')
            && OPTIONS.iter().any(|known| option.starts_with(known))
        {
            question = question.or(option.strip_prefix("confirm:"));
            raw = rest;
        }
        let raw = raw.to_owned();
        if let Some(question) = question {
            let decoded =
                serde_urlencoded::from_str::<Vec<(String, String)>>(&format!("q={question}"));
            let text = decoded.ok().and_then(|mut all| all.pop());
            self.questions.push(text.unwrap_or_default().1);
            if self.refuses {
                return Ok(true);
            }
        }
        self.event(&raw, Vec::new(), None).await?;
        Ok(true)
    }

    /// Runs what waits for a key where the focus is, or in the whole window.
    pub(super) async fn key(&mut self, key: &str) -> Result<bool> {
        let from = self.controls.focused.unwrap_or_else(|| self.dom.body());
        for name in names_of(key) {
            let attribute = format!("data-rdj-key-{name}");
            if let Some(id) = self.dom.closest(from, |id| self.dom.has(id, &attribute)) {
                return self.gesture(id, &format!("key-{name}")).await;
            }
            let attribute = format!("data-rdj-window-key-{name}");
            let all = self.dom.all(Dom::ROOT, |id| self.dom.has(id, &attribute));
            for id in &all {
                self.gesture(*id, &format!("window-key-{name}")).await?;
            }
            if !all.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The focus has come into an element.
    pub(super) async fn focused(&mut self, id: Id) -> Result {
        let dom = &self.dom;
        match dom.closest(id, |id| dom.has(id, "data-rdj-focus")) {
            Some(around) => self.gesture(around, "focus").await.map(drop),
            None => Ok(()),
        }
    }
}

/// A combination as attributes have it: `Ctrl+S` is `ctrl-s`, and `mod-s` too.
fn names_of(key: &str) -> Vec<String> {
    let mut parts: Vec<_> = key.split('+').map(str::to_lowercase).collect();
    if let Some(last) = parts.last_mut() {
        let mut letters = last.chars();
        if let (Some(one), None) = (letters.next(), letters.next()) {
            *last = match one {
                ' ' => "space".to_owned(),
                one if one.is_ascii_alphanumeric() => one.to_string(),
                one => format!("u{:x}", u32::from(one)),
            };
        }
        *last = last.replace("arrow", "");
    }
    let name = parts.join("-");
    let other = name.replace("ctrl-", "mod-");
    if other == name {
        vec![name]
    } else {
        vec![name, other]
    }
}
