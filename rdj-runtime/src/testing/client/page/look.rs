//! What a test can see of a page.

use std::time::{Duration, Instant};

use http::StatusCode;

use super::{Scope, TestFrame, TestPage, TestPush, Warning};
use crate::testing::client::{
    browser::TestAnswer,
    dom::{Dom, Id, shortened, squeezed},
    error::{Result, TestError},
};

/// How long a test waits for what comes by itself.
const PATIENCE: Duration = Duration::from_secs(30);
/// How much of a page a failed assertion shows.
const SHOWN: usize = 3000;

/// An element as a test has found it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TestElement {
    /// Its role, such as `button`.
    pub role: String,
    /// Its accessible name.
    pub name: String,
    /// The text that is shown in it.
    pub text: String,
    /// The value of a control.
    pub value: String,
    /// Whether a box is ticked.
    pub checked: bool,
    /// Whether it cannot be used.
    pub disabled: bool,
    /// Whether it has the focus.
    pub focused: bool,
    /// Its attributes, as they were rendered.
    pub attributes: Vec<(String, String)>,
}

impl TestElement {
    /// The value of an attribute.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let mut all = self.attributes.iter();
        all.find(|(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    }
}

impl TestPage {
    /// The page's title.
    #[must_use]
    pub fn title(&self) -> String {
        self.dom.title()
    }

    /// Path and query, as the address bar shows them.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The status that the page was loaded with.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The HTML of the body as it is now, for a look at it.
    #[must_use]
    pub fn html(&self) -> String {
        self.dom.inner_html(self.dom.body())
    }

    /// All text that the page shows, with single spaces.
    #[must_use]
    pub fn text(&self) -> String {
        self.dom.shown_text(self.dom.body())
    }

    /// Asserts that the page shows this text.
    ///
    /// # Panics
    ///
    /// It does not.
    #[track_caller]
    pub fn assert_text(&self, text: &str) {
        assert!(
            self.shows(text),
            "`{text}` is not on {}; it says:\n{}",
            self.address,
            shortened(&self.text(), SHOWN)
        );
    }

    /// Asserts that the page does not show this text.
    ///
    /// # Panics
    ///
    /// It does.
    #[track_caller]
    pub fn assert_no_text(&self, text: &str) {
        assert!(
            !self.shows(text),
            "`{text}` is on {}; it says:\n{}",
            self.address,
            shortened(&self.text(), SHOWN)
        );
    }

    /// Whether the page shows this text.
    #[must_use]
    pub fn shows(&self, text: &str) -> bool {
        self.text().contains(&squeezed(text))
    }

    /// Waits until the page shows this text: what others do, and what handlers do by themselves.
    ///
    /// # Errors
    ///
    /// It does not within 30 seconds, or the socket ends.
    pub async fn wait_for_text(&mut self, text: &str) -> Result {
        let step = format!("wait for `{text}`");
        self.wait(step, |page| page.shows(text)).await
    }

    /// Waits until the page shows this text no more.
    ///
    /// # Errors
    ///
    /// It still does after 30 seconds, or the socket ends.
    pub async fn wait_for_no_text(&mut self, text: &str) -> Result {
        let step = format!("wait until `{text}` is gone");
        self.wait(step, |page| !page.shows(text)).await
    }

    /// Waits until something holds for the page.
    ///
    /// # Errors
    ///
    /// It does not within 30 seconds, or the socket ends.
    pub async fn wait_until(&mut self, test: impl Fn(&Self) -> bool) -> Result {
        self.wait("wait".to_owned(), test).await
    }

    async fn wait(&mut self, step: String, test: impl Fn(&Self) -> bool) -> Result {
        self.begin(step);
        let until = Instant::now() + PATIENCE;
        while !test(self) {
            let left = until.saturating_duration_since(Instant::now());
            let Some(frame) = self.frame_within(left).await? else {
                let page = shortened(&self.text(), SHOWN);
                let step = &self.step;
                return Err(TestError::new(format!("{step}: in vain; it says:\n{page}")));
            };
            self.take(frame).await?;
            self.attend().await?;
        }
        self.finish().await
    }

    /// The values that the last step has handed to hooks, which do not run.
    #[must_use]
    pub fn pushed(&self) -> &[TestPush] {
        &self.pushed
    }

    /// Messages that the page shows: those of handlers, refusals, errors.
    #[must_use]
    pub fn messages(&self) -> Vec<String> {
        let regions = self
            .dom
            .all(Dom::ROOT, |id| self.dom.has(id, "data-rdj-messages"));
        let children = regions.iter().flat_map(|id| self.dom.units(*id));
        let shown = children.map(|id| self.dom.shown_text(id));
        let all = shown.chain(self.said.iter().cloned());
        all.filter(|text| !text.is_empty()).collect()
    }

    /// The element of this role and accessible name.
    ///
    /// # Errors
    ///
    /// There is none, or there are several.
    pub fn find(&self, role: &str, name: &str) -> Result<TestElement> {
        let id = self.find_id(&[], role, name)?;
        Ok(self.look_at(id))
    }

    /// Whether there is an element of this role and accessible name.
    #[must_use]
    pub fn has(&self, role: &str, name: &str) -> bool {
        let all = self.dom.all(self.dom.body(), |id| {
            self.dom.role(id) == role && self.dom.accessible_name(id) == squeezed(name)
        });
        all.into_iter().any(|id| !self.dom.is_hidden(id))
    }

    /// The elements of a role, or that a selector such as `li.done` means, in order.
    #[must_use]
    pub fn all(&self, what: &str) -> Vec<TestElement> {
        let all = self.chosen(what);
        all.into_iter().map(|id| self.look_at(id)).collect()
    }

    /// The text of the only element that a selector means, such as `#count` or `h1`.
    ///
    /// # Errors
    ///
    /// There is none, or there are several.
    pub fn text_of(&self, what: &str) -> Result<String> {
        match self.chosen(what).as_slice() {
            [one] => Ok(self.dom.shown_text(*one)),
            found => Err(TestError::new(format!(
                "there are {} of {what} on {}",
                found.len(),
                self.address
            ))),
        }
    }

    fn chosen(&self, what: &str) -> Vec<Id> {
        let selector = crate::testing::client::find::Selector::parse(what);
        let body = self.dom.body();
        let mut all = self.dom.all(body, |id| selector.fits(&self.dom, id));
        all.retain(|id| !self.dom.is_hidden(*id));
        all
    }

    pub(super) fn look_at(&self, id: Id) -> TestElement {
        let element = self.dom.element(id);
        let is_control = self.dom.is_control(id);
        let value = is_control.then(|| self.controls.value(&self.dom, id));
        TestElement {
            role: self.dom.role(id),
            name: self.dom.accessible_name(id),
            text: self.dom.shown_text(id),
            value: value.unwrap_or_default(),
            checked: self.controls.is_checked(&self.dom, id),
            disabled: self.dom.is_disabled(id),
            focused: self.controls.focused == Some(id),
            attributes: element.map(|own| own.attrs.clone()).unwrap_or_default(),
        }
    }

    /// The value of the control with this label.
    ///
    /// # Errors
    ///
    /// There is none, or there are several.
    pub fn value_of(&mut self, label: &str) -> Result<String> {
        self.everywhere().value_of(label)
    }

    /// The frames that the last step has brought.
    #[must_use]
    pub fn frames(&self) -> &[TestFrame] {
        &self.frames
    }

    /// The last frame of the last step that changed the page.
    #[must_use]
    pub fn last_patch(&self) -> Option<TestFrame> {
        let mut frames = self.frames.iter().rev();
        frames.find(|frame| frame.changes_page()).copied()
    }

    /// The statements that handlers have sent to the database in the last step, in any page of the site.
    #[must_use]
    pub fn statements(&self) -> &[String] {
        &self.statements
    }

    /// Asserts how many statements the last step has sent to the database.
    ///
    /// # Panics
    ///
    /// There were more.
    #[track_caller]
    pub fn assert_statements(&self, most: usize) {
        let statements = &self.statements;
        assert!(
            statements.len() <= most,
            "{}: {} statements, not {most} at most: {statements:#?}",
            self.step,
            statements.len()
        );
    }

    /// What is amiss with the page, seen since it was opened; each thing once.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// What the user was asked before actions of the last step; [`TestPage::refuse_questions`].
    #[must_use]
    pub fn questions(&self) -> &[String] {
        &self.questions
    }

    /// Where the application has sent the browser, if that is another site.
    #[must_use]
    pub fn left_for(&self) -> Option<&str> {
        self.left_for.as_deref()
    }

    /// The file that the last step has downloaded.
    #[must_use]
    pub fn download(&self) -> Option<&TestAnswer> {
        self.download.as_ref()
    }

    /// Events that the server may not have run, as they were lost with their page.
    #[must_use]
    pub fn lost_events(&self) -> &[String] {
        &self.lost
    }

    /// Events that wait for a socket.
    #[must_use]
    pub fn waiting_events(&self) -> Vec<&str> {
        self.pending
            .iter()
            .map(|event| event.raw.as_str())
            .collect()
    }
}

impl Scope<'_> {
    /// The text that the part of the page shows.
    ///
    /// # Errors
    ///
    /// There is no such part, or there are several.
    pub fn text(&self) -> Result<String> {
        let root = self.finder().root()?;
        Ok(self.page.dom.shown_text(root))
    }

    /// The element of this role and accessible name.
    ///
    /// # Errors
    ///
    /// There is none, or there are several.
    pub fn find(&self, role: &str, name: &str) -> Result<TestElement> {
        let id = self.page.find_id(&self.parts, role, name)?;
        Ok(self.page.look_at(id))
    }

    /// The value of the control with this label.
    ///
    /// # Errors
    ///
    /// There is none, or there are several.
    pub fn value_of(&self, label: &str) -> Result<String> {
        let id = self.control(label)?;
        Ok(self.page.look_at(id).value)
    }
}
