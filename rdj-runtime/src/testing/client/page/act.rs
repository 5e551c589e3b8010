//! What a user does on a page.

use super::TestPage;
use crate::testing::client::{
    browser::{is_elsewhere, joined},
    controls::File,
    dom::Id,
    error::{Result, TestError},
};

impl TestPage {
    /// Types a text in place of what the control with this label has. Its label is what the user is told
    /// by: a `<label>`, `aria-label`, a placeholder, or else its `name`.
    ///
    /// `data-rdj-input` runs at once, whatever its debounce; `data-rdj-change` and `data-rdj-blur` run
    /// when the next action takes the focus away. What no event sends stays in the control.
    ///
    /// # Errors
    ///
    /// No such control, or several; the server refuses the event, or sends a patch that makes another
    /// page than it has rendered.
    pub async fn fill(&mut self, label: &str, text: &str) -> Result {
        self.everywhere().fill(label, text).await
    }

    /// Clicks a button or link of this name: runs its event, submits its form, or follows it.
    ///
    /// Where the answer leads to another page, that one is open when this returns.
    ///
    /// # Errors
    ///
    /// No such button, or several; it is disabled, or does nothing; a control of its form is required
    /// and empty.
    pub async fn click(&mut self, name: &str) -> Result {
        self.everywhere().click(name).await
    }

    /// Ticks a checkbox or radio button.
    ///
    /// # Errors
    ///
    /// As [`TestPage::fill`].
    pub async fn check(&mut self, label: &str) -> Result {
        self.everywhere().check(label).await
    }

    /// Unticks a checkbox.
    ///
    /// # Errors
    ///
    /// As [`TestPage::fill`].
    pub async fn uncheck(&mut self, label: &str) -> Result {
        self.everywhere().uncheck(label).await
    }

    /// Chooses an option by its text, in a select or among the radio buttons of a fieldset.
    ///
    /// # Errors
    ///
    /// As [`TestPage::fill`], or there is no such option.
    pub async fn choose(&mut self, label: &str, option: &str) -> Result {
        self.everywhere().choose(label, option).await
    }

    /// Chooses these options of a select, and no others.
    ///
    /// # Errors
    ///
    /// As [`TestPage::choose`].
    pub async fn choose_all(&mut self, label: &str, options: &[&str]) -> Result {
        self.everywhere().choose_all(label, options).await
    }

    /// Chooses a file in a file control; its form is posted with it. That of an upload sends it to the
    /// open page, at once where it has no button; what is refused is told in [`TestPage::messages`].
    ///
    /// # Errors
    ///
    /// As [`TestPage::fill`].
    pub async fn upload(&mut self, label: &str, name: &str, bytes: &[u8]) -> Result {
        self.everywhere().upload(label, name, bytes).await
    }

    /// Fills controls by their labels and submits their form, as Enter does; without any, the page's
    /// only form.
    ///
    /// # Errors
    ///
    /// As [`TestPage::fill`] and [`TestPage::click`].
    pub async fn submit_form(&mut self, values: &[(&str, &str)]) -> Result {
        self.everywhere().submit_form(values).await
    }

    /// Presses a key where the focus is: what waits for it runs (`on_key`, `on_window_key`), or else
    /// `Enter` submits a form or clicks, ` ` clicks, `Tab` leaves. Keys are written as in templates:
    /// `escape`, `ctrl+s`.
    ///
    /// # Errors
    ///
    /// The key does nothing there.
    pub async fn press(&mut self, key: &str) -> Result {
        self.begin(format!("press {key}"));
        if self.key(key).await? {
            return self.finish().await;
        }
        let none = || TestError::new("nothing has the focus");
        let id = self.controls.focused.ok_or_else(none)?;
        let is_line = self.dom.name(id) == "input" && !self.dom.is_tick(id);
        match (key, self.dom.form_of(id)) {
            ("Tab", _) => self.focus_on(None).await?,
            ("Enter", Some(form)) if is_line && self.dom.role(id) != "button" => {
                self.change_told().await?;
                self.submit_by_enter(form).await?;
            }
            ("Enter" | " ", _) if !self.dom.is_control(id) || self.dom.role(id) == "button" => {
                self.click_on(id).await?;
            }
            _ => {
                let place = self.dom.brief(id);
                return Err(TestError::new(format!("{key} does nothing in {place}")));
            }
        }
        self.finish().await
    }

    /// Leaves the control with the focus, so that `data-rdj-change` and `data-rdj-blur` run.
    ///
    /// # Errors
    ///
    /// The server refuses the event.
    pub async fn blur(&mut self) -> Result {
        self.begin("blur".to_owned());
        self.focus_on(None).await?;
        self.finish().await
    }

    /// From now on the user says no, or yes again, when an action asks first (`data-rdj-confirm`).
    pub fn refuse_questions(&mut self, refuse: bool) {
        self.refuses = refuse;
    }

    /// The connection is gone, without a word. Events wait until [`TestPage::reconnect`].
    pub fn disconnect(&mut self) {
        self.stream = None;
    }

    /// The connection is gone right after the next event was run, and before its answer is heard.
    pub fn lose_next_answer(&mut self) {
        self.loses_next = true;
    }

    /// Comes back as a browser does: the server gives the page that it has kept, or opens it anew from
    /// its address; events that it has not seen are sent again.
    ///
    /// # Errors
    ///
    /// The server does not take the socket.
    pub async fn reconnect(&mut self) -> Result {
        self.begin("reconnect".to_owned());
        if !self.is_live {
            return Err(TestError::new("the page has no socket to reconnect"));
        }
        self.stream = None;
        self.join().await?;
        self.leave().await?;
        self.finish().await
    }

    /// Moves the focus; the control that loses it tells what was typed.
    pub(super) async fn focus_on(&mut self, id: Option<Id>) -> Result {
        if self.controls.focused == id {
            return Ok(());
        }
        self.change_told().await?;
        if let Some(before) = self.controls.focused {
            self.tell(before, "blur").await?;
        }
        self.controls.focused = id;
        match id {
            Some(id) => self.focused(id).await,
            None => Ok(()),
        }
    }

    /// What was typed into the control with the focus is told to `data-rdj-change`.
    async fn change_told(&mut self) -> Result {
        match self.controls.focused {
            Some(id) if std::mem::take(&mut self.typed) => self.tell(id, "change").await,
            _ => Ok(()),
        }
    }

    /// Runs the event of a control, or of what is around it, for something that happened to it.
    pub(super) async fn tell(&mut self, id: Id, kind: &str) -> Result {
        let attribute = format!("data-rdj-{kind}");
        let dom = &self.dom;
        let element = dom.closest(id, |id| dom.has(id, &attribute));
        let Some(element) = element.filter(|_| self.is_live) else {
            return Ok(());
        };
        let raw = dom.attr(element, &attribute).unwrap_or_default();
        let (raw, has_value) = match raw.strip_prefix('!') {
            Some(raw) => (raw.to_owned(), false),
            None => (raw.to_owned(), true),
        };
        if kind == "change" && !self.agreed(&[element]) {
            return Ok(());
        }
        if self.dom.name(element) == "form" {
            let entries = self.event_entries(element, None);
            return self.event(&raw, Vec::new(), Some(entries)).await;
        }
        let value = has_value.then(|| self.controls.argument(&self.dom, id));
        self.event(&raw, value.into_iter().collect(), None).await
    }

    pub(super) async fn type_into(&mut self, id: Id, text: &str) -> Result {
        self.focus_on(Some(id)).await?;
        self.controls.set_value(id, text);
        self.typed = true;
        self.tell(id, "input").await
    }

    pub(super) async fn tick(&mut self, id: Id, on: bool) -> Result {
        self.focus_on(Some(id)).await?;
        self.controls.set_checked(&self.dom, id, on);
        if self.dom.attr(id, "name") == Some("_event") {
            return self.click_event(id).await;
        }
        self.changed(id).await
    }

    pub(super) async fn pick(&mut self, id: Id, values: Vec<String>) -> Result {
        self.focus_on(Some(id)).await?;
        self.controls.set_picked(id, values);
        self.changed(id).await
    }

    pub(super) async fn give_files(&mut self, id: Id, files: Vec<File>) -> Result {
        self.focus_on(Some(id)).await?;
        self.controls.set_files(id, files);
        self.changed(id).await?;
        self.send_chosen(id).await
    }

    /// A box or a select tells at once.
    async fn changed(&mut self, id: Id) -> Result {
        self.tell(id, "input").await?;
        self.tell(id, "change").await
    }

    /// Whether the user agrees to what these elements ask.
    pub(super) fn agreed(&mut self, asking: &[Id]) -> bool {
        for id in asking {
            let question = self.dom.attr(*id, "data-rdj-confirm");
            if let Some(question) = question.filter(|question| !question.is_empty()) {
                self.questions.push(question.to_owned());
                if self.refuses {
                    return false;
                }
            }
        }
        true
    }

    pub(super) async fn click_on(&mut self, id: Id) -> Result {
        if self.dom.is_disabled(id) {
            let name = self.dom.accessible_name(id);
            return Err(TestError::new(format!("`{name}` is disabled")));
        }
        self.focus_on(Some(id)).await?;
        let dom = &self.dom;
        let is_event = |id| dom.attr(id, "name") == Some("_event");
        let form = dom.form_of(id);
        let own_form = form.filter(|form| dom.attr(*form, "id") != Some("rdj-post"));
        let is_button = dom.is(id, &["button", "input"]);
        let kind = dom.type_of(id);
        if is_button && matches!(kind.as_str(), "submit" | "image") {
            if let Some(form) = own_form {
                return self.submit(form, Some(id)).await;
            }
            if let Some(form) = form.filter(|_| !self.is_live) {
                return self.submit(form, Some(id)).await;
            }
        }
        if let Some(element) = dom.closest(id, is_event).filter(|_| self.is_live) {
            return self.click_event(element).await;
        }
        if let Some(link) = dom.closest(id, |id| dom.name(id) == "a" && dom.has(id, "href")) {
            return self.follow(link).await;
        }
        if is_button
            && kind == "reset"
            && let Some(form) = form
        {
            self.controls.reset(&self.dom, form);
            return Ok(());
        }
        if dom.name(id) == "summary"
            && let Some(details) = dom.parent(id)
        {
            let open = if dom.has(details, "open") {
                None
            } else {
                Some("")
            };
            self.dom.set_attr(details, "open", open);
            return Ok(());
        }
        if dom
            .closest(id, |id| dom.has(id, "data-rdj-local-click"))
            .is_some()
        {
            // a command of the client alone, which changes nothing that the server knows
            return Ok(());
        }
        let text = format!("a click does nothing on {}", dom.brief(id));
        Err(TestError::new(text))
    }

    async fn click_event(&mut self, id: Id) -> Result {
        if !self.agreed(&[id]) {
            return Ok(());
        }
        let raw = self.dom.attr(id, "value").unwrap_or_default().to_owned();
        self.event(&raw, Vec::new(), None).await
    }

    async fn follow(&mut self, link: Id) -> Result {
        let to = self.dom.attr(link, "href").unwrap_or_default().to_owned();
        if is_elsewhere(&to) {
            self.left_for = Some(to);
            return Ok(());
        }
        if to.starts_with('#') {
            return Ok(());
        }
        let to = joined(&self.address, &to);
        self.load(&to).await
    }
}
