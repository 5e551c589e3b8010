//! Event handles in templates: the attributes that tell the browser which event to send.

mod escape;
mod keys;
mod mistake;
#[cfg(test)]
mod tests;
mod trigger;

use std::{
    borrow::Cow,
    fmt::{self, Write},
};

use askama::{FastWritable, Values, filters::HtmlSafe};

use self::mistake::Mistake;
pub use self::{escape::attribute, trigger::WindowEvent};
pub(crate) use self::{escape::escape, keys::UnknownKey, trigger::Trigger};
use super::{Arg, json};
use crate::page::render;

/// Which DOM event, on which state: what `notes.on_click()` starts with.
#[derive(Clone, Copy, Debug)]
pub struct On {
    trigger: Trigger,
    state: &'static str,
    /// Changes when the form of the state was reset or filled anew.
    form_key: u64,
    /// Whether forms of the state can send files.
    files: bool,
}

impl On {
    /// The handle of an event with its arguments as JSON, joined by commas.
    pub fn event(self, event: &'static str, args: String) -> Binding {
        Binding {
            on: self,
            event,
            args,
            value: Value::Implied,
            confirm: None,
            debounce: None,
            throttle: None,
            margin: None,
        }
    }

    /// The handle of an event without arguments.
    pub fn call(self, event: &'static str) -> Binding {
        self.event(event, String::new())
    }

    /// The handle of an event with one argument.
    pub fn call_with<T>(self, event: &'static str, arg: &impl Arg<T>) -> Binding {
        self.event(event, json(arg))
    }
}

/// `notes.on_click()`, `notes.on_submit()`, ..: the typed handles of a state's events.
pub trait Bind {
    /// The state's event handles.
    type Events: From<On>;
    /// The state's name on the wire.
    const NAME: &'static str;

    /// A number that changes when the form of the state was reset or filled anew.
    fn form_key(&self) -> u64 {
        0
    }

    /// Whether forms of the state can send files.
    fn sends_files(&self) -> bool {
        false
    }

    /// Sends an event on a click.
    fn on_click(&self) -> Self::Events {
        self.on(Trigger::Click)
    }

    /// Sends an event with the form's entries when the form is submitted.
    fn on_submit(&self) -> Self::Events {
        self.on(Trigger::Submit)
    }

    /// Sends an event with the control's text while the user types.
    fn on_input(&self) -> Self::Events {
        self.on(Trigger::Input)
    }

    /// Sends an event with the control's value when the user has changed it.
    fn on_change(&self) -> Self::Events {
        self.on(Trigger::Change)
    }

    /// Sends an event with the control's value when the focus leaves it.
    fn on_blur(&self) -> Self::Events {
        self.on(Trigger::Blur)
    }

    /// Sends an event when the element appears.
    fn on_mount(&self) -> Self::Events {
        self.on(Trigger::Mount)
    }

    /// Uploads the files of a form: for events with `#[upload]`.
    fn on_upload(&self) -> Self::Events {
        self.on(Trigger::Submit)
    }

    /// Sends an event when the element, or something in it, gets the keyboard's focus.
    fn on_focus(&self) -> Self::Events {
        self.on(Trigger::Focus)
    }

    /// Sends an event when a key is pressed in the element: `on_key("enter")`, `on_key("ctrl+s")`,
    /// several with a blank between them.
    ///
    /// A key is the character it writes, or a name such as `enter`, `escape`, `space`, `up`, `f1`.
    /// Modifiers are `alt`, `ctrl`, `meta`, `shift`, and `mod`: Cmd on a Mac, Ctrl elsewhere. What the
    /// browser does with the key otherwise, it does not. A name that no key has is an error of the
    /// template.
    fn on_key(&self, keys: &'static str) -> Self::Events {
        self.on(Trigger::Key(keys))
    }

    /// As [`Bind::on_key`], wherever the focus is: a shortcut of the page. While the user types into a
    /// control, only keys with `alt`, `ctrl` or `meta`, Escape and the function keys count.
    fn on_window_key(&self, keys: &'static str) -> Self::Events {
        self.on(Trigger::WindowKey(keys))
    }

    /// Sends an event when something happens to the window.
    fn on_window(&self, event: WindowEvent) -> Self::Events {
        self.on(Trigger::Window(event))
    }

    /// Sends an event each time the element comes into view, and once more if the answer leaves it
    /// there: an element below a list loads more rows until it is pushed out of view.
    fn on_visible(&self) -> Self::Events {
        self.on(Trigger::Visible)
    }

    #[doc(hidden)]
    #[expect(
        private_interfaces,
        reason = "users name the trigger by the method, never by type"
    )]
    fn on(&self, trigger: Trigger) -> Self::Events {
        On {
            trigger,
            state: Self::NAME,
            form_key: self.form_key(),
            files: self.sends_files(),
        }
        .into()
    }
}

/// Begins the attribute that makes a form post an event; only [`Binding`] writes it.
pub(crate) const SUBMIT: &str = "data-rdj-submit=\"";

/// The attributes of one event; written into a tag by `{{ }}`.
///
/// Values are escaped here, so askama writes them as they are. A filter would escape them again:
/// use bindings without filters.
#[derive(Clone, Debug)]
#[must_use = "a binding does nothing unless it is written into a tag"]
pub struct Binding {
    on: On,
    event: &'static str,
    args: String,
    value: Value,
    confirm: Option<String>,
    debounce: Option<Debounce>,
    throttle: Option<u32>,
    margin: Option<u32>,
}

/// Whether a control's value is the last argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Value {
    /// Where the DOM event has one: setters, and events that rdj declares.
    Implied,
    /// The template says so: [`VALUE`](super::VALUE).
    Asked,
    /// All arguments are there.
    Unasked,
}

/// What ends the wait for further DOM events.
#[derive(Clone, Copy, Debug)]
enum Debounce {
    Milliseconds(u32),
    Blur,
}

impl fmt::Display for Debounce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Milliseconds(time) => time.fmt(f),
            Self::Blur => f.write_str("blur"),
        }
    }
}

impl Binding {
    /// Says whether the template asks for the control's value.
    pub(super) fn with_value(mut self, is_asked: bool) -> Self {
        self.value = if is_asked {
            Value::Asked
        } else {
            Value::Unasked
        };
        self
    }

    /// Asks the user first.
    pub fn confirm(mut self, question: impl Into<String>) -> Self {
        self.confirm = Some(question.into());
        self
    }

    /// Waits until there was no further DOM event for so many milliseconds.
    pub fn debounce(mut self, milliseconds: u32) -> Self {
        self.debounce = Some(Debounce::Milliseconds(milliseconds));
        self
    }

    /// Waits until the focus leaves the control, or its form is submitted.
    pub fn debounce_blur(mut self) -> Self {
        self.debounce = Some(Debounce::Blur);
        self
    }

    /// Sends at most one event in so many milliseconds.
    pub fn throttle(mut self, milliseconds: u32) -> Self {
        self.throttle = Some(milliseconds);
        self
    }

    /// For `on_visible`: counts the element as in view when it is so many pixels away from it.
    pub fn margin(mut self, pixels: u32) -> Self {
        self.margin = Some(pixels);
        self
    }

    /// The event as the browser sends it: `notes.delete(5)`.
    pub(crate) fn call(&self) -> String {
        let Self {
            on, event, args, ..
        } = self;
        if args.is_empty() {
            return format!("{}.{event}", on.state);
        }
        format!("{}.{event}({args})", on.state)
    }

    /// The same, escaped.
    fn write_call(&self, out: &mut (impl Write + ?Sized)) -> fmt::Result {
        out.write_str(self.on.state)?;
        out.write_char('.')?;
        out.write_str(self.event)?;
        if self.args.is_empty() {
            return Ok(());
        }
        out.write_char('(')?;
        escape(&self.args, out)?;
        out.write_char(')')
    }

    fn write_trigger(
        &self,
        out: &mut (impl Write + ?Sized),
        names: &[Cow<'static, str>],
    ) -> fmt::Result {
        match self.on.trigger {
            Trigger::Click => {
                out.write_str("name=\"_event\" form=\"rdj-post\" value=\"")?;
                self.write_call(out)?;
                out.write_char('"')
            }
            Trigger::Submit => self.write_submit(out),
            trigger => {
                for (at, name) in names.iter().enumerate() {
                    let gap = if at > 0 { " " } else { "" };
                    write!(out, "{gap}data-rdj-{name}=\"")?;
                    if trigger.is_gesture() {
                        self.write_options(out)?;
                    }
                    if trigger.has_value() && self.value == Value::Unasked {
                        out.write_char('!')?;
                    }
                    self.write_call(out)?;
                    out.write_char('"')?;
                }
                Ok(())
            }
        }
    }

    /// The options of a gesture stand before its event, because an element has several gestures:
    /// `debounce:300 notes.save`.
    fn write_options(&self, out: &mut (impl Write + ?Sized)) -> fmt::Result {
        render::use_gestures();
        if let Some(question) = &self.confirm {
            let text = serde_urlencoded::to_string([("confirm", question)]).unwrap_or_default();
            out.write_str(&text.replacen('=', ":", 1))?;
            out.write_char(' ')?;
        }
        if let Some(wait) = self.debounce {
            write!(out, "debounce:{wait} ")?;
        }
        if let Some(time) = self.throttle {
            write!(out, "throttle:{time} ")?;
        }
        if let Some(pixels) = self.margin {
            write!(out, "margin:{pixels} ")?;
        }
        Ok(())
    }

    fn write_submit(&self, out: &mut (impl Write + ?Sized)) -> fmt::Result {
        out.write_str(SUBMIT)?;
        self.write_call(out)?;
        write!(
            out,
            "\" data-rdj-form=\"{}\" method=\"post\"",
            self.on.form_key
        )?;
        if self.on.files {
            out.write_str(" enctype=\"multipart/form-data\"")?;
        }
        out.write_str(" action=\"")?;
        render::with(|page| {
            escape(&page.address, out)?;
            out.write_str(if page.address.contains('?') {
                "&amp;_event="
            } else {
                "?_event="
            })
        })?;
        let query = serde_urlencoded::to_string([("", self.call())]).unwrap_or_default();
        escape(query.trim_start_matches('='), out)?;
        out.write_char('"')
    }

    /// The names of its attributes, if the browser can do what the template says; clicks and forms have none.
    fn check(&self) -> Result<Vec<Cow<'static, str>>, Mistake> {
        let trigger = self.on.trigger;
        if self.value == Value::Asked && !trigger.has_value() {
            return Err(Mistake::Value(self.event));
        }
        match trigger {
            Trigger::Click | Trigger::Submit => Ok(Vec::new()),
            _ => trigger.names().map_err(Mistake::Key),
        }
    }

    /// Writes nothing where the template has a mistake, which `tell` makes an error of the writer's.
    fn write_checked<E: From<fmt::Error>>(
        &self,
        out: &mut (impl Write + ?Sized),
        tell: impl FnOnce(Mistake) -> E,
    ) -> Result<(), E> {
        let names = self.check().map_err(tell)?;
        self.write_trigger(out, &names)?;
        if self.on.trigger.is_gesture() {
            return Ok(());
        }
        if let Some(question) = &self.confirm {
            attribute(out, "data-rdj-confirm", question)?;
        }
        if let Trigger::Click | Trigger::Submit = self.on.trigger {
            render::asked(|| self.call(), self.confirm.as_deref());
        }
        if let Some(time) = self.debounce {
            write!(out, " data-rdj-debounce=\"{time}\"")?;
        }
        if let Some(time) = self.throttle {
            write!(out, " data-rdj-throttle=\"{time}\"")?;
        }
        Ok(())
    }
}

impl fmt::Display for Binding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_checked(f, Mistake::tell)
    }
}

impl HtmlSafe for Binding {}

impl FastWritable for Binding {
    fn write_into(&self, dest: &mut dyn fmt::Write, _: &dyn Values) -> askama::Result<()> {
        self.write_checked(dest, askama::Error::custom)
    }
}
