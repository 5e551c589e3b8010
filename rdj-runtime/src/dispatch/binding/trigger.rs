//! What in the browser an event or a local command waits for.

use std::borrow::Cow;

use super::keys::{UnknownKey, combinations};

/// What happens to the window: `notes.on_window(rdj::WindowEvent::Online)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowEvent {
    /// The network is back.
    Online,
    /// The network is gone; the event is sent when it is back.
    Offline,
    /// The window is in front.
    Focus,
    /// Another window is in front.
    Blur,
    /// The window has another size; use it with [`Binding::debounce`](super::Binding::debounce).
    Resize,
    /// The tab can be seen again.
    Visible,
    /// The tab can no longer be seen.
    Hidden,
}

/// The DOM event that a handle is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trigger {
    Click,
    Submit,
    Input,
    Change,
    Blur,
    Mount,
    Focus,
    /// Keys, as the template names them.
    Key(&'static str),
    WindowKey(&'static str),
    Window(WindowEvent),
    Visible,
}

impl Trigger {
    /// How attributes call it: `click`, `key-ctrl-s`, `window-online`; several where several keys are
    /// named.
    pub(crate) fn names(self) -> Result<Vec<Cow<'static, str>>, UnknownKey> {
        let one = |name: &'static str| Ok(vec![Cow::Borrowed(name)]);
        match self {
            Self::Click => one("click"),
            Self::Submit => one("submit"),
            Self::Input => one("input"),
            Self::Change => one("change"),
            Self::Blur => one("blur"),
            Self::Mount => one("mount"),
            Self::Focus => one("focus"),
            Self::Visible => one("visible"),
            Self::Key(keys) => keyed("key-", keys),
            Self::WindowKey(keys) => keyed("window-key-", keys),
            Self::Window(event) => one(match event {
                WindowEvent::Online => "window-online",
                WindowEvent::Offline => "window-offline",
                WindowEvent::Focus => "window-focus",
                WindowEvent::Blur => "window-blur",
                WindowEvent::Resize => "window-resize",
                WindowEvent::Visible => "window-visible",
                WindowEvent::Hidden => "window-hidden",
            }),
        }
    }

    /// Whether the browser has a control's value to send along.
    pub(crate) const fn has_value(self) -> bool {
        matches!(self, Self::Input | Self::Change | Self::Blur)
    }

    /// Whether the client needs its part `gestures` for an event of the server.
    pub(crate) const fn is_gesture(self) -> bool {
        matches!(
            self,
            Self::Focus | Self::Key(_) | Self::WindowKey(_) | Self::Window(_) | Self::Visible
        )
    }
}

fn keyed(prefix: &str, keys: &str) -> Result<Vec<Cow<'static, str>>, UnknownKey> {
    let all = combinations(keys)?;
    Ok(all
        .into_iter()
        .map(|name| Cow::Owned(format!("{prefix}{name}")))
        .collect())
}
