//! Event handles in templates: the attributes that tell the browser which event to send.

use std::fmt::{self, Write};

use askama::{FastWritable, Values, filters::HtmlSafe};

use super::{Arg, json};
use crate::page::render;

/// The DOM event that a handle is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trigger {
    Click,
    Submit,
    Input,
    Change,
    Blur,
    Mount,
}

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
            confirm: None,
            debounce: None,
            throttle: None,
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
    confirm: Option<String>,
    debounce: Option<u32>,
    throttle: Option<u32>,
}

impl Binding {
    /// Asks the user first.
    pub fn confirm(mut self, question: impl Into<String>) -> Self {
        self.confirm = Some(question.into());
        self
    }

    /// Waits until there was no further DOM event for so many milliseconds.
    pub fn debounce(mut self, milliseconds: u32) -> Self {
        self.debounce = Some(milliseconds);
        self
    }

    /// Sends at most one event in so many milliseconds.
    pub fn throttle(mut self, milliseconds: u32) -> Self {
        self.throttle = Some(milliseconds);
        self
    }

    /// The event as the browser sends it: `notes.delete(5)`.
    fn call(&self) -> String {
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

    fn write_trigger(&self, out: &mut (impl Write + ?Sized)) -> fmt::Result {
        let name = match self.on.trigger {
            Trigger::Click => {
                out.write_str("name=\"_event\" form=\"rdj-post\" value=\"")?;
                self.write_call(out)?;
                return out.write_char('"');
            }
            Trigger::Submit => return self.write_submit(out),
            Trigger::Input => "input",
            Trigger::Change => "change",
            Trigger::Blur => "blur",
            Trigger::Mount => "mount",
        };
        write!(out, "data-rdj-{name}=\"")?;
        self.write_call(out)?;
        out.write_char('"')
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

    fn write(&self, out: &mut (impl Write + ?Sized)) -> fmt::Result {
        self.write_trigger(out)?;
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

/// Writes ` name="value"` with the value escaped.
///
/// # Errors
///
/// The writer fails.
pub fn attribute(out: &mut (impl Write + ?Sized), name: &str, value: &str) -> fmt::Result {
    write!(out, " {name}=\"")?;
    escape(value, out)?;
    out.write_char('"')
}

/// Writes text escaped for HTML text and quoted attributes.
pub(crate) fn escape(text: &str, out: &mut (impl Write + ?Sized)) -> fmt::Result {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        out.write_str(&rest[..at])?;
        out.write_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        })?;
        rest = &rest[at + 1..];
    }
    out.write_str(rest)
}

impl fmt::Display for Binding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f)
    }
}

impl HtmlSafe for Binding {}

impl FastWritable for Binding {
    fn write_into(&self, dest: &mut dyn fmt::Write, _: &dyn Values) -> askama::Result<()> {
        Ok(self.write(dest)?)
    }
}
