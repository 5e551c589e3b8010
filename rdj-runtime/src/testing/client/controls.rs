//! What the user has typed, ticked and chosen, as a browser keeps it beside the document.

use std::collections::HashMap;

use super::dom::{Dom, Id};

/// A file that the user has chosen.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) bytes: Vec<u8>,
}

/// What the user has done with a control; none: it is as it was rendered.
#[derive(Clone, Debug, Default)]
struct Own {
    value: Option<String>,
    checked: Option<bool>,
    picked: Option<Vec<String>>,
    files: Vec<File>,
}

/// The value of one entry of a form.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Text(String),
    File(File),
}

/// What the user has done with the controls of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Controls {
    own: HashMap<Id, Own>,
    pub(super) focused: Option<Id>,
}

const CONTROLS: [&str; 3] = ["input", "textarea", "select"];

impl Dom {
    pub(super) fn is_control(&self, id: Id) -> bool {
        self.is(id, &CONTROLS)
    }

    /// Whether the control is ticked, not typed.
    pub(super) fn is_tick(&self, id: Id) -> bool {
        self.name(id) == "input" && matches!(self.type_of(id).as_str(), "checkbox" | "radio")
    }

    fn default_value(&self, id: Id) -> String {
        match self.name(id) {
            "textarea" => {
                let text = self.text_content(id);
                text.strip_prefix('\n').map(str::to_owned).unwrap_or(text)
            }
            _ if self.is_tick(id) => self.attr(id, "value").unwrap_or("on").to_owned(),
            _ => self.attr(id, "value").unwrap_or_default().to_owned(),
        }
    }

    /// The options of a select: value, text, and whether it was rendered as chosen.
    pub(super) fn options(&self, select: Id) -> Vec<(String, String, bool)> {
        let options = self.all(select, |id| self.name(id) == "option");
        let option = |id: Id| {
            let text = super::dom::squeezed(&self.text_content(id));
            let value = self.attr(id, "value").map(str::to_owned);
            (value.unwrap_or_else(|| text.clone()), text, id)
        };
        options
            .into_iter()
            .map(option)
            .map(|(value, text, id)| (value, text, self.has(id, "selected")))
            .collect()
    }

    fn default_picked(&self, select: Id) -> Vec<String> {
        let options = self.options(select);
        let rendered = options.iter().filter(|option| option.2);
        let mut picked: Vec<_> = rendered.map(|option| option.0.clone()).collect();
        if !self.has(select, "multiple") {
            picked = picked.pop().into_iter().collect();
            if picked.is_empty() {
                picked.extend(options.first().map(|option| option.0.clone()));
            }
        }
        picked
    }

    /// The form that a control belongs to.
    pub(super) fn form_of(&self, id: Id) -> Option<Id> {
        match self.attr(id, "form") {
            Some(form) => self.by_id(form),
            None => self.closest(id, |id| self.name(id) == "form"),
        }
    }

    /// The controls and buttons of a form, in order.
    pub(super) fn controls_of(&self, form: Id) -> Vec<Id> {
        self.all(Self::ROOT, |id| {
            (self.is_control(id) || self.name(id) == "button") && self.form_of(id) == Some(form)
        })
    }

    /// Whether a control or button cannot be used.
    pub(super) fn is_disabled(&self, id: Id) -> bool {
        let in_fieldset = self
            .ancestors(id)
            .any(|id| self.name(id) == "fieldset" && self.has(id, "disabled"));
        self.has(id, "disabled") || in_fieldset || self.attr(id, "aria-disabled") == Some("true")
    }
}

impl Controls {
    pub(super) fn value(&self, dom: &Dom, id: Id) -> String {
        if dom.name(id) == "select" {
            return self.picked(dom, id).into_iter().next().unwrap_or_default();
        }
        let own = self.own.get(&id).and_then(|own| own.value.clone());
        own.unwrap_or_else(|| dom.default_value(id))
    }

    pub(super) fn is_checked(&self, dom: &Dom, id: Id) -> bool {
        let own = self.own.get(&id).and_then(|own| own.checked);
        own.unwrap_or_else(|| dom.has(id, "checked"))
    }

    pub(super) fn picked(&self, dom: &Dom, id: Id) -> Vec<String> {
        let own = self.own.get(&id).and_then(|own| own.picked.clone());
        own.unwrap_or_else(|| dom.default_picked(id))
    }

    pub(super) fn set_value(&mut self, id: Id, value: &str) {
        self.own.entry(id).or_default().value = Some(value.to_owned());
    }

    pub(super) fn set_picked(&mut self, id: Id, values: Vec<String>) {
        self.own.entry(id).or_default().picked = Some(values);
    }

    pub(super) fn set_files(&mut self, id: Id, files: Vec<File>) {
        self.own.entry(id).or_default().files = files;
    }

    /// Ticks a box, or one radio button of its group.
    pub(super) fn set_checked(&mut self, dom: &Dom, id: Id, checked: bool) {
        if checked && dom.type_of(id) == "radio" {
            let group = |other: &Id| {
                dom.type_of(*other) == "radio"
                    && dom.attr(*other, "name") == dom.attr(id, "name")
                    && dom.form_of(*other) == dom.form_of(id)
            };
            let radios = dom.all(Dom::ROOT, |other| dom.name(other) == "input");
            for other in radios.iter().filter(|other| group(other)) {
                self.own.entry(*other).or_default().checked = Some(false);
            }
        }
        self.own.entry(id).or_default().checked = Some(checked);
    }

    /// The controls of a form go back to what was rendered.
    pub(super) fn reset(&mut self, dom: &Dom, form: Id) {
        for control in dom.controls_of(form) {
            self.own.remove(&control);
        }
    }

    /// Whether the control differs from what was rendered.
    pub(super) fn is_changed(&self, dom: &Dom, id: Id) -> bool {
        let Some(own) = self.own.get(&id) else {
            return false;
        };
        let differs = own
            .value
            .as_ref()
            .is_some_and(|value| *value != dom.default_value(id))
            || own
                .checked
                .is_some_and(|checked| checked != dom.has(id, "checked"))
            || own
                .picked
                .as_ref()
                .is_some_and(|picked| *picked != dom.default_picked(id));
        differs || !own.files.is_empty()
    }

    /// Before the page changes: what is as it was rendered follows the server, but not what has the
    /// focus.
    pub(super) fn note(&mut self, dom: &Dom) {
        let same: Vec<_> = self
            .own
            .keys()
            .copied()
            .filter(|id| !self.is_changed(dom, *id))
            .collect();
        for id in same {
            self.own.remove(&id);
        }
        if let Some(id) = self.focused
            && dom.is_control(id)
            && !dom.is_tick(id)
            && dom.name(id) != "select"
        {
            let value = self.value(dom, id);
            self.set_value(id, &value);
        }
    }

    /// After the page has changed: forms that the server has reset, options that are gone.
    pub(super) fn settle(&mut self, dom: &Dom, resets: &[Id]) {
        for form in resets {
            self.reset(dom, *form);
        }
        for (id, own) in &mut self.own {
            let Some(picked) = &mut own.picked else {
                continue;
            };
            let options = dom.options(*id);
            picked.retain(|value| options.iter().any(|option| option.0 == *value));
            if picked.is_empty() && !dom.has(*id, "multiple") {
                own.picked = None;
            }
        }
    }

    /// Takes over what belongs to the control `from` of another document.
    pub(super) fn carry(&mut self, other: &Self, from: Id, to: Id) {
        if let Some(own) = other.own.get(&from) {
            self.own.insert(to, own.clone());
        }
        if other.focused == Some(from) {
            self.focused = Some(to);
        }
    }

    /// The value of a control as an argument of an event.
    pub(super) fn argument(&self, dom: &Dom, id: Id) -> serde_json::Value {
        if dom.type_of(id) == "checkbox" && dom.name(id) == "input" {
            return self.is_checked(dom, id).into();
        }
        if dom.name(id) == "select" && dom.has(id, "multiple") {
            return self.picked(dom, id).into();
        }
        self.value(dom, id).into()
    }

    /// The entries that a browser would post.
    pub(super) fn entries(
        &self,
        dom: &Dom,
        form: Id,
        submitter: Option<Id>,
    ) -> Vec<(String, Value)> {
        let mut entries = Vec::new();
        for control in dom.controls_of(form) {
            let name = dom.attr(control, "name").unwrap_or_default();
            if name.is_empty() || dom.is_disabled(control) {
                continue;
            }
            let mut add = |value| entries.push((name.to_owned(), value));
            let kind = dom.type_of(control);
            let is_input = dom.name(control) == "input";
            match (dom.name(control), kind.as_str()) {
                ("select", _) => {
                    let picked = self.picked(dom, control);
                    picked.into_iter().map(Value::Text).for_each(add);
                }
                ("button", _) | ("input", "submit" | "button" | "reset" | "image") => {
                    if submitter == Some(control) {
                        add(Value::Text(self.value(dom, control)));
                    }
                }
                ("input", "file") => {
                    let own = self.own.get(&control);
                    let files = own.map(|own| own.files.as_slice()).unwrap_or_default();
                    files.iter().cloned().map(Value::File).for_each(add);
                }
                _ if is_input && dom.is_tick(control) && !self.is_checked(dom, control) => {}
                _ => add(Value::Text(self.value(dom, control))),
            }
        }
        entries
    }

    /// Why a browser would not submit the form yet: the first control that is required and empty.
    pub(super) fn missing(&self, dom: &Dom, form: Id) -> Option<Id> {
        let required = |id: &Id| dom.has(*id, "required") && !dom.is_disabled(*id);
        let mut controls = dom.controls_of(form).into_iter();
        controls.find(|id| {
            required(id)
                && match dom.type_of(*id).as_str() {
                    "checkbox" => !self.is_checked(dom, *id),
                    "radio" => false,
                    "file" => self.own.get(id).is_none_or(|own| own.files.is_empty()),
                    _ => self.value(dom, *id).is_empty(),
                }
        })
    }
}
