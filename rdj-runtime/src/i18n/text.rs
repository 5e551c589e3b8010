//! Texts that are translated when they are shown.

use std::{borrow::Cow, fmt};

use super::{Locale, Value};

/// A text for the user: as it is, or a message of the catalogues that is translated when it is shown.
///
/// A page that keeps a `Text` shows it in the language of the moment, also after a switch.
///
/// ```
/// use rdj_runtime::i18n::Text;
///
/// let error = Text::key("rdj-too-long").arg("most", 20).arg("length", 23);
/// assert_eq!(error, "Use at most 20 characters (now 23).");
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Text {
    /// Text as it is.
    Literal(Cow<'static, str>),
    /// A message of the catalogues.
    Key {
        /// Its id, or `id.attribute`.
        key: &'static str,
        /// The values of its places.
        args: Vec<(&'static str, Value)>,
    },
    /// A message that a catalogue may have, and what is shown where none has it.
    Label {
        /// Its id, or `id.attribute`.
        key: String,
        /// The text without a translation.
        or: Cow<'static, str>,
    },
}

impl Text {
    /// The message with this id, without values yet.
    #[must_use]
    pub const fn key(key: &'static str) -> Self {
        let args = Vec::new();
        Self::Key { key, args }
    }

    /// The message `key`, or `or` where no catalogue has it, such as the label of a model.
    pub fn label(key: impl Into<String>, or: impl Into<Cow<'static, str>>) -> Self {
        let (key, or) = (key.into(), or.into());
        Self::Label { key, or }
    }

    /// A text as it is.
    pub fn literal(text: impl Into<Cow<'static, str>>) -> Self {
        Self::Literal(text.into())
    }

    /// Adds the value of a place; a literal has none.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        if let Self::Key { args, .. } = &mut self {
            args.push((name, value.into()));
        }
        self
    }

    /// The text in the current language.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Literal(text) => Cow::Borrowed(text),
            _ => self.text_in(&Locale::current()),
        }
    }

    /// The text in another language than the current one, as for a mail.
    #[must_use]
    pub fn text_in(&self, locale: &Locale) -> Cow<'_, str> {
        match self {
            Self::Literal(text) => Cow::Borrowed(text),
            Self::Key { key, args } => locale.text_with(key, args).into(),
            Self::Label { key, or } => locale.label(key).map_or(Cow::Borrowed(or), Cow::Owned),
        }
    }

    /// Whether there is nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Literal(text) if text.is_empty())
    }

    /// Makes it empty.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::Literal(Cow::Borrowed(""))
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl From<&'static str> for Text {
    fn from(text: &'static str) -> Self {
        Self::Literal(text.into())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::Literal(text.into())
    }
}

impl From<Cow<'static, str>> for Text {
    fn from(text: Cow<'static, str>) -> Self {
        Self::Literal(text)
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        match text {
            Text::Literal(text) => text.into_owned(),
            text => text.text().into_owned(),
        }
    }
}

/// What they show in the current language.
impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Key { key, args }, Self::Key { key: k, args: a }) => key == k && args == a,
            _ => self.text() == other.text(),
        }
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.text() == other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.text() == *other
    }
}

/// The message `key` in the current language: that of the event, page load or request that runs, or
/// that of [`Locale::scope`].
///
/// Without a translation it is that of the default language, then the English one, then the key.
///
/// ```
/// assert_eq!(rdj_runtime::i18n::text("rdj-save"), "Save");
/// ```
#[must_use]
pub fn text(key: &str) -> String {
    Locale::current().text(key)
}

/// The message `key` with values in its places.
///
/// ```
/// use rdj_runtime::i18n::text_with;
///
/// let text = text_with("rdj-page-of", &[("page", 2.into()), ("count", 5.into())]);
/// assert_eq!(text, "Page 2 of 5");
/// ```
#[must_use]
pub fn text_with(key: &str, args: &[(&str, Value)]) -> String {
    Locale::current().text_with(key, args)
}

/// The message with the key that `key` makes, or `or` where no catalogue of the application has it.
///
/// The key is not even made where the application has no catalogues.
#[must_use]
pub fn label(key: impl FnOnce() -> String, or: &'static str) -> Cow<'static, str> {
    let locale = Locale::current();
    if !locale.speaker().has_own {
        return Cow::Borrowed(or);
    }
    locale.label(&key()).map_or(Cow::Borrowed(or), Cow::Owned)
}

/// A message of the catalogues in the current language: `t!("save")`, `t!("greeting", name = name)`.
///
/// A value is anything that turns into a [`Value`](crate::i18n::Value): texts, numbers, dates.
///
/// ```
/// use rdj_runtime::t;
///
/// assert_eq!(t!("rdj-cancel"), "Cancel");
/// assert_eq!(t!("rdj-page-of", page = 1, count = 3), "Page 1 of 3");
/// ```
#[macro_export]
macro_rules! t {
    ($key:expr $(,)?) => {
        $crate::i18n::text($key)
    };
    ($key:expr, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::i18n::text_with(
            $key,
            &[$((stringify!($name), $crate::i18n::Value::from($value))),+],
        )
    };
}
