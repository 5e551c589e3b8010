//! A part of a page, and what a user does in it.

use super::TestPage;
use crate::testing::client::{
    controls::File,
    dom::{Id, squeezed},
    error::{Result, TestError},
    find::{Finder, Part, ROW, Wanted},
};

/// A part of a page, to find and use what is in it. [`TestPage`] has the same for the whole page, and
/// says what each action does.
#[derive(Debug)]
#[must_use = "a part of a page does nothing by itself"]
pub struct Scope<'a> {
    pub(super) page: &'a mut TestPage,
    pub(super) parts: Vec<Part>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(page: &'a mut TestPage, parts: Vec<Part>) -> Self {
        Self { page, parts }
    }

    /// A part of this part; as [`TestPage::within`].
    pub fn within(mut self, what: &str, text: &str) -> Self {
        self.parts.push(Part {
            what: what.to_owned(),
            text: text.to_owned(),
        });
        self
    }

    /// A row in this part; as [`TestPage::row`].
    pub fn row(self, text: &str) -> Self {
        self.within(ROW, text)
    }

    pub(super) fn finder(&self) -> Finder<'_> {
        self.page.finder(&self.parts)
    }

    /// The control with this label that the user types into or chooses in.
    pub(super) fn control(&self, label: &str) -> Result<Id> {
        let dom = &self.page.dom;
        let is_button = |id| dom.name(id) == "input" && dom.role(id) == "button";
        self.named("control", label, |id| dom.is_control(id) && !is_button(id))
    }

    fn named(&self, what: &str, name: &str, test: impl Fn(Id) -> bool) -> Result<Id> {
        let wanted = Wanted {
            what,
            name,
            is_control: true,
        };
        let id = self.finder().one(wanted, test)?;
        if self.page.dom.is_disabled(id) {
            return Err(TestError::new(format!("the {what} `{name}` is disabled")));
        }
        Ok(id)
    }

    /// Types into a control; as [`TestPage::fill`].
    ///
    /// # Errors
    ///
    /// As [`TestPage::fill`].
    pub async fn fill(&mut self, label: &str, text: &str) -> Result {
        let dom = &self.page.dom;
        let id = self.named("text control", label, |id| {
            let is_text = dom.name(id) == "input" && !dom.is_tick(id);
            let kind = dom.type_of(id);
            let is_button = dom.role(id) == "button" || kind == "file" || kind == "hidden";
            dom.name(id) == "textarea" || is_text && !is_button
        })?;
        if dom.has(id, "readonly") {
            return Err(TestError::new(format!("`{label}` is read-only")));
        }
        self.page.begin(format!("fill `{label}`"));
        self.page.type_into(id, text).await?;
        self.page.finish().await
    }

    /// Clicks; as [`TestPage::click`].
    ///
    /// # Errors
    ///
    /// As [`TestPage::click`].
    pub async fn click(&mut self, name: &str) -> Result {
        let dom = &self.page.dom;
        let roles = [
            "button", "link", "menuitem", "option", "switch", "tab", "treeitem",
        ];
        let wanted = Wanted {
            what: "button or link",
            name,
            is_control: false,
        };
        let id = self.finder().one(wanted, |id| {
            let acts = dom.attr(id, "name") == Some("_event");
            let is_option = dom.name(id) == "option";
            acts || !is_option && roles.contains(&dom.role(id).as_str())
        })?;
        self.page.begin(format!("click `{name}`"));
        self.page.click_on(id).await?;
        self.page.finish().await
    }

    /// Ticks a box; as [`TestPage::check`].
    ///
    /// # Errors
    ///
    /// As [`TestPage::check`].
    pub async fn check(&mut self, label: &str) -> Result {
        self.tick(label, true).await
    }

    /// Unticks a box; as [`TestPage::uncheck`].
    ///
    /// # Errors
    ///
    /// As [`TestPage::uncheck`].
    pub async fn uncheck(&mut self, label: &str) -> Result {
        self.tick(label, false).await
    }

    async fn tick(&mut self, label: &str, on: bool) -> Result {
        let dom = &self.page.dom;
        let id = self.named("checkbox", label, |id| {
            dom.is_tick(id) && (on || dom.type_of(id) == "checkbox")
        })?;
        let word = if on { "check" } else { "uncheck" };
        self.page.begin(format!("{word} `{label}`"));
        if self.page.controls.is_checked(&self.page.dom, id) != on {
            self.page.tick(id, on).await?;
        }
        self.page.finish().await
    }

    /// Chooses an option; as [`TestPage::choose`].
    ///
    /// # Errors
    ///
    /// As [`TestPage::choose`].
    pub async fn choose(&mut self, label: &str, option: &str) -> Result {
        self.choose_all(label, &[option]).await
    }

    /// Chooses several options; as [`TestPage::choose_all`].
    ///
    /// # Errors
    ///
    /// As [`TestPage::choose_all`].
    pub async fn choose_all(&mut self, label: &str, options: &[&str]) -> Result {
        let dom = &self.page.dom;
        let groups = self.finder().all(|id| {
            (dom.name(id) == "fieldset" || dom.role(id) == "radiogroup")
                && dom.accessible_name(id) == squeezed(label)
        })?;
        if let ([_], [option]) = (groups.as_slice(), options) {
            let what = dom.name(groups[0]).to_owned();
            let mut parts = self.parts.clone();
            // the group itself: its legend is the text
            parts.push(Part {
                what,
                text: label.to_owned(),
            });
            let mut group = Scope::new(self.page, parts);
            return Box::pin(group.tick(option, true)).await;
        }
        let id = self.named("select", label, |id| dom.name(id) == "select")?;
        let values = self.option_values(id, label, options)?;
        self.page.begin(format!("choose in `{label}`"));
        self.page.pick(id, values).await?;
        self.page.finish().await
    }

    fn option_values(&self, select: Id, label: &str, options: &[&str]) -> Result<Vec<String>> {
        let known = self.page.dom.options(select);
        let value = |wanted: &&str| {
            let mut all = known.iter();
            let found = all.find(|(value, text, _)| text == *wanted || value == *wanted);
            found.map(|(value, ..)| value.clone()).ok_or_else(|| {
                let names: Vec<_> = known
                    .iter()
                    .map(|(_, text, _)| format!("`{text}`"))
                    .collect();
                let names = names.join(", ");
                TestError::new(format!(
                    "no option `{wanted}` in `{label}`; there are: {names}"
                ))
            })
        };
        options.iter().map(value).collect()
    }

    /// Chooses a file; as [`TestPage::upload`].
    ///
    /// # Errors
    ///
    /// As [`TestPage::upload`].
    pub async fn upload(&mut self, label: &str, name: &str, bytes: &[u8]) -> Result {
        let dom = &self.page.dom;
        let id = self.named("file control", label, |id| {
            dom.name(id) == "input" && dom.type_of(id) == "file"
        })?;
        let file = File::new(name, bytes);
        self.page.begin(format!("upload `{name}`"));
        self.page.give_files(id, vec![file]).await?;
        self.page.finish().await
    }

    /// Fills and submits a form; as [`TestPage::submit_form`].
    ///
    /// # Errors
    ///
    /// As [`TestPage::submit_form`].
    pub async fn submit_form(&mut self, values: &[(&str, &str)]) -> Result {
        for (label, value) in values {
            self.fill(label, value).await?;
        }
        let dom = &self.page.dom;
        let form = if let Some((label, _)) = values.last() {
            dom.form_of(self.control(label)?)
        } else {
            let is_form = |id| dom.name(id) == "form" && dom.attr(id, "id") != Some("rdj-post");
            let forms = self.finder().all(is_form)?;
            let [form] = forms.as_slice() else {
                let text = format!("there are {} forms to submit, not one", forms.len());
                return Err(TestError::new(text));
            };
            Some(*form)
        };
        let none = || TestError::new("the control is in no form");
        let form = form.ok_or_else(none)?;
        self.page.begin("submit the form".to_owned());
        self.page.submit_by_enter(form).await?;
        self.page.finish().await
    }
}

impl TestPage {
    pub(super) fn find_id(&self, parts: &[Part], role: &str, name: &str) -> Result<Id> {
        let wanted = Wanted {
            what: role,
            name,
            is_control: false,
        };
        let dom = &self.dom;
        self.finder(parts).one(wanted, |id| dom.role(id) == role)
    }
}
