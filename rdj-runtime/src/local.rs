//! Commands that the browser carries out by itself, without a round trip: menus, tabs, dialogs.
//!
//! ```html
//! <button type="button" aria-controls="menu" aria-expanded="false"
//!   {{ rdj::local::toggle("#menu").on_click() }}>Menu</button>
//! <div id="menu" hidden>..</div>
//! ```
//!
//! What a command has changed outlives patches and whole bodies: it stays until the server changes that very
//! attribute, or a command takes it back. Without JavaScript nothing happens.

use std::fmt::{self, Write};

use askama::{FastWritable, Values, filters::HtmlSafe};
use serde::Serialize;

use crate::{
    dispatch::{Trigger, UnknownKey, WindowEvent, escape},
    page::render,
};

/// What a command works on: all elements that a CSS selector finds, [`this`] or the [`closest`] one. Where
/// there is none, nothing happens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Target(String);

/// The element that the commands stand on.
#[must_use]
pub fn this() -> Target {
    Target(String::new())
}

/// The closest element around the one that the commands stand on, or itself, that this CSS selector finds.
#[must_use]
pub fn closest(selector: &str) -> Target {
    Target(format!("^{selector}"))
}

impl From<&str> for Target {
    fn from(selector: &str) -> Self {
        Self(selector.to_owned())
    }
}

impl From<String> for Target {
    fn from(selector: String) -> Self {
        Self(selector)
    }
}

impl From<&String> for Target {
    fn from(selector: &String) -> Self {
        Self(selector.clone())
    }
}

impl From<&Self> for Target {
    fn from(target: &Self) -> Self {
        target.clone()
    }
}

/// One command as the browser reads it: its name, its target, its values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Command(&'static str, Target, String, String);

/// Commands in their order; written into a tag with what they wait for, such as [`Local::on_click`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "commands do nothing until they are written into a tag: `.on_click()`"]
pub struct Local {
    commands: Vec<Command>,
}

fn command(name: &'static str, target: Target, first: &str, second: &str) -> Local {
    Local {
        commands: vec![Command(name, target, first.to_owned(), second.to_owned())],
    }
}

macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident($($value:ident),*);)*) => {$(
        $(#[$doc])*
        pub fn $name(target: impl Into<Target> $(, $value: &str)*) -> Local {
            commands!(@ $name, target, $($value)*)
        }
    )*};
    (@ $name:ident, $target:ident,) => {
        command(stringify!($name), $target.into(), "", "")
    };
    (@ $name:ident, $target:ident, $first:ident) => {
        command(stringify!($name), $target.into(), $first, "")
    };
    (@ $name:ident, $target:ident, $first:ident $second:ident) => {
        command(stringify!($name), $target.into(), $first, $second)
    };
}

commands! {
    /// Takes `hidden` away. Controls with `aria-expanded` that name the target in `aria-controls` follow.
    show();
    /// Sets `hidden`. Controls with `aria-expanded` that name the target in `aria-controls` follow.
    hide();
    /// Shows what is hidden, hides what is shown. The control follows as with [`show`], also without
    /// `aria-controls`.
    toggle();
    /// Puts a class in.
    add_class(class);
    /// Takes a class out.
    remove_class(class);
    /// Puts a class in, or takes it out where it is.
    toggle_class(class);
    /// Sets an attribute.
    set_attribute(name, value);
    /// Takes an attribute away.
    remove_attribute(name);
    /// Sets an attribute without a value, or takes it away where it is.
    toggle_attribute(name);
    /// Moves the keyboard's focus there.
    focus();
    /// Moves the keyboard's focus to the first thing in it that can have it.
    focus_first();
    /// Copies the value of a control, or the text of an element, to the clipboard. Browsers have one on
    /// secure sites only.
    copy_from();
    /// Fires a `CustomEvent` of this name at the target; it bubbles.
    dispatch(name);
    /// Opens a `<dialog>` over the page. Escape closes it, and the focus goes back.
    show_modal();
    /// Closes a `<dialog>`.
    close();
}

/// Copies a text to the clipboard. Browsers have one on secure sites only.
pub fn copy(text: &str) -> Local {
    command("copy", this(), text, "")
}

impl Local {
    /// These commands, and then others.
    pub fn then(mut self, next: Self) -> Self {
        self.commands.extend(next.commands);
        self
    }

    fn on(self, trigger: Trigger) -> LocalBinding {
        LocalBinding {
            trigger,
            commands: self.commands,
        }
    }

    /// Runs on a click; on an element that is neither a button nor a link, give it `role="button"` and
    /// `tabindex="0"`: Enter and the space bar work then too.
    pub fn on_click(self) -> LocalBinding {
        self.on(Trigger::Click)
    }

    /// Runs when a form is submitted.
    pub fn on_submit(self) -> LocalBinding {
        self.on(Trigger::Submit)
    }

    /// Runs while the user types.
    pub fn on_input(self) -> LocalBinding {
        self.on(Trigger::Input)
    }

    /// Runs when the user has changed the control.
    pub fn on_change(self) -> LocalBinding {
        self.on(Trigger::Change)
    }

    /// Runs when the element, or something in it, gets the focus.
    pub fn on_focus(self) -> LocalBinding {
        self.on(Trigger::Focus)
    }

    /// Runs when the focus leaves.
    pub fn on_blur(self) -> LocalBinding {
        self.on(Trigger::Blur)
    }

    /// Runs once when the element appears.
    pub fn on_mount(self) -> LocalBinding {
        self.on(Trigger::Mount)
    }

    /// Runs on a key, as [`Bind::on_key`](crate::dispatch::Bind::on_key).
    pub fn on_key(self, keys: &'static str) -> LocalBinding {
        self.on(Trigger::Key(keys))
    }

    /// Runs on a key wherever the focus is, as
    /// [`Bind::on_window_key`](crate::dispatch::Bind::on_window_key).
    pub fn on_window_key(self, keys: &'static str) -> LocalBinding {
        self.on(Trigger::WindowKey(keys))
    }

    /// Runs when something happens to the window.
    pub fn on_window(self, event: WindowEvent) -> LocalBinding {
        self.on(Trigger::Window(event))
    }

    /// Runs each time the element comes into view.
    pub fn on_visible(self) -> LocalBinding {
        self.on(Trigger::Visible)
    }
}

/// Commands with what they wait for; written into a tag by `{{ }}`, also beside an event.
#[derive(Clone, Debug)]
#[must_use = "a binding does nothing unless it is written into a tag"]
pub struct LocalBinding {
    trigger: Trigger,
    commands: Vec<Command>,
}

impl LocalBinding {
    fn write(&self, out: &mut (impl Write + ?Sized)) -> fmt::Result {
        render::use_gestures();
        // texts alone: this does not fail
        let json = serde_json::to_string(&self.commands).map_err(|_| fmt::Error)?;
        let names = self.trigger.names().map_err(UnknownKey::tell)?;
        for (at, name) in names.iter().enumerate() {
            let gap = if at > 0 { " " } else { "" };
            write!(out, "{gap}data-rdj-local-{name}=\"")?;
            escape(&json, out)?;
            out.write_char('"')?;
        }
        Ok(())
    }
}

impl fmt::Display for LocalBinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f)
    }
}

impl HtmlSafe for LocalBinding {}

impl FastWritable for LocalBinding {
    fn write_into(&self, dest: &mut dyn fmt::Write, _: &dyn Values) -> askama::Result<()> {
        self.trigger.names().map_err(askama::Error::custom)?;
        Ok(self.write(dest)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_an_escaped_attribute() {
        let menu = toggle("#menu").then(add_class(this(), "a \"b\" <c>"));
        assert_eq!(
            menu.clone().on_click().to_string(),
            "data-rdj-local-click=\"[[&quot;toggle&quot;,&quot;#menu&quot;,&quot;&quot;,&quot;&quot;],\
             [&quot;add_class&quot;,&quot;&quot;,&quot;a \\&quot;b\\&quot; &lt;c&gt;&quot;,&quot;&quot;]]\""
        );
        let keys = hide(closest(".card"))
            .on_window_key("escape ctrl+k")
            .to_string();
        assert!(
            keys.starts_with("data-rdj-local-window-key-escape=\"[["),
            "{keys}"
        );
        assert!(
            keys.contains("\" data-rdj-local-window-key-ctrl-k=\"[["),
            "{keys}"
        );
        assert!(keys.contains("^.card"), "{keys}");
    }
}
